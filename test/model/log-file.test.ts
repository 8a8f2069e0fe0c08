/**
 * A log under everything that the world may do to it, against a small model: what the files held.
 * Promise: delivered = written, but for what no file holds any more, and then a notice says so.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { segmentsIn } from "../../src/sources/file/position.js";
import type { Position, ResumableReader } from "../../src/sources/source.js";
import { drain, noon, wholeLog } from "../sources/reading.js";
import { isLong, seed } from "../support/seed.js";
import { World, type Naming } from "./world.js";

type Event =
  | { readonly kind: "write" | "write late"; readonly lines: number }
  | { readonly kind: "write part" }
  | { readonly kind: "rename"; readonly isCreated: boolean }
  | { readonly kind: "copy" }
  | { readonly kind: "copytruncate"; readonly linesBetween: number }
  | { readonly kind: "truncate" | "remove"; readonly lines: number }
  | { readonly kind: "compress"; readonly delayed: number }
  | { readonly kind: "hours"; readonly hours: number };

type Step =
  | Event
  /** Ends early after so many reads; meanwhile the world goes on. */
  | {
      readonly kind: "run";
      readonly reads: number;
      readonly isKilled: boolean;
      readonly bufferBytes: number;
      readonly meanwhile: readonly Event[];
    }
  | { readonly kind: "restore"; readonly back: number };

interface Story {
  readonly naming: Naming;
  readonly keptFiles: number;
  readonly lineBytes: number;
  /** Lines in the log at the first run. */
  readonly firstLines: number;
  readonly steps: readonly Step[];
}

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
  firstLines: fc.constantFrom(0, 1, 50),
  steps,
});

/** What a notice says that tells of lines which may be lost. */
const tellsOfLoss = /lost/;

class Play {
  private readonly world: World;
  private readonly saved: { position: Position | undefined; delivered: Map<string, number> }[] = [];
  private position: Position | undefined;
  private now = noon;
  private delivered = new Map<string, number>();
  private readonly everDelivered = new Set<string>();
  private readonly written = new Set<string>();
  private readonly destroyed = new Set<string>();
  private isLossTold = true;
  /** Whether the log was truncated since the last run. */
  private hasBegunAnew = false;
  /** Whether a copy of the log may stand in for it: once that is packed, it looks as if the log itself had been. */
  private wasCopied = false;
  private readonly doubtful = new Set<string>();
  private repeatable = new Set<string>();

  constructor(world: World) {
    this.world = world;
  }

  async start(lines: number): Promise<void> {
    this.world.truncate(0);
    this.happen({ kind: "write", lines });
    await this.settle();
  }

  async run(step: Extract<Step, { kind: "run" }>): Promise<void> {
    const source = wholeLog(this.world.path, { now: this.now });
    let reader: ResumableReader;
    try {
      reader = await source.open(this.position);
    } catch (error) {
      // Nothing to open on the first run.
      if (this.position === undefined) return;
      throw error;
    }
    // What a killed run saw is forgotten with it.
    if (!step.isKilled) this.hasBegunAnew = false;
    const given: string[] = [];
    try {
      const early = await drain(reader, {
        bufferBytes: step.bufferBytes,
        maxReads: step.meanwhile.length > 0 ? 1 : step.reads,
      });
      given.push(...early.lines);
      for (const event of step.meanwhile) this.happen(event);
      if (step.meanwhile.length > 0)
        given.push(...(await drain(reader, { bufferBytes: step.bufferBytes, maxReads: step.reads })).lines);
      if (step.isKilled) return;
      const { notices } = await drain(reader, { maxReads: 0 });
      this.commit(given, { notices, position: JSON.parse(JSON.stringify(reader.position())) as Position });
    } finally {
      await reader.close();
    }
  }

  private commit(given: readonly string[], run: { position: Position; notices: readonly string[] }): void {
    this.position = run.position;
    if (run.notices.some((notice) => tellsOfLoss.test(notice))) this.isLossTold = true;
    for (const line of given) {
      if (!line.endsWith("\n")) {
        if (!run.notices.some((notice) => notice.includes("no newline"))) throw new Error(`torn: "${line}"`);
        continue;
      }
      if (!this.written.has(line)) throw new Error(`never written: "${line}"`);
      const count = (this.delivered.get(line) ?? 0) + 1;
      if (count > 1 && !this.repeatable.has(line)) throw new Error(`given twice: "${line}"`);
      this.delivered.set(line, count);
      this.everDelivered.add(line);
      this.destroyed.delete(line);
    }
    this.saved.push({ position: this.position, delivered: new Map(this.delivered) });
  }

