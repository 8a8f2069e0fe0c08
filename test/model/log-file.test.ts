/**
 * A log under everything that the world may do to it, against a small model: what the files held.
 * Promise: delivered = written, but for what no file holds any more, and then a notice says so.
 */
import fc from "fast-check";
import { isLong, seed } from "../support/seed.js";
import { playStory, type Event, type Step, type Story } from "./play.js";

const few = fc.integer({ min: 1, max: 4 });
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("write" as const), lines: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("write late" as const), lines: few }) },
  { weight: 2, arbitrary: fc.constant({ kind: "write part" as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("rename" as const), isCreated: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: "copy" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("copytruncate" as const),
      linesBetween: fc.integer({ min: 0, max: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("truncate" as const, "remove" as const),
      lines: fc.integer({ min: 0, max: 40 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("compress" as const), delayed: fc.integer({ min: 0, max: 1 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("hours" as const), hours: few }) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: event },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("run" as const),
      reads: fc.oneof(fc.constant(Infinity), few),
      isKilled: fc.boolean(),
      bufferBytes: fc.constantFrom(16, 100, 1000, 65_536),
      meanwhile: fc.oneof(fc.constant([]), fc.array(event, { maxLength: 3 })),
    }),
  },
);
const steps = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: step },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("restore" as const), back: few }) },
  ),
  { maxLength: 40, size: "max" },
);
const story: fc.Arbitrary<Story> = fc.record({
  naming: fc.constantFrom("numbered", "savelog", "dateext", "olddir"),
  keptFiles: fc.integer({ min: 1, max: 5 }),
  lineBytes: fc.constantFrom(1, 20, 300),
  isDated: fc.boolean(),
  firstLines: fc.constantFrom(0, 1, 50),
  steps,
});

describe("a log file in the model", () => {
  it(`gives what was written, whatever happens to it (${isLong ? "10,000" : "200"} stories)`, async function () {
    this.timeout(isLong ? 3_600_000 : 60_000);
    await fc.assert(fc.asyncProperty(story, playStory), { seed, numRuns: isLong ? 10_000 : 200 });
  });
});
