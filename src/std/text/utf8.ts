/** Finds what is no UTF-8. Promise: never throws, and takes time linear in the length. */

/** The offsets of the bytes that are not part of a valid UTF-8 sequence. */
export function* invalidBytes(bytes: Uint8Array): Generator<number> {
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) yield offset;
    offset += Math.max(length, 1);
  }
}

/** The length of the valid sequence that starts here, or 0 (Unicode 15, table 3-7: no overlong forms, no surrogates). */
function sequenceLength(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[offset + 1] ?? 0;
  if (first >= 0xc2 && first <= 0xdf) return isContinuation(second) ? 2 : 0;
  const third = bytes[offset + 2] ?? 0;
  if (first >= 0xe0 && first <= 0xef) {
    const lowest = first === 0xe0 ? 0xa0 : 0x80;
    const highest = first === 0xed ? 0x9f : 0xbf;
    return second >= lowest && second <= highest && isContinuation(third) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const lowest = first === 0xf0 ? 0x90 : 0x80;
    const highest = first === 0xf4 ? 0x8f : 0xbf;
    const isWhole = isContinuation(third) && isContinuation(bytes[offset + 3] ?? 0);
    return second >= lowest && second <= highest && isWhole ? 4 : 0;
  }
  return 0;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}
