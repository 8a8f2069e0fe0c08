/**
 * Scans chunks of lines: which patterns match each line, which lines are listed, how many lines each match set has had.
 * Promise: verdicts come in the order of the lines, and each line is counted once.
 *
 * The lanes in WebAssembly do what they can; a line that runs into a missing transition is finished here, which builds
 * what it lacked. Small chunks, and where WebAssembly is not to be had all, are walked here alone.
 */
import type { Confirmations } from "./confirm.js";
import { compileLanes } from "./lanes.js";
import { isWhiteSpace, type LineStates } from "./line-states.js";
import type { MatchSets } from "./match-sets.js";
import type { LineScanner, MatchSetId, ScannedLines } from "./pattern-set.js";
import type { SavedStates } from "./saved-states.js";
import {
  activeLanesAt,
  chunkAt,
  chunkBytes,
  lane,
  laneCount,
  lanesAt,
  listedAt,
  listedLineBytes,
  type ScanMemory,
} from "./scan-memory.js";

export interface ChunkScannerOptions {
  readonly states: LineStates;
  readonly memory: ScanMemory;
  readonly matchSets: MatchSets;
  readonly isListed: (id: MatchSetId) => boolean;
  readonly confirmations: Confirmations;
  readonly mostStates: number;
  /** The lanes are compiled when a chunk of so many bytes comes. */
  readonly lanesPayFromBytes: number;
  /** Puts what is kept into its form on disk, and reads it back where it is sound. */
  readonly save: (states: Pick<SavedStates, "trapped" | "origins" | "rows" | "matchSets">) => Uint8Array;
  readonly decode: (saved: Uint8Array) => SavedStates | undefined;
  readonly matchesInDoubt: (pattern: number) => boolean;
  readonly trimsTrailingSpace: boolean;
}

const newline = 0x0a;

export class ChunkScanner implements LineScanner {
  private readonly options: ChunkScannerOptions;
  private readonly countBySet: number[] = [];
  private readonly hasDoubtBySet: (boolean | undefined)[] = [];
  private walkLanes: (() => void) | undefined;
  private wasFlushed = false;
  private lines = {
    starts: new Uint32Array(1024),
    ends: new Uint32Array(1024),
    matchSets: new Uint32Array(1024),
  };

  constructor(options: ChunkScannerOptions) {
    this.options = options;
  }

  get chunk(): Uint8Array {
    return this.options.memory.bytes.subarray(chunkAt, chunkAt + chunkBytes);
  }

  scan(lengthBytes: number): ScannedLines {
    const { memory } = this.options;
    if (lengthBytes > chunkBytes) throw new RangeError(`a chunk has ${chunkBytes} bytes, not ${lengthBytes}`);
    if (lengthBytes === 0) return { lineCount: 0, listedCount: 0, ...this.lines };
    const isTorn = memory.bytes[chunkAt + lengthBytes - 1] !== newline;
    const linesBefore = this.lineCount();
    if (isTorn) this.scanTorn(lengthBytes);
    else this.scanWhole(lengthBytes);
    const listedCount = this.collect(lengthBytes);
    return { lineCount: this.lineCount() - linesBefore, listedCount, ...this.lines };
  }

  matchLine(line: Uint8Array): MatchSetId {
    const end = line.at(-1) === newline ? line.length - 1 : line.length;
    const found = this.walk(line, 0, end);
    const id = this.hasDoubt(found) ? this.confirmed(found, line.subarray(0, end)) : found;
    this.count(id, 1);
    return id;
  }

  matches(id: MatchSetId): readonly number[] {
    return this.options.matchSets.patterns(id);
  }

  counts(): ReadonlyMap<MatchSetId, number> {
    const counts = new Map<MatchSetId, number>();
    this.countBySet.forEach((count, id) => counts.set(id, count));
    for (const [id, count] of this.options.states.trapCounts())
      if (count > 0) counts.set(id, (counts.get(id) ?? 0) + count);
    for (const [id, count] of counts) if (count === 0) counts.delete(id);
    return counts;
  }

