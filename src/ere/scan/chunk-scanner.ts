/**
 * Scans chunks of lines: which patterns match each line, which lines are selected, how many lines each match set has had.
 * Promise: verdicts come in the order of the lines, and each line is counted once.
 *
 * The lanes in WebAssembly do what they can; a line that runs into a missing transition is finished here, which builds
 * what it lacked, or simulates it where building does not pay. Small chunks, and where WebAssembly is not to be had
 * all, are walked here alone.
 */
import { CachePace } from "../dfa/cache-pace.js";
import { LaneRecords } from "./lane-records.js";
import { compileLanes } from "./lanes.js";
import type { LineStates } from "../dfa/line-states.js";
import { SelectedLines } from "./selected-lines.js";
import type { LineScanner, ScannedLines } from "./line-scanner.js";
import { MatchCounts } from "../dfa/match-counts.js";
import type { MatchSetId, MatchSets } from "../dfa/match-sets.js";
import type { AcceptSinks } from "../dfa/accept-sinks.js";
import type { SavedStates } from "../dfa/saved-states.js";
import { chunkAt, chunkBytes, laneCount, mostSinks, type ScanMemory } from "../dfa/scan-memory.js";
import type { SavableStates } from "../dfa/states-cache.js";
import type { Verification } from "./verification.js";

export interface ChunkScannerOptions {
  readonly states: LineStates;
  readonly memory: ScanMemory;
  readonly matchSets: MatchSets;
  readonly sinks: AcceptSinks;
  readonly verification: Verification;
  readonly isSelected: (id: MatchSetId) => boolean;
  readonly mostStates: number;
  /** The lanes are compiled when a chunk of so many bytes comes. */
  readonly lanesPayFromBytes: number;
  /** Puts what is kept into its form on disk. */
  readonly save: (states: Pick<SavedStates, "sinkSets" | "origins" | "rows" | "matchSets">) => Uint8Array;
  /** Offers the states to the cache, with how many of them it has already. */
  readonly store: (states: SavableStates, countBefore: number) => void;
}

const newline = 0x0a;

export class ChunkScanner implements LineScanner {
  private readonly options: ChunkScannerOptions;
  private readonly lanes: LaneRecords;
  private readonly pace = new CachePace();
  private readonly lines = new SelectedLines();
  private readonly counts = new MatchCounts();
  private walkLanes: (() => void) | undefined;
  private areLanesRefused = false;
  private wasFlushed = false;
  /** The bytes of all lines but those of the current chunk. */
  private earlierBytes = 0;
  /** How many lines of the current chunk the lanes have left to this code. */
  private finishedLines = 0;
  /** How many states the cache has. */
  private keptStates = 0;

  constructor(options: ChunkScannerOptions) {
    this.options = options;
    this.lanes = new LaneRecords(options.memory);
  }

  get chunk(): Uint8Array {
    return this.options.memory.bytes.subarray(chunkAt, chunkAt + chunkBytes);
  }

  scan(lengthBytes: number): ScannedLines {
    const { memory } = this.options;
    if (lengthBytes > chunkBytes) throw new RangeError(`a chunk has ${chunkBytes} bytes, not ${lengthBytes}`);
    this.lines.count = 0;
    this.finishedLines = 0;
    if (lengthBytes > 0) {
      const isTorn = memory.bytes[chunkAt + lengthBytes - 1] !== newline;
      if (isTorn) this.scanTorn(lengthBytes);
      else this.scanWhole(lengthBytes);
      this.collect(lengthBytes);
    }
    const { count, starts, ends, matchSets } = this.lines;
    const lineCount = this.finishedLines + this.options.sinks.moveCountsTo(this.counts);
    return { lineCount, selectedCount: count, starts, ends, matchSets };
  }

  matchLine(line: Uint8Array): MatchSetId {
    const { verification } = this.options;
    const end = line.at(-1) === newline ? line.length - 1 : line.length;
    const found = this.walk(line, 0, end);
    const id = verification.isNeeded(found) ? verification.verified(found, line.subarray(0, end)) : found;
    this.counts.add(id, 1);
    this.earlierBytes += line.length;
    return id;
  }

  matches(id: MatchSetId): readonly number[] {
    return this.options.matchSets.patterns(id);
  }

  takeCounts(): ReadonlyMap<MatchSetId, number> {
    return this.counts.take();
  }

  get matchSetCount(): number {
    return this.options.matchSets.size;
  }

  forgetMatchSets(): void {
    if (!this.counts.areTaken)
      throw new Error("bug: match sets are forgotten while lines are counted by them");
    const { matchSets, states, verification } = this.options;
    const held = states.heldMatchSets();
    // The first have sinks, or may get one.
    matchSets.forget((id) => id < mostSinks || held.has(id));
    verification.forget();
  }

  get stateCount(): number {
    return this.options.states.size;
  }

