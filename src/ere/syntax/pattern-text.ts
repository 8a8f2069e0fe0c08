/**
 * The bytes of one pattern as the parser reads them.
 * Promise: what a place in a pattern is called in an error is its byte, counted from 1.
 */
import type { Locale } from "../alphabet/locale.js";
import { decodeCharacter } from "../alphabet/utf8.js";

/** Why a pattern cannot be read. Thrown by the parser's parts, caught by `parse`. */
export class PatternFault extends Error {
  readonly column: number;

  /** `offset` counts bytes from 0. */
  constructor(offset: number, reason: string) {
    super(reason);
    this.column = offset + 1;
  }
}

/** How many bytes the character at an offset has: 1 for an invalid byte. */
export function characterLength(text: Uint8Array, offset: number, locale: Locale): number {
  if (locale === "C" || (text[offset] ?? 0) < 0x80) return 1;
  return decodeCharacter(text, offset, text.length)?.length ?? 1;
}
