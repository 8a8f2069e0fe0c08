/** What is cut from a line's end where trailing white space does not count: the bytes of [[:space:]] in ASCII. */
import { byteSetOf, hasByte } from "./byte-set.js";

export const whiteSpace = byteSetOf([0x09, 0x0d], [0x20, 0x20]);

export function isWhiteSpace(byte: number): boolean {
  return hasByte(whiteSpace, byte);
}

/** Where the white space begins that stands before `end`; not before `start`. */
export function trimmedEnd(line: Uint8Array, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && isWhiteSpace(line[trimmed - 1] ?? 0)) trimmed--;
  return trimmed;
}
