/**
 * Finds where lines or records of a file begin and end, near an offset.
 * Promise: no more of the file is read than the blocks that hold the line or record in question.
 */
import type { Framing } from "./framing.js";
import { readAt, type OpenFile } from "./open.js";

export const blockBytes = 64 * 1024;

/** Where the last whole line or record of the first `sizeBytes` ends. */
export function lastBoundary(file: OpenFile, sizeBytes: number, framing: Framing): number {
  // Whole blocks from the start of the file keep records aligned.
  for (let start = sizeBytes - (sizeBytes % blockBytes); start >= 0; start -= blockBytes) {
    const lengthBytes = Math.min(blockBytes, sizeBytes - start);
    // A byte longer than what is read: nothing follows.
    const block = new Uint8Array(lengthBytes + 1);
    readAt(file.descriptor, block.subarray(0, lengthBytes), start);
    let whole = 0;
    for (let more = -1; more !== 0; whole += more)
      more = framing.wholeLength(block.subarray(whole), lengthBytes - whole);
    if (whole > 0) return start + whole;
  }
  return 0;
}

/** The first boundary at or after an offset, or the last one before it where none follows. */
export function boundaryAfter(file: OpenFile, framing: Framing, offsetBytes: number): number {
  if (offsetBytes <= 0) return 0;
  let start = offsetBytes - 1;
  for (let block = blockAt(file, start); block.length > 0; block = blockAt(file, start)) {
    const boundary = framing.boundaryIn(block, start);
    if (boundary !== undefined) return start + boundary;
    start += block.length;
  }
  return lastBoundary(file, file.sizeBytes, framing);
}

/** The block that begins at an offset, shorter where the file ends, as of its opening. */
export function blockAt(file: OpenFile, start: number): Uint8Array {
  const block = new Uint8Array(Math.max(0, Math.min(blockBytes, file.sizeBytes - start)));
  return block.subarray(0, readAt(file.descriptor, block, start));
}
