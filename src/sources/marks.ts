/**
 * Marks of content: a file's first bytes, and the bytes before an offset.
 * Promise: a file that fits both marks holds what was read, under whatever name.
 */
import { createHash } from "node:crypto";
import type { Generation, Mark } from "./source.js";
import { markLimitBytes, type Trace } from "./trace.js";

export const emptyMark: Mark = markOf(new Uint8Array(0));

export function markOf(bytes: Uint8Array): Mark {
  return { lengthBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Whether the first bytes of `bytes` are those that were marked. */
export function startsWithMark(bytes: Uint8Array, mark: Mark): boolean {
  return (
    bytes.length >= mark.lengthBytes && markOf(bytes.subarray(0, mark.lengthBytes)).sha256 === mark.sha256
  );
}

/** Whether the generation's marks are long enough to know the file by them alone. */
export function isStrong(generation: Generation): boolean {
  return generation.offsetBytes >= markLimitBytes;
}

/** Whether there is any content to know the generation by. */
export function hasContent(generation: Generation): boolean {
  return generation.head.lengthBytes > 0;
}

export function marksIn({ head, tail }: Generation): Pick<Generation, "head" | "tail"> {
  return { head, tail };
}

export function marksOf(trace: Trace): Pick<Generation, "head" | "tail"> {
  return { head: markOf(trace.head), tail: markOf(trace.tail) };
}
