/** What a classifier makes of a chunk of lines: those that are selected, each with its verdict. */
import type { Chunk } from "../../std/chunk.js";

/** Lines as a reader gives them. */
export type LinesChunk = Exclude<Chunk, { readonly kind: "end" }>;

/** What one chunk came to. Valid until the next call of `classify`. Selected lines are counted from 0, in their order. */
export interface ClassifiedLines<Verdict> {
  readonly lineCount: number;
  readonly selectedCount: number;
  /** A selected line, with its newline if it has one: a view into the buffer or the chunk. */
  line(index: number): Uint8Array;
  /** More than the line has when it was cut. */
  trueLengthBytes(index: number): number;
  /** The NUL bytes that stood before the line, which are in neither. */
  leadingNulBytes(index: number): number;
  /** What the rules read in the line's place; undefined where they read it as it is. */
  readAs(index: number): Uint8Array | undefined;
  verdict(index: number): Verdict;
  /** All selected lines, moved together to the buffer's start. The other accessors mean nothing afterwards. */
  compact(): Uint8Array;
}

/** One line that no buffer holds. */
export function longLine<Verdict>(
  { bytes, trueLengthBytes, leadingNulBytes = 0, readAs }: Extract<LinesChunk, { kind: "long line" }>,
  verdict: Verdict,
  isSelected: boolean,
): ClassifiedLines<Verdict> {
  return {
    lineCount: 1,
    selectedCount: isSelected ? 1 : 0,
    line: () => bytes,
    trueLengthBytes: () => trueLengthBytes,
    leadingNulBytes: () => leadingNulBytes,
    readAs: () => readAs,
    verdict: () => verdict,
    compact: () => (isSelected ? bytes : bytes.subarray(0, 0)),
  };
}
