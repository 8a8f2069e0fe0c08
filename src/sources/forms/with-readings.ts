/**
 * Puts readings beside the lines that a reader gives.
 * Promise: the lines, the positions and what is noticed stay the reader's own, to the byte.
 */
import type { Chunk } from "../../std/chunk.js";
import type { LineReader, ResumableReader } from "../source.js";
import type { LineReadings, Reading } from "./line-readings.js";

/** A reader that gives the same lines, each with what the rules read in its place. */
export function withReadings(reader: ResumableReader, readings: LineReadings): ResumableReader;
export function withReadings(reader: LineReader, readings: LineReadings): LineReader;
export function withReadings(
  reader: LineReader & Partial<ResumableReader>,
  readings: LineReadings,
): LineReader & Partial<ResumableReader> {
  const { position, unreadBytes } = reader;
  return {
    read: async (into) => readingOf(await reader.read(into), into, readings),
    notices: () => reader.notices(),
    close: () => reader.close(),
    ...(position && { position: () => position.call(reader) }),
    ...(unreadBytes && { unreadBytes: () => unreadBytes.call(reader) }),
  };
}

function readingOf(chunk: Chunk, into: Uint8Array, readings: LineReadings): Chunk {
  switch (chunk.kind) {
    case "end":
      return chunk;
    case "lines": {
      const readAs = readings.read(into.subarray(0, chunk.lengthBytes));
      return readAs ? { ...chunk, readAs: readAs.map(bytesOf) } : chunk;
    }
    case "long line": {
      // What is left of a line that was cut may read as something else than the line.
      if (chunk.trueLengthBytes > chunk.bytes.length) return chunk;
      const readAs = bytesOf(readings.read(chunk.bytes)?.[0]);
      return readAs ? { ...chunk, readAs } : chunk;
    }
  }
}

function bytesOf(reading: Reading): Uint8Array | undefined {
  return reading === undefined ? undefined : Buffer.from(reading, "latin1");
}
