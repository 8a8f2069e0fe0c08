/**
 * A document as it is kept between runs.
 * Promise: it says what it is and in which form, so that a later program can read it or turn it down.
 */

/** Plain JSON. Whoever writes a kind keeps a decoder for each version of it that there ever was. */
export interface Stored {
  readonly kind: string;
  readonly version: number;
  readonly data: unknown;
}