  get stateCount(): number {
    return this.options.states.size;
  }

  saveStates(): Uint8Array {
    const { states, matchSets, save } = this.options;
    return save({ ...states.save(), matchSets: matchSets.all() });
  }

  restoreStates(saved: Uint8Array): boolean {
    const found = this.options.decode(saved);
    return found !== undefined && this.restore(found);
  }

  /** False, and nothing changes, where this scanner has walked lines already. */
  restore(found: SavedStates): boolean {
    const { states, matchSets, mostStates } = this.options;
    // Numbers of match sets that were given out stay as they are.
    const isFresh = states.size === 1 && matchSets.size === 1;
    if (!isFresh || found.origins.length / 2 > mostStates) return false;
    for (const patterns of found.matchSets) matchSets.intern(patterns);
    states.restore(found);
    return true;
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
    this.cutIntoLanes(lengthBytes);
    this.walkLanes ??= this.lanesFor(lengthBytes);
    if (this.walkLanes === undefined) {
      for (let index = 0; index < laneCount; index++) while (this.isActive(index)) this.finishLine(index);
      return;
    }
    do {
      this.wasFlushed = false;
      this.setWord(activeLanesAt, this.activeLanes());
      if (this.word(activeLanesAt) > 0) this.walkLanes();
      // A flush sends all lanes back to the start of their lines.
    } while (this.wasFlushed);
  }

  /** The lanes, where there is WebAssembly and the chunk is worth compiling them. */
  private lanesFor(lengthBytes: number): (() => void) | undefined {
    const { memory, states, lanesPayFromBytes } = this.options;
    if (memory.webAssemblyMemory === undefined || lengthBytes < lanesPayFromBytes) return undefined;
    return compileLanes(memory, memory.webAssemblyMemory, states, (index) => this.finishLine(index));
  }

  private word(place: number): number {
    return this.options.memory.words[place >> 2] ?? 0;
  }

  private setWord(place: number, value: number): void {
    this.options.memory.words[place >> 2] = value;
  }

  private isActive(index: number): boolean {
    const record = lanesAt + index * lane.bytes;
    return this.word(record + lane.lineStart) < this.word(record + lane.end);
  }

  private activeLanes(): number {
    let count = 0;
    for (let index = 0; index < laneCount; index++) if (this.isActive(index)) count++;
    return count;
  }

  /** Gives each lane an equal share of the chunk, but whole lines. */
  private cutIntoLanes(lengthBytes: number): void {
    const { bytes } = this.options.memory;
    const chunkEnd = chunkAt + lengthBytes;
    let start = chunkAt;
    for (let index = 0; index < laneCount; index++) {
      const share = chunkAt + Math.floor((lengthBytes * (index + 1)) / laneCount);
      const end = start >= share ? start : bytes.indexOf(newline, share - 1) + 1;
      const record = lanesAt + index * lane.bytes;
      this.setWord(record + lane.lineStart, start);
      this.setWord(record + lane.end, Math.min(end, chunkEnd));
      this.setWord(record + lane.listedEnd, listedFrom(start));
      this.setWord(record + lane.listedStart, listedFrom(start));
      start = end;
    }
  }

  /** Walks the line that a lane is in from its start, building what is missing, and moves the lane behind it. */
  private finishLine(index: number): void {
    const { memory, isListed } = this.options;
    const record = lanesAt + index * lane.bytes;
    const start = this.word(record + lane.lineStart);
    const end = memory.bytes.indexOf(newline, start);
    const id = this.walk(undefined, start, end);
    this.count(id, 1);
    this.setWord(record + lane.lineStart, end + 1);
    if (isListed(id) || this.hasDoubt(id)) {
      const listed = this.word(record + lane.listedEnd);
      this.setWord(listed, start);
      this.setWord(listed + 4, end + 1);
      this.setWord(listed + 8, id);
      this.setWord(record + lane.listedEnd, listed + listedLineBytes);
    }
    // The other lanes' rows mean nothing any more: no lane counts as active, and the loop returns.
    if (this.wasFlushed) this.setWord(activeLanesAt, this.isActive(index) ? 0 : 1);
  }

