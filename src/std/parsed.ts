/** What came of reading a word that a user wrote: its value, or what was expected in its place. */

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  /** Reads on from "expected …", such as `a duration such as "24h"`. */
  | { readonly ok: false; readonly expected: string };