  /** Two runs that nothing disturbs: whatever a file holds is given by then. */
  async settle(): Promise<void> {
    const quiet = {
      kind: "run",
      reads: Infinity,
      isKilled: false,
      bufferBytes: 65_536,
      meanwhile: [],
    } as const;
    await this.run(quiet);
    const held = this.world.heldLines();
    for (const line of held)
      if (!this.everDelivered.has(line) && !(this.doubtful.has(line) && this.isLossTold))
        throw new Error(`lost: "${line}"`);
    if (this.destroyed.size > 0 && !this.isLossTold)
      throw new Error(`lost in silence: ${[...this.destroyed].join()}`);
    this.destroyed.clear();
  }

  restore(back: number): void {
    const state = this.saved.at(-1 - back);
    if (!state) return;
    this.position = state.position;
    if (this.isUnseen()) this.isLossTold = true;
    this.repeatable = new Set(this.written);
  }

  happen(event: Event): void {
    const { world } = this;
    const isUnseen =
      this.isUnseen() || (this.wasCopied && (event.kind === "truncate" || event.kind === "remove"));
    switch (event.kind) {
      case "write":
        world.write(event.lines);
        break;
      case "write late":
        world.writeLate(event.lines);
        break;
      case "write part":
        world.writePart();
        break;
      case "rename":
        world.rename(event.isCreated);
        break;
      case "copy":
        this.noteCopy(true);
        world.copy(false, 0);
        break;
      case "copytruncate":
        this.noteCopy(this.wasCopied);
        world.copy(true, event.linesBetween);
        break;
      case "truncate":
        world.truncate(event.lines);
        break;
      case "remove":
        world.remove(event.lines);
        break;
      case "compress":
        world.compress(event.delayed);
        break;
      case "hours":
        this.now = new Date(this.now.getTime() + event.hours * 3_600_000);
        break;
    }
    this.look(isUnseen);
    if (event.kind === "truncate" || event.kind === "copytruncate") this.hasBegunAnew = true;
    if (event.kind === "copy" || event.kind === "copytruncate") this.wasCopied = true;
  }

  /**
   * Whether nothing that the log holds was read before. A file that held nothing when it was last looked at, or did
   * not exist, and that is written and emptied before it is looked at again leaves no trace that a notice could be
   * made of.
   */
  private isUnseen(): boolean {
    const segments = this.position && segmentsIn(this.position);
    if (!segments) return true;
    const [newest] = segments;
    const stats = this.world.stats();
    const current = segments.find(
      ({ inode, birthtimeMs }) => inode === stats?.ino && birthtimeMs === stats.birthtimeMs,
    );
    return !newest?.offsetBytes || !current?.offsetBytes || this.hasBegunAnew;
  }

  /**
   * A few lines that stand in two files may have been written twice: in doubt they are given twice, and one of the
   * files is not taken for the other when that one is gone.
   */
  private noteCopy(isSecond: boolean): void {
    if (!isSecond) return;
    for (const line of this.world.heldLines()) {
      if ((this.world.stats()?.size ?? 0) < 1024) this.repeatable.add(line);
      this.doubtful.add(line);
    }
  }

  /** Takes note of what was written and of what is gone before it was read. */
  private look(isUnseen: boolean): void {
    const held = this.world.heldLines();
    for (const line of held) this.written.add(line);
    for (const line of this.written) {
      if (held.has(line) || this.everDelivered.has(line) || this.destroyed.has(line)) continue;
      this.destroyed.add(line);
      if (!isUnseen) this.isLossTold = false;
    }
  }
}

describe("a log file in the model", () => {
  it(`gives what was written, whatever happens to it (${isLong ? "10,000" : "200"} stories)`, async function () {
    this.timeout(isLong ? 3_600_000 : 60_000);
    await fc.assert(
      fc.asyncProperty(story, async ({ naming, keptFiles, lineBytes, firstLines, steps }) => {
        const directory = mkdtempSync(join(tmpdir(), "logwinnow-model-"));
        try {
          const play = new Play(new World(directory, naming, keptFiles, lineBytes));
          await play.start(firstLines);
          for (const step of steps) {
            if (step.kind === "run") await play.run(step);
            else if (step.kind === "restore") play.restore(step.back);
            else play.happen(step);
          }
          await play.settle();
        } finally {
          rmSync(directory, { recursive: true });
        }
      }),
      { seed, numRuns: isLong ? 10_000 : 200 },
    );
  });
});
