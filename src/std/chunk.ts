/**
 * Lines on their way from a source to the classifier.
 * Promise: a chunk holds whole lines, in their order.
 */

/** What one `read` returns. */
export type Chunk =
  /** Whole lines in the first `lengthBytes` of the buffer. Each ends in a newline, except a flushed unfinished one. */
  | { readonly kind: "lines"; readonly lengthBytes: number }
  /** One line that did not fit, in memory of its own. `trueLengthBytes` is more than its length when it was cut. */
  | { readonly kind: "long line"; readonly bytes: Uint8Array; readonly trueLengthBytes: number }
  | { readonly kind: "end" };