  keepStates(): void {
    const { states, matchSets, store, save } = this.options;
    if (this.pace.areStatesVain) return;
    const stateCount = states.size;
    const saveStates = (): Uint8Array => {
      this.keptStates = stateCount;
      return save({ ...states.save(), matchSets: matchSets.first(mostSinks) });
    };
    store({ stateCount, saveStates }, this.keptStates);
  }

  /** Takes what an earlier scanner has built into this one, which has walked nothing yet. */
  restore(found: SavedStates): void {
    const { states, matchSets, mostStates } = this.options;
    if (found.origins.length / 2 > mostStates) return;
    for (const patterns of found.matchSets) matchSets.intern(patterns);
    states.restore(found);
    this.keptStates = states.size;
    this.pace.found(states.size);
  }

  /** The last line has no newline, so it is lent one. */
  private scanTorn(lengthBytes: number): void {
    const { memory } = this.options;
    const place = chunkAt + lengthBytes;
    const lent = memory.bytes[place] ?? 0;
    memory.bytes[place] = newline;
    this.scanWhole(lengthBytes + 1);
    memory.bytes[place] = lent;
  }

  private scanWhole(lengthBytes: number): void {
    const { lanes } = this;
    lanes.cut(lengthBytes);
    this.walkLanes ??= this.lanesFor(lengthBytes);
    if (this.walkLanes === undefined) {
      for (let index = 0; index < laneCount; index++) while (lanes.isActive(index)) this.finishLine(index);
    } else {
      do {
        this.wasFlushed = false;
        if (lanes.countActive() > 0) this.walkLanes();
        // A flush sends all lanes back to the start of their lines.
      } while (this.wasFlushed);
    }
    this.earlierBytes += lengthBytes;
  }

  /** The lanes, where there is WebAssembly and the chunk is worth compiling them. */
  private lanesFor(lengthBytes: number): (() => void) | undefined {
    const { memory, states, lanesPayFromBytes } = this.options;
    if (memory.webAssemblyMemory === undefined || this.areLanesRefused || lengthBytes < lanesPayFromBytes)
      return undefined;
    try {
      return compileLanes(memory, memory.webAssemblyMemory, states, (index) => this.finishLine(index));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // There is no room for code. The plain loop does the same.
      this.areLanesRefused = true;
      return undefined;
    }
  }

  /** Walks the line that a lane is in from its start, building what is missing, and moves the lane past it. */
  private finishLine(index: number): void {
    const { memory, isSelected, verification } = this.options;
    const start = this.lanes.lineStart(index);
    const end = memory.bytes.indexOf(newline, start);
    const id = this.walk(undefined, start, end);
    this.counts.add(id, 1);
    this.finishedLines++;
    this.lanes.finishLine(index, end + 1, id, isSelected(id) || verification.isNeeded(id));
    // The other lanes' rows mean nothing any more.
    if (this.wasFlushed) this.lanes.endLoopAfter(index);
  }

  /** Walks one line, of the chunk where none is given, and builds its newline's transition too. */
  private walk(line: Uint8Array | undefined, start: number, end: number): MatchSetId {
    const { states, memory } = this.options;
    let row = states.startRow;
    for (let place = start; ; place++) {
      // Making room and building may replace the memory's views, so that they are read anew each time.
      place = states.follow(row, line ?? memory.bytes, place, end);
      row = states.reachedRow;
      if (place === end) break;
      const walkedBytes =
        this.earlierBytes + (line === undefined ? this.lanes.walkedBytes() : 0) + place - start;
      if (!states.makeRoom() || !this.pace.isWorthGrowing(walkedBytes, states.size)) {
        if (!this.pace.isWorthBeginningAnew(walkedBytes, states.size)) {
          this.pace.simulated(end - place);
          return states.simulate(row, line ?? memory.bytes, start, place, end);
        }
        row = states.flush(row);
        this.wasFlushed = true;
      }
      row = states.build(row, (line ?? memory.bytes)[place] ?? 0);
    }
    return states.endSet(row);
  }

  /** Brings the selected lines of all lanes together, and verifies the candidates among them. */
  private collect(lengthBytes: number): void {
    const { lines } = this;
    const { verification, isSelected } = this.options;
    this.lanes.addSelectedTo(lines);
    // The last line may have been lent its newline.
    const last = lines.count - 1;
    if (last >= 0) lines.ends[last] = Math.min(lines.ends[last] ?? 0, lengthBytes);
    if (!verification.isNeededAnywhere()) return;
    lines.filter((start, end, found) => {
      if (!verification.isNeeded(found)) return found;
      const id = this.verified(found, start, end);
      return isSelected(id) ? id : undefined;
    });
  }

  private verified(found: MatchSetId, start: number, end: number): MatchSetId {
    const { chunk } = this;
    const line = chunk.subarray(start, chunk[end - 1] === newline ? end - 1 : end);
    const id = this.options.verification.verified(found, line);
    this.counts.add(found, -1);
    this.counts.add(id, 1);
    return id;
  }
}
