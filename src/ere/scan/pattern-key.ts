/**
 * What a set of patterns is known by where its states are kept.
 * Promise: patterns, options or versions that would build other states have another key.
 */
import { createHash } from "node:crypto";
import type { Locale } from "../alphabet/locale.js";
import { mostSinks, sinksAt } from "../dfa/scan-memory.js";

/** Changes when states are computed in another way. Rows hold addresses, so where things lie is told too. */
const stateFormat = 8;

export interface KeyOptions {
  readonly locale: Locale;
  readonly trimsTrailingSpace: boolean;
  readonly checkedFor?: string;
}

/**
 * Hex SHA-256. `text` is all patterns in one piece; `anyByte` are those whose wildcards stand for bytes that are no UTF-8
 * too, by index.
 */
export function keyOf(
  text: Buffer,
  anyByte: readonly number[],
  { locale, trimsTrailingSpace, checkedFor = "" }: KeyOptions,
): string {
  const hash = createHash("sha256");
  hash.update(
    `${stateFormat} ${sinksAt} ${mostSinks} ${locale} ${trimsTrailingSpace} ${anyByte.join()} ${JSON.stringify(checkedFor)}\n`,
  );
  hash.update(text);
  return hash.digest("hex");
}

/** All patterns in one piece, each with a newline after it. */
export function joined(patterns: readonly Uint8Array[]): Buffer {
  const bytes = patterns.reduce((sum, pattern) => sum + pattern.length + 1, 0);
  const text = Buffer.alloc(bytes, "\n");
  let end = 0;
  for (const pattern of patterns) {
    text.set(pattern, end);
    end += pattern.length + 1;
  }
  return text;
}