  /** Walks one line, of the chunk where none is given, and builds its newline's transition too. */
  private walk(line: Uint8Array | undefined, start: number, end: number): MatchSetId {
    const { states, memory } = this.options;
    let row = states.startRow;
    for (let i = start; i < end; i++) {
      // Building may replace the memory's views, so they are read anew for each byte.
      const byte = (line ?? memory.bytes)[i] ?? 0;
      if (states.isFull) {
        row = states.flush(row);
        this.wasFlushed = true;
      }
      row = states.step(row, byte);
    }
    return states.endSet(row);
  }

  private count(id: MatchSetId, lines: number): void {
    this.countBySet[id] = (this.countBySet[id] ?? 0) + lines;
  }

  private lineCount(): number {
    let lines = 0;
    for (const count of this.countBySet) lines += count ?? 0;
    for (const [, count] of this.options.states.trapCounts()) lines += count;
    return lines;
  }

  /** Brings the listed lines of all lanes together. How many they are. */
  private collect(lengthBytes: number): number {
    let count = 0;
    for (let index = 0; index < laneCount; index++) {
      const record = lanesAt + index * lane.bytes;
      const listedEnd = this.word(record + lane.listedEnd);
      for (let listed = this.word(record + lane.listedStart); listed < listedEnd; listed += listedLineBytes) {
        const start = this.word(listed) - chunkAt;
        // The last line may have been lent its newline.
        const end = Math.min(this.word(listed + 4) - chunkAt, lengthBytes);
        const found = this.word(listed + 8);
        const isDoubtful = this.hasDoubt(found);
        const id = isDoubtful ? this.lookAgain(found, start, end) : found;
        if (isDoubtful && !this.options.isListed(id)) continue;
        this.list(count++, start, end, id);
      }
    }
    return count;
  }

  private lookAgain(found: MatchSetId, start: number, end: number): MatchSetId {
    const { chunk } = this;
    const id = this.confirmed(found, chunk.subarray(start, chunk[end - 1] === newline ? end - 1 : end));
    this.count(found, -1);
    this.count(id, 1);
    return id;
  }

  private list(index: number, start: number, end: number, id: MatchSetId): void {
    if (index >= this.lines.starts.length) this.growLines();
    this.lines.starts[index] = start;
    this.lines.ends[index] = end;
    this.lines.matchSets[index] = id;
  }

  private growLines(): void {
    const length = 2 * this.lines.starts.length;
    const grown = (numbers: Uint32Array<ArrayBuffer>) => {
      const copy = new Uint32Array(length);
      copy.set(numbers);
      return copy;
    };
    this.lines = {
      starts: grown(this.lines.starts),
      ends: grown(this.lines.ends),
      matchSets: grown(this.lines.matchSets),
    };
  }

  private hasDoubt(id: MatchSetId): boolean {
    const { confirmations } = this.options;
    if (confirmations.areEmpty) return false;
    return (this.hasDoubtBySet[id] ??= this.matches(id).some((pattern) => confirmations.has(pattern)));
  }

  /** The match set without the patterns that a second look does not confirm. */
  private confirmed(id: MatchSetId, line: Uint8Array): MatchSetId {
    const { confirmations, matchSets, trimsTrailingSpace, matchesInDoubt } = this.options;
    let end = line.length;
    if (trimsTrailingSpace) while (end > 0 && isWhiteSpace(line[end - 1] ?? 0)) end--;
    const matched = line.subarray(0, end);
    return matchSets.intern(
      matchSets.patterns(id).filter((pattern) => {
        const verdict = confirmations.confirm(pattern, matched);
        return verdict === "match" || (verdict === "doubtful" && matchesInDoubt(pattern));
      }),
    );
  }
}

/** Where the lane that starts at a place of the chunk writes its listed lines. */
function listedFrom(start: number): number {
  return listedAt + listedLineBytes * (start - chunkAt);
}
