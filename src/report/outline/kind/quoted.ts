/**
 * Makes text of others fit to be shown: printable, in one line, bounded.
 * Promise: no control byte and no hidden character of a log, a path or a rule gets through.
 */
import type { Sample } from "../../../group/group.js";
import { beginningOf } from "../../../group/sample.js";
import type { ByteString, Text, Words } from "../../../std/text/byte-string.js";
import { escapeLine } from "../../../std/text/escape.js";
import { formatCount, printableName } from "../../render/wording.js";
import type { Phrase, Quoted } from "../parts.js";

/** A path, the name of a source, a notice's words: its middle is left out where it is too long. */
export function quotedName(text: Text, maxCharacters: number): Quoted {
  return { quoted: printableName(text, maxCharacters) };
}

/** Bytes of a log; what is longer ends in " [...]". */
export function quotedBytes(bytes: ByteString, maxBytes: number): Quoted {
  const beginning = beginningOf(bytes, maxBytes);
  const more = beginning.length < bytes.length ? " [...]" : "";
  return { quoted: escapeLine(beginning).text + more };
}

/** A name of a log, such as a user who was tried: no more than so many characters, escapes included. */
export function quotedShort(bytes: ByteString, maxCharacters: number): Quoted {
  const { text } = escapeLine(beginningOf(bytes, maxCharacters));
  const isShort = text.length <= maxCharacters && bytes.length <= maxCharacters;
  return { quoted: isShort ? text : `${text.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/, "")}...` };
}

/** A log line's text, cut in the middle where it is too long, and what is to be said of it. */
export function quotedLine(
  text: ByteString,
  { line, trueLengthBytes }: Pick<Sample, "line" | "trueLengthBytes">,
  maxBytes: number,
): { readonly text: Quoted; readonly remark: Words; readonly isCut: boolean } {
  const isTooLong = text.length > maxBytes;
  const isShort = isTooLong || trueLengthBytes > line.length;
  const { text: shown, isSuspicious } = escapeLine(isTooLong ? withoutMiddle(text, maxBytes) : text);
  const remarks = [
    ...(isSuspicious ? ["[hidden characters]"] : []),
    ...(isShort ? [`[cut, ${formatCount(trueLengthBytes)} bytes]`] : []),
  ];
  return { text: { quoted: shown }, remark: remarks.join(" "), isCut: isTooLong };
}

/** Its end may tell as much as its beginning. */
function withoutMiddle(text: ByteString, maxBytes: number): ByteString {
  const tailBytes = Math.floor(maxBytes / 4);
  // UTF-8 that goes on from what is left out would be shown byte by byte.
  const tail = text.slice(text.length - tailBytes).replace(/^[\x80-\xbf]{1,3}/, "");
  return `${beginningOf(text, maxBytes - tailBytes)} [...] ${tail}`;
}

/** Only names of which nothing can be made but a name stand among words of our own. */
export function wordOf(name: string): Words | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,39}$/.test(name) ? name : undefined;
}

/** A phrase as one text, for forms that make no difference. */
export function plainText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "string" ? part : part.quoted)).join("");
}
