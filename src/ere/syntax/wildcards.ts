/**
 * Finds where a pattern may stand for all characters but some: a dot, a negated bracket expression, `\W` or `\S`.
 * Promise: before that place there is none. It looks at the text, since it is asked of all patterns at each start.
 */
import { bracketEnd } from "./bracket.js";

const [backslash, caret, dot, openBracket, capitalW, capitalS] = [0x5c, 0x5e, 0x2e, 0x5b, 0x57, 0x53];

/** The offset of the first such place, or the text's length. */
export function firstWildcard(text: Uint8Array): number {
  let offset = 0;
  while (offset < text.length) {
    const [byte, next] = [text[offset], text[offset + 1]];
    if (byte === dot || (byte === openBracket && next === caret)) return offset;
    if (byte === backslash && (next === capitalW || next === capitalS)) return offset;
    if (byte === openBracket) offset = bracketEnd(text, offset) ?? text.length;
    else offset += byte === backslash ? 2 : 1;
  }
  return Math.min(offset, text.length);
}
