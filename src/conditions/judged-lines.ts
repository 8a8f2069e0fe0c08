/** The lines of a chunk that are handed out after their conditions were asked. */
import type { ClassifiedLines } from "../rules/classify/classified-lines.js";
import type { Verdict } from "../rules/layer.js";

export interface JudgedLine {
  readonly bytes: Uint8Array;
  readonly trueLengthBytes: number;
  readonly leadingNulBytes: number;
  readonly readAs: Uint8Array | undefined;
  readonly verdict: Verdict;
}

/** Views into the lines that they were made from, and valid as long. */
export class JudgedLines implements ClassifiedLines<Verdict> {
  readonly lineCount: number;
  private readonly lines: readonly JudgedLine[];

  constructor(lineCount: number, lines: readonly JudgedLine[]) {
    this.lineCount = lineCount;
    this.lines = lines;
  }

  get selectedCount(): number {
    return this.lines.length;
  }

  line(index: number): Uint8Array {
    return this.at(index).bytes;
  }

  trueLengthBytes(index: number): number {
    return this.at(index).trueLengthBytes;
  }

  leadingNulBytes(index: number): number {
    return this.at(index).leadingNulBytes;
  }

  readAs(index: number): Uint8Array | undefined {
    return this.at(index).readAs;
  }

  verdict(index: number): Verdict {
    return this.at(index).verdict;
  }

  compact(): Uint8Array {
    return Buffer.concat(this.lines.map(({ bytes }) => bytes));
  }

  private at(index: number): JudgedLine {
    const line = this.lines[index];
    if (line === undefined) throw new RangeError(`bug: line ${index} of ${this.lines.length} selected`);
    return line;
  }
}
