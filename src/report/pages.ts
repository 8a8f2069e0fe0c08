/**
 * Spreads blocks of text over pages of bounded size.
 * Promise: a block stays whole and in its place, and no page is larger than its budget as it goes out.
 */

export interface Budget {
  /** Of one text, encoded as quoted-printable with CRLF. The mail's headers come on top. */
  readonly maxBytes: number;
  readonly maxMails: number;
}

interface Page {
  text: string;
  bytes: number;
}

/** Fills the pages in order. `omitted` holds the places of the texts that found no room. */
export function fill(
  texts: readonly string[],
  { maxBytes, maxMails }: Budget,
): { pages: string[]; omitted: ReadonlySet<number> } {
  const pages: Page[] = [];
  const omitted = new Set<number>();
  for (const [index, text] of texts.entries()) {
    const bytes = quotedPrintableBytes(text);
    const page = pages.at(-1);
    if (page && page.bytes + bytes <= maxBytes) {
      page.text += text;
      page.bytes += bytes;
    } else if (bytes <= maxBytes && pages.length < maxMails) {
      pages.push({ text, bytes });
    } else {
      omitted.add(index);
    }
  }
  return { pages: pages.map((page) => page.text), omitted };
}

const lineFeed = 0x0a;
const equalsSign = 0x3d;
const space = 0x20;

/**
 * At most this many bytes are needed for text as quoted-printable (RFC 2045, 6.7), in lines that end in CRLF:
 * three for what is not printable ASCII, three for a soft line break in every 72 at least.
 */
export function quotedPrintableBytes(text: string): number {
  let total = 0;
  let lineBytes = 0;
  const bytes = Buffer.from(text, "utf8");
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? lineFeed;
    if (byte === lineFeed) {
      total += lineBytes + 3 * Math.floor(lineBytes / 72) + 2;
      lineBytes = 0;
    } else {
      const isPlain = byte >= space && byte < 0x7f && byte !== equalsSign;
      const isAtEnd = byte === space && bytes[index + 1] === lineFeed;
      lineBytes += isPlain && !isAtEnd ? 1 : 3;
    }
  }
  return total + lineBytes + 3 * Math.floor(lineBytes / 72);
}
