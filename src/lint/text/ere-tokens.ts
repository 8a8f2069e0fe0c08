/**
 * Cuts an ERE into escapes, bracket expressions and single characters, as grep reads it.
 * Promise: the tokens are all of the text, in order. The work is linear where brackets are closed, as they are in all
 * that grep takes.
 */
import type { ByteString } from "../../std/text/byte-string.js";

export interface EreToken {
  readonly kind: "escape" | "bracket" | "character";
  readonly text: ByteString;
  /** Bytes from 0. */
  readonly start: number;
}

const tokens = /(\\[^])|(\[\^?\]?(?:\[:[a-z]+:\]|\[\.[^\]]*\.\]|\[=[^\]]*=\]|[^\]])*\])|[^]/g;

export function ereTokens(ere: ByteString): readonly EreToken[] {
  return [...ere.matchAll(tokens)].map((match): EreToken => {
    const [text, escape, bracket] = match;
    return { kind: escape ? "escape" : bracket ? "bracket" : "character", text, start: match.index };
  });
}

/** Whether the ERE consists of alternatives. */
export function hasAlternatives(ere: ByteString): boolean {
  if (!ere.includes("|")) return false;
  let depth = 0;
  for (const { kind, text } of ereTokens(ere)) {
    if (kind !== "character") continue;
    if (text === "(") depth++;
    else if (text === ")") depth--;
    else if (text === "|" && depth === 0) return true;
  }
  return false;
}
