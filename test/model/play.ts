/**
 * Plays a story of a log, and holds what was given against what its files held.
 * Promise: what is lost, given twice, torn or never written fails the story; so does a loss that no notice tells of.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { segmentsIn } from "../../src/sources/file/position.js";
import { Surroundings } from "../../src/sources/rotation/surroundings.js";
import type { Position, ResumableReader } from "../../src/sources/source.js";
import { drain, noon, wholeLog } from "../sources/reading.js";
import { World, type Naming } from "./world.js";

export type Event =
  | { readonly kind: "write" | "write late"; readonly lines: number }
  | { readonly kind: "write part" }
  | { readonly kind: "rename"; readonly isCreated: boolean }
  | { readonly kind: "copy" }
  | { readonly kind: "copytruncate"; readonly linesBetween: number }
  | { readonly kind: "truncate" | "remove"; readonly lines: number }
  | { readonly kind: "compress"; readonly delayed: number }
  | { readonly kind: "hours"; readonly hours: number }
  | { readonly kind: "save" }
  | { readonly kind: "set back"; readonly isNewFile: boolean }
  | {
      readonly kind: "delete line" | "change line" | "cut beginning" | "cut end";
      /** Where in the log, from 0 to 1. */
      readonly place: number;
      readonly isNewFile: boolean;
    };

export type Step =
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

export interface Story {
  readonly naming: Naming;
  readonly keptFiles: number;
  readonly lineBytes: number;
  /** Whether lines state the time. Those that do not may well be written again, word for word. */
  readonly isDated: boolean;
  /** Lines in the log at the first run. */
  readonly firstLines: number;
  readonly steps: readonly Step[];
}

/** What a notice says that tells of lines which may be lost. */
const tellsOfLoss = /lost/;

function isRewriting({ kind }: Event): boolean {
  return ["set back", "delete line", "change line", "cut beginning", "cut end"].includes(kind);
}

class Play {
  private readonly world: World;
  private readonly isDated: boolean;
  private readonly saved: { position: Position | undefined; delivered: Map<string, number> }[] = [];
  private position: Position | undefined;
  private now = noon;
  /** By the clock that files are dated by. */
  private lastRunMs: number | undefined;
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
  /** What of the log was read at the last run. */
  private seen: Buffer = Buffer.alloc(0);

  constructor(world: World, isDated: boolean) {
    this.world = world;
    this.isDated = isDated;
  }

  async start(lines: number): Promise<void> {
    this.world.truncate(0);
    this.happen({ kind: "write", lines });
    await this.settle();
  }

  async run(step: Extract<Step, { kind: "run" }>): Promise<void> {
    const surroundings = new Surroundings(this.lastRunMs);
    const startedMs = Date.now();
    const source = wholeLog(this.world.path, { now: this.now, surroundings });
    const opened = this.world.bytes();
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
      const position = JSON.parse(JSON.stringify(reader.position())) as Position;
      this.commit(given, { notices, position, opened });
      this.lastRunMs = startedMs;
    } finally {
      await reader.close();
    }
  }

  private commit(
    given: readonly string[],
    run: { position: Position; notices: readonly string[]; opened: Buffer },
  ): void {
    this.position = run.position;
    this.seen = run.opened.subarray(0, segmentsIn(run.position)?.[0]?.offsetBytes ?? 0);
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
    if (isRewriting(event)) this.noteRewriting();
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
      case "save":
        world.save();
        break;
      case "set back":
        world.setBack(event.isNewFile);
        break;
      case "delete line":
      case "change line":
      case "cut beginning":
      case "cut end":
        world.edit(event.kind, event.place, event.isNewFile);
        break;
      case "hours":
        this.now = new Date(this.now.getTime() + event.hours * 3_600_000);
        break;
    }
    this.look(isUnseen);
    if (isRewriting(event)) this.noteOldState();
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

  /**
   * Lines that state no time are given again where a log was put back or edited. A copy may hold what nobody has read yet,
   * and what was written in the very second of the last line that was read.
   */
  private noteRewriting(): void {
    const second = (line: string): string => line.slice(0, "2026-11-22T00:00:00".length);
    const last = [...this.delivered.keys()].map(second).sort().at(-1) ?? "";
    const copied = this.wasCopied ? this.world.heldLines() : this.world.savedLines();
    for (const line of this.isDated ? copied : this.written)
      if (!this.isDated || !this.delivered.has(line) || second(line) >= last) this.repeatable.add(line);
  }

  /** What was put back as it was when it was last read tells nobody what stood there meanwhile. */
  private noteOldState(): void {
    if (this.world.bytes().subarray(0, this.seen.length).equals(this.seen)) this.isLossTold = true;
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

/** Plays a story in a directory of its own. Throws when a promise is broken. */
export async function playStory({
  naming,
  keptFiles,
  lineBytes,
  isDated,
  firstLines,
  steps,
}: Story): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "logwinnow-model-"));
  try {
    const play = new Play(new World(directory, naming, keptFiles, lineBytes, isDated), isDated);
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
}
