/**
 * Lines on their way from a source to the classifier.
 * Promise: a chunk holds whole lines, in their order, without the NUL bytes that a hole leaves before a line.
 */

/** What one `read` returns. */
export type Chunk =
  /** Whole lines in the first `lengthBytes` of the buffer. Each ends in a newline, except a flushed unfinished one. */
  | {
      readonly kind: "lines";
      readonly lengthBytes: number;
      /** The NUL bytes that stood before a line and were taken out, by where the line begins. Left out: there are none. */
      readonly leadingNulBytes?: ReadonlyMap<number, number>;
      /**
       * Bytes of the source that were passed on the way to these lines and are none of theirs: of a hole, or of a line
       * that goes on. There may be no lines then.
       */
      readonly passedBytes?: number;
      /**
       * For each line in its order: what the rules read in its place, or undefined where it reads as it is. Left out: all
       * read as they are.
       */
      readonly readAs?: readonly (Uint8Array | undefined)[];
    }
  /** One line that did not fit, in memory of its own. `trueLengthBytes` is more than its length when it was cut. */
  | {
      readonly kind: "long line";
      readonly bytes: Uint8Array;
      readonly trueLengthBytes: number;
      /** The NUL bytes that stood before it. They are in neither length. */
      readonly leadingNulBytes?: number;
      /** What the rules read in its place. Left out: it reads as it is. */
      readonly readAs?: Uint8Array;
    }
  | { readonly kind: "end" };
