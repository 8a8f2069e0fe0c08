/**
 * Sets of bytes, as 256 bits in eight words.
 * Promise: a set that was handed out is never changed by anyone but its maker.
 */

export type ByteSet = Uint32Array;

export const byteSetWords = 8;

export function emptyByteSet(): ByteSet {
  return new Uint32Array(byteSetWords);
}

/** Adds the bytes from `first` to `last`, both included. */
export function addByteRange(set: ByteSet, first: number, last: number): void {
  for (let byte = first; byte <= last; byte++) addByte(set, byte);
}

export function addByte(set: ByteSet, byte: number): void {
  const word = byte >>> 5;
  set[word] = (set[word] ?? 0) | (1 << (byte & 31));
}

export function hasByte(set: ByteSet, byte: number): boolean {
  return (((set[byte >>> 5] ?? 0) >>> (byte & 31)) & 1) === 1;
}

/** Whether no byte is in both. */
export function areDisjoint(one: ByteSet, other: ByteSet): boolean {
  return one.every((word, index) => (word & (other[index] ?? 0)) === 0);
}

/** The set of the given bytes. */
export function byteSetFrom(bytes: Iterable<number>): ByteSet {
  const set = emptyByteSet();
  for (const byte of bytes) addByte(set, byte);
  return set;
}

/** The set of the given ranges, each a pair of first and last byte. */
export function byteSetOf(...ranges: readonly (readonly [number, number])[]): ByteSet {
  const set = emptyByteSet();
  for (const [first, last] of ranges) addByteRange(set, first, last);
  return set;
}

export function complementOf(set: ByteSet): ByteSet {
  return set.map((word) => ~word);
}

export const allBytes = byteSetOf([0, 255]);
const singles = Array.from({ length: 256 }, (_, byte) => byteSetOf([byte, byte]));

/** The shared set that holds just this byte. */
export function singleByte(byte: number): ByteSet {
  const set = singles[byte];
  if (set === undefined) throw new Error(`bug: ${byte} is not a byte`);
  return set;
}
