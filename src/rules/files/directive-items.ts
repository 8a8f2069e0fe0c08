/**
 * Takes a directive comment apart: `key=value key="quoted value"`.
 * Promise: linear on whatever the file holds; what is no item is named where it stands.
 */
import type { Text } from "../../std/text/byte-string.js";

/** One `key=value` of a comment, or what stands in its place. */
export interface DirectiveItem {
  /** Of what is no item: the letters that it begins with. */
  readonly key: string;
  readonly value: Text;
  /** From 1, in bytes. */
  readonly column: number;
  /** Why it is no item. */
  readonly problem?: string;
}

/**
 * What a comment is made of, by its first group that is there: an item with a quoted or a bare value, a quote that is
 * not closed, or a word that is no item. Each matches at one place only, so the work is linear. Blanks are those that
 * make a line of a rule file a blank one.
 */
const pieces =
  /([a-z][a-z-]*)=(?:"([^"]*)"|([^" \t\v\f\r]+))(?![^ \t\v\f\r])|([a-z][a-z-]*="[^"]*$)|[^ \t\v\f\r]+/g;

/** In: a comment, bytes as latin1, and where its items begin. Out: what it is made of, in its order. */
export function readItems(comment: string, start: number): readonly DirectiveItem[] {
  return [...comment.slice(start).matchAll(pieces)].map((piece) => {
    const [word, key, quoted, bare, open] = piece;
    const column = start + piece.index + 1;
    // The file's bytes are latin1 here, a value is text.
    const value = Buffer.from(quoted ?? bare ?? "", "latin1").toString();
    if (key !== undefined) return { key, value, column };
    const problem =
      open === undefined ? 'not of the form key=value or key="some words"' : "a quote is not closed";
    return { key: /^[a-z-]*/.exec(word)?.[0] ?? "", value, column, problem };
  });
}
