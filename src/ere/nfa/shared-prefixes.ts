/**
 * Plain patterns in the order of their texts, so that those with a common beginning stand side by side.
 * Promise: patterns that are said to share a piece have that piece at the same offset.
 *
 * Debian's 1,535 rules begin alike for most of their length. Told apart only where their texts differ, they are a
 * tree, and a line walks one path of it; what no line reaches is never made a syntax tree.
 */
import type { CheckedPattern, PatternReader, ReadPiece } from "../syntax/pattern-reader.js";
import { firstWildcard } from "../syntax/wildcards.js";
import { isRepetition } from "../syntax/repetition.js";

export class SharedPrefixes {
  private readonly patterns: readonly CheckedPattern[];
  private readonly reader: PatternReader;
  /** By place: how many bytes the pattern has in common with the one before it. */
  private readonly commonBytes: Int32Array;
  /** By block of places, the least of them, to step over many at once: the first pieces are shared by nearly all. */
  private readonly leastOfBlock: Int32Array;

  /** The patterns are plain sequences and come in ascending order of their texts. */
  constructor(patterns: readonly CheckedPattern[], reader: PatternReader) {
    this.patterns = patterns;
    this.reader = reader;
    this.commonBytes = new Int32Array(patterns.length);
    this.leastOfBlock = new Int32Array(Math.ceil(patterns.length / blockLength)).fill(0x7fffffff);
    let before: CheckedPattern | undefined;
    for (const [place, pattern] of patterns.entries()) {
      const common = before === undefined ? 0 : commonBytes(before, pattern);
      before = pattern;
      this.commonBytes[place] = common;
      const block = Math.floor(place / blockLength);
      this.leastOfBlock[block] = Math.min(this.leastOfBlock[block] ?? 0, common);
    }
  }

  get count(): number {
    return this.patterns.length;
  }

  /** The input's index of the pattern at a place. */
  index(place: number): number {
    return this.at(place).index;
  }

  /** Undefined where the pattern ends. */
  piece(place: number, offset: number): ReadPiece | undefined {
    const pattern = this.at(place);
    return offset === pattern.text.length ? undefined : this.reader.piece(pattern, offset);
  }

  /** The place after the last pattern, before `limit`, that shares the piece that ends at `end`. */
  endOfShared(place: number, limit: number, end: number): number {
    let after = place + 1;
    while (after < limit) {
      const isWholeBlockShared =
        after % blockLength === 0 && (this.leastOfBlock[after / blockLength] ?? 0) > end;
      if (isWholeBlockShared) after += blockLength;
      else if (this.sharesWithPrevious(after, end)) after++;
      else break;
    }
    return Math.min(after, limit);
  }

  private sharesWithPrevious(place: number, end: number): boolean {
    const common = this.commonBytes[place] ?? 0;
    // Where the texts part right after the piece, this one may go on with a repetition of it.
    return common > end || (common === end && !isRepetition(this.at(place).text[end] ?? 0));
  }

  private at(place: number): CheckedPattern {
    const pattern = this.patterns[place];
    if (pattern === undefined) throw new Error(`bug: no pattern at place ${place}`);
    return pattern;
  }
}

const blockLength = 32;

/** Of two patterns that take their wildcards for different things, up to the first wildcard. */
function commonBytes(one: CheckedPattern, other: CheckedPattern): number {
  const common = commonLength(one.text, other.text);
  return one.takesAnyByte === other.takesAnyByte ? common : Math.min(common, firstWildcard(one.text));
}

function commonLength(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  let common = 0;
  while (common < length && a[common] === b[common]) common++;
  return common;
}
