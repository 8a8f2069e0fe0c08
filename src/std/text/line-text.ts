/** Turns a line of bytes into text. */

import type { ByteString } from "./byte-string.js";

/** What ends a line, as a byte. */
export const newline = 0x0a;

/** The line without its newline, bytes as latin1. */
export function lineText(line: Uint8Array): ByteString {
  const length = line[line.length - 1] === newline ? line.length - 1 : line.length;
  return Buffer.from(line.buffer, line.byteOffset, length).toString("latin1");
}

/** The line's bytes before its newline. */
export function withoutNewline(line: Uint8Array): Uint8Array {
  return line[line.length - 1] === newline ? line.subarray(0, -1) : line;
}

/** What stands for the NUL bytes before a line, such as "[1,000,000 NUL bytes] "; nothing for none. */
export function nulBytesText(count: number): string {
  if (count === 0) return "";
  const digits = String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  return `[${digits} NUL ${count === 1 ? "byte" : "bytes"}] `;
}
