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

const bracket = String.raw`\[\^?\]?(?:\[:[a-z]+:\]|\[\.[^\]]*\.\]|\[=[^\]]*=\]|[^\]])*\]`;
const brackets = new RegExp(bracket, "y");
const tokens = new RegExp(String.raw`(\\[^])|(${bracket})|[^]`, "g");

/** `from`: where a token begins, in bytes from 0; no more than `most` tokens are made. */
export function ereTokens(ere: ByteString, from = 0, most = Infinity): readonly EreToken[] {
  const found: EreToken[] = [];
  tokens.lastIndex = from;
  for (let match; found.length < most && (match = tokens.exec(ere)) !== null;) {
    const [text, escape, bracket] = match;
    found.push({ kind: escape ? "escape" : bracket ? "bracket" : "character", text, start: match.index });
  }
  return found;
}

/** Whether the ERE consists of alternatives. Makes no tokens, since it is asked of all rules of a host. */
export function hasAlternatives(ere: ByteString): boolean {
  if (!ere.includes("|")) return false;
  let depth = 0;
  for (let place = 0; place < ere.length; place++) {
    const sign = ere[place];
    if (sign === "\\") place++;
    else if (sign === "[") place = bracketEnd(ere, place);
    else if (sign === "(") depth++;
    else if (sign === ")") depth--;
    else if (sign === "|" && depth === 0) return true;
  }
  return false;
}

/** The place of the "]" that closes a bracket; of the bracket itself where none does. */
function bracketEnd(ere: ByteString, start: number): number {
  brackets.lastIndex = start;
  return brackets.test(ere) ? brackets.lastIndex - 1 : start;
}
