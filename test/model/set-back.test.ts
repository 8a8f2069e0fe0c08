/**
 * A log that is set back to an older copy, cut or edited between its rotations, against the model.
 * Promise: no line that was read is given again, and none that was not is passed over (F50).
 */
import fc from "fast-check";
import { isLong, seed } from "../support/seed.js";
import { playStory, type Event, type Step, type Story } from "./play.js";

const few = fc.integer({ min: 1, max: 4 });
const isNewFile = fc.boolean();
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("write" as const), lines: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "write part" as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("rename" as const), isCreated: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("compress" as const), delayed: fc.integer({ min: 0, max: 1 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: "save" as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("set back" as const), isNewFile }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "delete line" as const,
        "change line" as const,
        "cut beginning" as const,
        "cut end" as const,
      ),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      isNewFile,
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: event },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("run" as const),
      reads: fc.oneof(fc.constant(Infinity), few),
      isKilled: fc.boolean(),
      bufferBytes: fc.constantFrom(16, 100, 1000, 65_536),
      meanwhile: fc.oneof(fc.constant([]), fc.array(event, { maxLength: 3 })),
    }),
  },
);
const story: fc.Arbitrary<Story> = fc.record({
  naming: fc.constantFrom("numbered", "dateext"),
  keptFiles: fc.integer({ min: 1, max: 5 }),
  lineBytes: fc.constantFrom(1, 20, 300),
  isDated: fc.boolean(),
  firstLines: fc.constantFrom(0, 1, 50),
  steps: fc.array(step, { maxLength: 30, size: "max" }),
});

describe("a log that is set back, cut or edited in the model", () => {
  it(`gives each line once (${isLong ? "10,000" : "200"} stories)`, async function () {
    this.timeout(isLong ? 3_600_000 : 60_000);
    await fc.assert(fc.asyncProperty(story, playStory), { seed, numRuns: isLong ? 10_000 : 200 });
  });
});
