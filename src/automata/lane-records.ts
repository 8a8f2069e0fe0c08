/**
 * What each lane of a chunk has to do and has done: records in memory that TypeScript and WebAssembly both write.
 * Promise: the lanes' pieces are whole lines and together the chunk, in order.
 */
import type { ListedLines } from "./listed-lines.js";
import type { MatchSetId } from "./match-sets.js";
import {
  activeLanesAt,
  chunkAt,
  lane,
  laneCount,
  lanesAt,
  listedAt,
  listedLineBytes,
  type ScanMemory,
} from "./scan-memory.js";

const newline = 0x0a;
const listedLineWords = listedLineBytes >> 2;

export class LaneRecords {
  private readonly memory: ScanMemory;

  constructor(memory: ScanMemory) {
    this.memory = memory;
  }

  /** Gives each lane an equal share of the chunk, but whole lines. The chunk ends in a newline. */
  cut(lengthBytes: number): void {
    const { bytes } = this.memory;
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

  /** Where in memory the line starts that a lane is in. */
  lineStart(index: number): number {
    return this.word(lanesAt + index * lane.bytes + lane.lineStart);
  }

  /** Moves a lane behind its line, which is listed where it says. */
  finishLine(index: number, end: number, id: MatchSetId, isListed: boolean): void {
    const record = lanesAt + index * lane.bytes;
    if (isListed) {
      const listed = this.word(record + lane.listedEnd);
      this.setWord(listed, this.lineStart(index));
      this.setWord(listed + 4, end);
      this.setWord(listed + 8, id);
      this.setWord(record + lane.listedEnd, listed + listedLineBytes);
    }
    this.setWord(record + lane.lineStart, end);
  }

  /** Whether the lane has lines left. */
  isActive(index: number): boolean {
    const record = lanesAt + index * lane.bytes;
    return this.word(record + lane.lineStart) < this.word(record + lane.end);
  }

  /** Counts the lanes that have lines left, for the loop in WebAssembly, which ends when there are none. */
  countActive(): number {
    let count = 0;
    for (let index = 0; index < laneCount; index++) if (this.isActive(index)) count++;
    this.setWord(activeLanesAt, count);
    return count;
  }

  /** Makes the loop end behind the lane that it has just asked about. */
  endLoopBehind(index: number): void {
    // A lane that goes on looks at the count as it is, one that has ended takes itself off first.
    this.setWord(activeLanesAt, this.isActive(index) ? 0 : 1);
  }

  /** How many bytes of the chunk's lines the lanes are through with. */
  walkedBytes(): number {
    let bytes = 0;
    for (let index = 0; index < laneCount; index++) {
      const listedStart = this.word(lanesAt + index * lane.bytes + lane.listedStart);
      bytes += this.lineStart(index) - (chunkAt + (listedStart - listedAt) / listedLineBytes);
    }
    return bytes;
  }

  /** Adds the listed lines in order, with where each starts and ends in the chunk. */
  addListedTo(lines: ListedLines): void {
    const { words } = this.memory;
    for (let index = 0; index < laneCount; index++) {
      const record = lanesAt + index * lane.bytes;
      const from = this.word(record + lane.listedStart) >> 2;
      const to = this.word(record + lane.listedEnd) >> 2;
      const { starts, ends, matchSets, count } = lines.withRoomFor((to - from) / listedLineWords);
      // A chunk can list 100,000 lines, so nothing is called for each. Between `from` and `to` all is written.
      let at = count;
      for (let listed = from; listed < to; listed += listedLineWords, at++) {
        starts[at] = words[listed]! - chunkAt;
        ends[at] = words[listed + 1]! - chunkAt;
        matchSets[at] = words[listed + 2]!;
      }
      lines.count = at;
    }
  }

  private word(place: number): number {
    return this.memory.words[place >> 2] ?? 0;
  }

  private setWord(place: number, value: number): void {
    this.memory.words[place >> 2] = value;
  }
}

/** Where the lane that starts at a place of the chunk writes its listed lines. */
function listedFrom(start: number): number {
  return listedAt + listedLineBytes * (start - chunkAt);
}
