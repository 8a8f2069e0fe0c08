/**
 * What each lane of a chunk has to do and has done: records in memory that TypeScript and WebAssembly both write.
 * Promise: the lanes' pieces are whole lines and together the chunk, in order.
 */
import type { SelectedLines } from "./selected-lines.js";
import type { MatchSetId } from "../dfa/match-sets.js";
import {
  activeLanesAt,
  chunkAt,
  lane,
  laneCount,
  lanesAt,
  selectedAt,
  selectedLineBytes,
  type ScanMemory,
} from "../dfa/scan-memory.js";

const newline = 0x0a;
const selectedLineWords = selectedLineBytes >> 2;

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
      this.setWord(record + lane.selectedEnd, selectedFrom(start));
      this.setWord(record + lane.selectedStart, selectedFrom(start));
      start = end;
    }
  }

  /** Where in memory the line starts that a lane is in. */
  lineStart(index: number): number {
    return this.word(lanesAt + index * lane.bytes + lane.lineStart);
  }

  /** Moves a lane past its line, and writes the line down if it is selected. */
  finishLine(index: number, end: number, id: MatchSetId, isSelected: boolean): void {
    const record = lanesAt + index * lane.bytes;
    if (isSelected) {
      const selected = this.word(record + lane.selectedEnd);
      this.setWord(selected, this.lineStart(index));
      this.setWord(selected + 4, end);
      this.setWord(selected + 8, id);
      this.setWord(record + lane.selectedEnd, selected + selectedLineBytes);
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

  /** Makes the loop end after the lane that it has just asked about. */
  endLoopAfter(index: number): void {
    // A lane that goes on looks at the count as it is, one that has ended takes itself off first.
    this.setWord(activeLanesAt, this.isActive(index) ? 0 : 1);
  }

  /** How many bytes of the chunk's lines the lanes are through with. */
  walkedBytes(): number {
    let bytes = 0;
    for (let index = 0; index < laneCount; index++) {
      const selectedStart = this.word(lanesAt + index * lane.bytes + lane.selectedStart);
      bytes += this.lineStart(index) - (chunkAt + (selectedStart - selectedAt) / selectedLineBytes);
    }
    return bytes;
  }

  /** Adds the selected lines in order, with where each starts and ends in the chunk. */
  addSelectedTo(lines: SelectedLines): void {
    const { words } = this.memory;
    for (let index = 0; index < laneCount; index++) {
      const record = lanesAt + index * lane.bytes;
      const from = this.word(record + lane.selectedStart) >> 2;
      const to = this.word(record + lane.selectedEnd) >> 2;
      const { starts, ends, matchSets, count } = lines.withRoomFor((to - from) / selectedLineWords);
      // A chunk can list 100,000 lines, so nothing is called for each. Between `from` and `to` all is written.
      let at = count;
      for (let selected = from; selected < to; selected += selectedLineWords, at++) {
        starts[at] = words[selected]! - chunkAt;
        ends[at] = words[selected + 1]! - chunkAt;
        matchSets[at] = words[selected + 2]!;
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

/** Where the lane that starts at a place of the chunk writes its selected lines. */
function selectedFrom(start: number): number {
  return selectedAt + selectedLineBytes * (start - chunkAt);
}
