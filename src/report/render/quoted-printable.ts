/** How large a text becomes on its way through the mail. */

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
