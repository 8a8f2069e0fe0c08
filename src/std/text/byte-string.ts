/**
 * Bytes and texts as different types, though both are strings.
 * Promise: who takes one of them for the other is told by the compiler.
 */
import { pathBytes } from "./path-text.js";

declare const content: unique symbol;

/** Bytes in a string, each a character up to U+00FF: what a log or a rule file holds. Shown by `escaped`. */
export type ByteString = string & { readonly [content]?: "bytes" };

/** Unicode text: a path, a name from the configuration, words of our own. Shown by `escapedText`. */
export type Text = string & { readonly [content]?: "text" };

/**
 * Words of our own: printable ASCII without any text of a log or of a path, and values that were checked to be an address,
 * a name of few characters, a number. Shown as they are, also where an attacker would like to write: subjects, headings.
 */
export type Words = string & { readonly [content]?: "words" };

/** The UTF-8 of a text; of a path's text, the path's bytes. */
export function bytesOfText(text: Text): ByteString {
  return pathBytes(text).toString("latin1");
}
