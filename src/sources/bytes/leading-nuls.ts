/**
 * Takes the NUL bytes out that stand before lines: a crash, or a truncation under a writer without O_APPEND, leaves a
 * hole, and the next line after it.
 * Promise: a line after a hole of any length is the line that was written; how many bytes were taken out is told.
 */
import { newline } from "../../std/text/line-text.js";
import type { Chunk } from "../../std/chunk.js";

type Lines = Extract<Chunk, { kind: "lines" }>;

/**
 * The lines in the first `lengthBytes`, moved together where NUL bytes stand before one. Whatever else a line holds
 * stays. Without any NUL byte it costs one search, at the speed of memchr.
 */
export function withoutLeadingNuls(bytes: Uint8Array, lengthBytes: number): Lines {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, lengthBytes);
  let place = nextLeadingNul(buffer, 0);
  if (place === -1) return { kind: "lines", lengthBytes };
  const leadingNulBytes = new Map<number, number>();
  let end = place;
  while (place !== -1) {
    const text = place + leadingNulsIn(buffer, place);
    leadingNulBytes.set(end, text - place);
    place = nextLeadingNul(buffer, text);
    const stop = place === -1 ? buffer.length : place;
    buffer.copyWithin(end, text, stop);
    end += stop - text;
  }
  return { kind: "lines", lengthBytes: end, leadingNulBytes };
}

/** How many NUL bytes there are from a place on, one after the other. */
export function leadingNulsIn(bytes: Uint8Array, start = 0): number {
  let place = start;
  // Whole blocks at the speed of memcmp: holes are long.
  while (place + blockBytes <= bytes.length && isHole(bytes.subarray(place, place + blockBytes)))
    place += blockBytes;
  while (bytes[place] === 0) place++;
  return place - start;
}

const blockBytes = 4096;
const emptyBlock = Buffer.alloc(blockBytes);

function isHole(block: Uint8Array): boolean {
  return emptyBlock.compare(block) === 0;
}

/** The first NUL byte at or after a place that begins a line. The place must be in no line but at its start. */
function nextLeadingNul(buffer: Buffer, start: number): number {
  for (let from = start; ;) {
    const place = buffer.indexOf(0, from);
    if (place === -1) return -1;
    if (place === 0 || buffer[place - 1] === newline) return place;
    // A NUL byte within a line: what follows in this line is part of it.
    const end = buffer.indexOf(newline, place);
    if (end === -1) return -1;
    from = end + 1;
  }
}
