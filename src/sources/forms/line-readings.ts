/**
 * The contract of what reads lines of another form.
 * Promise: one line in, one reading out, in their order, so that the count of lines stays exact.
 */
import { newline } from "../../std/text/line-text.js";
import type { ByteString } from "../../std/text/byte-string.js";

/** What the rules read in a line's place; undefined where they read it as it is. Without its newline. */
export type Reading = ByteString | undefined;

/** Reads the chunks of one log, one after the other. */
export interface LineReadings {
  /**
   * In: whole lines, each with its newline; the last may lack it. Out: a reading for each of them; undefined where all read
   * as they are.
   */
  read(chunk: Uint8Array): readonly Reading[] | undefined;
}

/** The lines of a chunk without their newlines, bytes as latin1. */
export function linesOf(chunk: Uint8Array): readonly ByteString[] {
  const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  const end = buffer.at(-1) === newline ? buffer.length - 1 : buffer.length;
  return buffer.length === 0 ? [] : buffer.toString("latin1", 0, end).split("\n");
}
