/**
 * Paths as text, whatever bytes their names are made of.
 * Promise: a path that the system gave leads back to the same file, also through JSON.
 *
 * A byte that is no UTF-8 stands in the text as a lone surrogate, U+DC80 to U+DCFF, as Python does it (PEP 383).
 */
import { invalidBytes } from "./utf8.js";

const loneSurrogate = /[\udc80-\udcff]/u;
const surrogateBase = 0xdc00;

/** The text of a path's bytes. */
export function pathText(bytes: Buffer): string {
  let text = "";
  let start = 0;
  for (const offset of invalidBytes(bytes)) {
    text += bytes.toString("utf8", start, offset) + String.fromCharCode(surrogateBase + (bytes[offset] ?? 0));
    start = offset + 1;
  }
  return text + bytes.toString("utf8", start);
}

/** The bytes of a path's text. */
export function pathBytes(text: string): Buffer {
  if (!loneSurrogate.test(text)) return Buffer.from(text);
  const pieces = text
    .split(/([\udc80-\udcff])/u)
    .map((piece) =>
      piece.length === 1 && loneSurrogate.test(piece)
        ? Buffer.of(piece.charCodeAt(0) - surrogateBase)
        : Buffer.from(piece),
    );
  return Buffer.concat(pieces);
}

/** What the system's calls are to be given for a path. */
export function systemPath(text: string): string | Buffer {
  return loneSurrogate.test(text) ? pathBytes(text) : text;
}
