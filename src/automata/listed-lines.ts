/**
 * The listed lines of one chunk, in arrays that the next chunk uses again.
 * Promise: they grow to what one chunk needs, and allocate nothing after that.
 */
import type { MatchSetId } from "./pattern-set.js";

export class ListedLines {
  starts = new Uint32Array(1024);
  ends = new Uint32Array(1024);
  matchSets = new Uint32Array(1024);
  count = 0;

  add(start: number, end: number, id: MatchSetId): void {
    if (this.count === this.starts.length) {
      this.starts = twiceAsLong(this.starts);
      this.ends = twiceAsLong(this.ends);
      this.matchSets = twiceAsLong(this.matchSets);
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.matchSets[this.count++] = id;
  }
}

function twiceAsLong(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(2 * numbers.length);
  copy.set(numbers);
  return copy;
}
