/**
 * The selected lines of one chunk, in arrays that the next chunk uses again.
 * Promise: they grow to what one chunk needs, and allocate nothing after that.
 */
import type { MatchSetId } from "../dfa/match-sets.js";

export class SelectedLines {
  starts = new Uint32Array(1024);
  ends = new Uint32Array(1024);
  matchSets = new Uint32Array(1024);
  count = 0;

  /** Itself, after which its arrays have room for so many lines more. */
  withRoomFor(lines: number): this {
    const needed = this.count + lines;
    if (needed > this.starts.length) {
      const length = Math.max(needed, 2 * this.starts.length);
      this.starts = grown(this.starts, length);
      this.ends = grown(this.ends, length);
      this.matchSets = grown(this.matchSets, length);
    }
    return this;
  }

  /** Replaces the match set of each line by what `verify` makes of it; undefined takes the line out. */
  filter(verify: (start: number, end: number, id: MatchSetId) => MatchSetId | undefined): void {
    let kept = 0;
    for (let line = 0; line < this.count; line++) {
      const start = this.starts[line] ?? 0;
      const end = this.ends[line] ?? 0;
      const id = verify(start, end, this.matchSets[line] ?? 0);
      if (id === undefined) continue;
      this.starts[kept] = start;
      this.ends[kept] = end;
      this.matchSets[kept++] = id;
    }
    this.count = kept;
  }
}

function grown(numbers: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(length);
  copy.set(numbers);
  return copy;
}
