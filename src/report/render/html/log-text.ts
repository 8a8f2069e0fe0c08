/**
 * Log text in HTML.
 * Promise: what is read is the text as it is, and no mail program makes a link of it: whoever can write to the log could
 * otherwise put a link of his own into the mail.
 */
import { markupOf, text, type Markup } from "./markup.js";

/**
 * Nothing, between two characters. Programs that look for links see two pieces; a copied line has nothing in it.
 * The line break in the tag is where the source line ends (see `source-lines.ts`).
 */
const gap = "<span></span>";

/**
 * Addresses, host names and schemes end at their dots and colons; "www" and mail addresses have dots as well. Long
 * texts without either get a gap, too, so that the source can be broken there.
 */
const breakable = /(?=\.)|(?<=:)/;
const maxPieceCharacters = 60;

/** In: printable text, as `escaped` (room `std`) gives it. */
export function logText(printable: string): Markup {
  return markupOf(
    printable
      .split(breakable)
      .flatMap((piece) => chunksOf(piece))
      .map((piece) => text(piece))
      .join(gap),
  );
}

/** Pieces of a bounded number of characters, none of which is cut in two. */
function chunksOf(piece: string): readonly string[] {
  if (piece.length <= maxPieceCharacters) return [piece];
  const characters = Array.from(piece);
  return Array.from({ length: Math.ceil(characters.length / maxPieceCharacters) }, (_, index) =>
    characters.slice(index * maxPieceCharacters, (index + 1) * maxPieceCharacters).join(""),
  );
}
