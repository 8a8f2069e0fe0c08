/**
 * The selected lines of a chunk that the scanner walks in its own buffer.
 * Promise: none is moved before `compact`, and no string is made of any.
 */
import type { LineScanner, MatchSetId } from "../../ere/index.js";
import { newline } from "../../std/text/line-text.js";
import type { ClassifiedLines, LinesChunk } from "./classified-lines.js";

type LinesInBufferChunk = Extract<LinesChunk, { kind: "lines" }>;

/** One object serves all chunks. */
export class LinesInBuffer<Verdict> implements ClassifiedLines<Verdict> {
  lineCount = 0;
  selectedCount = 0;
  private readonly scanner: LineScanner;
  private readonly verdictOfSet: (id: MatchSetId) => Verdict;
  private readonly decisiveSet: (line: Uint8Array, own: MatchSetId) => MatchSetId;
  private nulBytes: ReadonlyMap<number, number> | undefined;
  private starts: Uint32Array = new Uint32Array(0);
  private ends: Uint32Array = new Uint32Array(0);
  private matchSets: Uint32Array = new Uint32Array(0);

  constructor(
    scanner: LineScanner,
    verdictOfSet: (id: MatchSetId) => Verdict,
    decisiveSet: (line: Uint8Array, own: MatchSetId) => MatchSetId,
  ) {
    this.scanner = scanner;
    this.verdictOfSet = verdictOfSet;
    this.decisiveSet = decisiveSet;
  }

  scan({ lengthBytes, leadingNulBytes }: LinesInBufferChunk): this {
    const scanned = this.scanner.scan(lengthBytes);
    this.nulBytes = leadingNulBytes;
    this.lineCount = scanned.lineCount;
    this.selectedCount = scanned.selectedCount;
    this.starts = scanned.starts;
    this.ends = scanned.ends;
    this.matchSets = scanned.matchSets;
    return this;
  }

  /** Replaces the match set of each line by the one that decides on it. Out: whether one is another now. */
  decide(): boolean {
    const { chunk } = this.scanner;
    let hasChanged = false;
    for (let index = 0; index < this.selectedCount; index++) {
      if (!isBracketed(chunk, this.ends[index]!)) continue;
      const own = this.matchSets[index]!;
      const decisive = this.decisiveSet(this.line(index), own);
      if (decisive === own) continue;
      this.matchSets[index] = decisive;
      hasChanged = true;
    }
    return hasChanged;
  }

  /** Leaves out the lines of other verdicts. */
  keepOnly(isSelected: (verdict: Verdict) => boolean): void {
    let kept = 0;
    for (let index = 0; index < this.selectedCount; index++) {
      // Up to selectedCount all arrays are filled.
      const id = this.matchSets[index]!;
      if (!isSelected(this.verdictOfSet(id))) continue;
      this.starts[kept] = this.starts[index]!;
      this.ends[kept] = this.ends[index]!;
      this.matchSets[kept++] = id;
    }
    this.selectedCount = kept;
  }

  line(index: number): Uint8Array {
    return this.scanner.chunk.subarray(this.at(this.starts, index), this.at(this.ends, index));
  }

  trueLengthBytes(index: number): number {
    return this.at(this.ends, index) - this.at(this.starts, index);
  }

  leadingNulBytes(index: number): number {
    return this.nulBytes?.get(this.at(this.starts, index)) ?? 0;
  }

  readAs(): undefined {
    return undefined;
  }

  verdict(index: number): Verdict {
    return this.verdictOfSet(this.at(this.matchSets, index));
  }

  compact(): Uint8Array {
    const { chunk } = this.scanner;
    let length = 0;
    for (let index = 0; index < this.selectedCount; index++) {
      // Up to selectedCount both arrays are filled.
      const start = this.starts[index]!;
      const end = this.ends[index]!;
      if (start !== length) chunk.copyWithin(length, start, end);
      length += end - start;
    }
    return chunk.subarray(0, length);
  }

  /** Past `selectedCount` the arrays hold what an earlier chunk left. */
  private at(numbers: Uint32Array, index: number): number {
    const number = index < this.selectedCount ? numbers[index] : undefined;
    if (number === undefined) throw new RangeError(`bug: line ${index} of ${this.selectedCount} selected`);
    return number;
  }
}

/** Whether the line that ends here ends in "]". */
function isBracketed(chunk: Uint8Array, end: number): boolean {
  return chunk[chunk[end - 1] === newline ? end - 2 : end - 1] === 0x5d;
}
