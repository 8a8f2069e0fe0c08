/** The result of reading a value that a user wrote: the value, or what was expected instead. */

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  /** Completes "expected …", for example `a duration such as "24h"`. */
  | { readonly ok: false; readonly expected: string };
