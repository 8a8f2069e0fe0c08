/**
 * UTF-8 as glibc decodes it: no surrogates, no overlong forms, but the old forms of five and six bytes.
 * Promise: what this calls a character, grep's bracket expressions call one.
 */

export const longestCharacterBytes = 6;

export interface DecodedCharacter {
  readonly codePoint: number;
  /** In bytes. */
  readonly length: number;
}

/** The smallest code point that needs as many bytes, by length. */
const leastOfLength = [0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000];

/** The number of bytes that a first byte announces: 0 for one that starts no character. */
export function announcedLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2) return 0;
  if (byte < 0xe0) return 2;
  if (byte < 0xf0) return 3;
  if (byte < 0xf8) return 4;
  if (byte < 0xfc) return 5;
  return byte < 0xfe ? 6 : 0;
}

/** The character that starts at an offset and ends before `end`; undefined where the byte there starts none. */
export function decodeCharacter(
  bytes: Uint8Array,
  offset: number,
  end: number,
): DecodedCharacter | undefined {
  const first = bytes[offset] ?? 0;
  const length = announcedLength(first);
  if (length <= 1) return length === 1 ? { codePoint: first, length } : undefined;
  if (offset + length > end) return undefined;
  let codePoint = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes[offset + i] ?? 0;
    if (byte >> 6 !== 2) return undefined;
    codePoint = codePoint * 64 + (byte & 0x3f);
  }
  if (codePoint < (leastOfLength[length] ?? 0)) return undefined;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return undefined;
  return { codePoint, length };
}
