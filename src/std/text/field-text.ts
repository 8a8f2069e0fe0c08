/** Writes what a record holds as one word of a line. Promise: no byte of it can pass for another field or line. */

/** What needs no escape: visible ASCII but for `=` and `\`. */
const plain = /^[!-<>-[\]-~]+$/;

/** In: bytes, each a character. Bytes that are none of the above are written as `\x20`; nothing at all as `-`. */
export function fieldText(bytes: string): string {
  if (plain.test(bytes)) return bytes;
  if (bytes === "") return "-";
  return bytes.replaceAll(
    /[^!-<>-[\]-~]/g,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
