/**
 * Classes of bytes that no pattern can tell apart, so that a table row has an entry per class, not per byte.
 * Promise: two bytes of one class lead from any state to the same state.
 *
 * The classes come from the patterns' text alone: a byte that a pattern names is a class of its own, and what lies
 * between two named bytes cannot be told apart but by the named classes of POSIX. So each class is a run of bytes. From
 * the trees there would be fewer classes, but all trees would have to be read before the first line: 140 ms of processor
 * time for Debian's 1,535 rules, where this takes 2 ms.
 */
import { isAscii } from "node:buffer";
import { addByte, emptyByteSet, type ByteSet } from "./byte-set.js";
import type { Locale } from "./locale.js";

export interface ByteClasses {
  /** By byte, its class. */
  readonly ofByte: Uint8Array;
  /** The first byte of each class but that of the newline, which is a class of its own. */
  readonly firstBytes: ByteSet;
  readonly count: number;
}

/** Where the classes of POSIX and the line's own bytes start and end. */
const fixedStarts = [
  0x00, 0x09, 0x0a, 0x0b, 0x0e, 0x20, 0x21, 0x30, 0x3a, 0x41, 0x47, 0x5b, 0x5f, 0x60, 0x61,
];
const moreFixedStarts = [0x67, 0x7b, 0x7f, 0x80];

/** `text` is all patterns, with newlines between them. */
export function byteClassesOf(text: Buffer, locale: Locale): ByteClasses {
  const starts = new Uint8Array(257);
  for (const byte of [...fixedStarts, ...moreFixedStarts]) starts[byte] = 1;
  // Searching for each byte is quicker than looking at each place of the text; in ASCII half of them cannot be there.
  const byteCount = isAscii(text) ? 0x80 : 0x100;
  for (let byte = 0; byte < byteCount; byte++) {
    if (!text.includes(byte)) continue;
    starts[byte] = 1;
    starts[byte + 1] = 1;
  }
  if (locale === "UTF-8") starts.fill(1, 0x80, 0x100);
  const ofByte = new Uint8Array(256);
  let last = -1;
  for (let byte = 0; byte < 256; byte++) ofByte[byte] = starts[byte] === 1 ? ++last : last;
  return byteClassesFrom(ofByte);
}

/** The classes, given the class of each byte. */
export function byteClassesFrom(classOfByte: ArrayLike<number>): ByteClasses {
  const ofByte = Uint8Array.from(classOfByte);
  const firstBytes = emptyByteSet();
  let count = 0;
  for (let byte = 0; byte < 256; byte++) {
    if (ofByte[byte] !== count) continue;
    count++;
    if (byte !== newline) addByte(firstBytes, byte);
  }
  return { ofByte, firstBytes, count };
}

const newline = 0x0a;
