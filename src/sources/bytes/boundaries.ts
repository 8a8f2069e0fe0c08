/**
 * Finds where lines or records of a file begin and end, near an offset.
 * Promise: no more of the file is read than the blocks that hold the line or record in question; holes are passed over.
 */
import type { Framing } from "./framing.js";
import { Holes } from "./holes.js";
import { leadingNulsIn } from "./leading-nuls.js";
import { readAt, type OpenFile } from "./open.js";

export const blockBytes = 64 * 1024;

/** How much is searched for a boundary, holes aside: no line of a log is as long. */
const searchedBytes = 64 * 1024 * 1024;

/** Where the last whole line or record of the first `sizeBytes` ends; 0 where none is found. */
export function lastBoundary(file: OpenFile, sizeBytes: number, framing: Framing): number {
  let searched = 0;
  // Whole blocks from the start of the file keep records aligned.
  for (let start = sizeBytes - (sizeBytes % blockBytes); start >= 0; start -= blockBytes) {
    const lengthBytes = Math.min(blockBytes, sizeBytes - start);
    // A byte longer than what is read: nothing follows.
    const block = new Uint8Array(lengthBytes + 1);
    readAt(file.descriptor, block.subarray(0, lengthBytes), start);
    if (leadingNulsIn(block) > lengthBytes) {
      const data = holesOf(file).dataBefore(start);
      if (data < start) start = data - (data % blockBytes) + blockBytes;
    } else {
      let whole = 0;
      for (let more = -1; more !== 0; whole += more)
        more = Math.max(0, framing.wholeLength(block.subarray(whole), lengthBytes - whole));
      if (whole > 0) return start + whole;
    }
    searched += lengthBytes;
    if (searched > searchedBytes) return 0;
  }
  return 0;
}

/** The first boundary at or after an offset, or the last one before it where none follows. */
export function boundaryAfter(file: OpenFile, framing: Framing, offsetBytes: number): number {
  if (offsetBytes <= 0) return 0;
  let start = offsetBytes - 1;
  let searched = 0;
  for (let block = blockAt(file, start); block.length > 0; block = blockAt(file, start)) {
    const boundary = framing.boundaryIn(block, start);
    if (boundary !== undefined) return start + boundary;
    start += block.length;
    searched += block.length;
    if (leadingNulsIn(block) === block.length) start = holesOf(file).dataAfter(start);
    if (searched > searchedBytes) break;
  }
  return lastBoundary(file, file.sizeBytes, framing);
}

const knownHoles = new WeakMap<OpenFile, Holes>();

/** The holes of an open file, looked for once. */
export function holesOf(file: OpenFile): Holes {
  const holes = knownHoles.get(file) ?? new Holes(file.descriptor, file.sizeBytes);
  knownHoles.set(file, holes);
  return holes;
}

/** The block that begins at an offset, shorter where the file ends, as of its opening. */
export function blockAt(file: OpenFile, start: number): Uint8Array {
  const block = new Uint8Array(Math.max(0, Math.min(blockBytes, file.sizeBytes - start)));
  return block.subarray(0, readAt(file.descriptor, block, start));
}
