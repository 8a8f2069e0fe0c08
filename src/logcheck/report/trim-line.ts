/**
 * Trims the white space at the end of a line as `sed -e 's/[[:space:]]\+$//'` does in each locale.
 * Promise: cuts the same bytes as sed, in C and in UTF-8.
 */
import type { Locale } from "../../ere/index.js";

/** glibc's white space above ASCII: Unicode's separators except those that forbid a line break. */
const unicodeSpaces = new Set(
  Array.from(
    "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000",
    (space) => Buffer.from(space).readUIntBE(0, 3),
  ),
);

function isAsciiSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

/** How many bytes of the line remain after its trailing white space is cut. */
export function trimmedLengthBytes(line: Uint8Array, locale: Locale): number {
  let end = line.length;
  for (;;) {
    if (end > 0 && isAsciiSpace(line[end - 1])) end--;
    else if (locale === "UTF-8" && end >= 3 && unicodeSpaces.has(lastThreeBytes(line, end))) end -= 3;
    else return end;
  }
}

/** Whether the line is empty or only white space. */
export function isBlankLine(line: Uint8Array, locale: Locale): boolean {
  return trimmedLengthBytes(line, locale) === 0;
}

function lastThreeBytes(line: Uint8Array, end: number): number {
  return ((line[end - 3] ?? 0) << 16) | ((line[end - 2] ?? 0) << 8) | (line[end - 1] ?? 0);
}
