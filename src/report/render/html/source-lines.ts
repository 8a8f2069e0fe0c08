/**
 * Breaks the source of HTML into lines that mail may have (RFC 5322, 2.1.1: 998 bytes).
 * Promise: what is read stays the same, since lines end inside of tags alone, and none begins with log text: so none
 * begins with "From ", which mbox files quote.
 */
import { markupOf, type Markup } from "./markup.js";

/** Well below 998: a tag and the text after it always stand together. */
const maxBytes = 900;

/** In: markup whose texts have a tag in every 700 bytes at least. */
export function inSourceLines(html: Markup): Markup {
  const output: string[] = [];
  let column = 0;
  // A tag, or what stands before the first one, and the text after it.
  for (const [piece] of html.matchAll(/<[^>]*>[^<]*|^[^<]+/g)) {
    const broken = column + piece.length > maxBytes ? brokenInTag(piece) : piece;
    output.push(broken);
    const lastBreak = broken.lastIndexOf("\n");
    column = lastBreak < 0 ? column + broken.length : broken.length - lastBreak - 1;
  }
  return markupOf(output.join(""));
}

/** Before the first attribute or the end of the tag. Comments, which some programs read, stay whole. */
function brokenInTag(piece: string): string {
  return /^<\/?[a-z]/.test(piece) ? piece.replace(/^(<\/?[a-z][a-z0-9]*) ?/, "$1\n") : piece;
}
