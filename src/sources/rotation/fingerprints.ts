/**
 * Fingerprints of content: a file's first bytes, and the bytes before an offset.
 * Promise: a file that fits both fingerprints holds what was read, under whatever name.
 */
import { createHash } from "node:crypto";
import type { Fingerprint, Segment } from "./segment.js";
import { fingerprintLimitBytes, type Trace } from "../bytes/trace.js";

export const emptyFingerprint: Fingerprint = fingerprintOf(new Uint8Array(0));

export function fingerprintOf(bytes: Uint8Array): Fingerprint {
  return { lengthBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Whether the first bytes of `bytes` are those that were fingerprinted. */
export function startsWithFingerprint(bytes: Uint8Array, fingerprint: Fingerprint): boolean {
  return (
    bytes.length >= fingerprint.lengthBytes &&
    fingerprintOf(bytes.subarray(0, fingerprint.lengthBytes)).sha256 === fingerprint.sha256
  );
}

/** Whether the segment's fingerprints are long enough to know the file by them alone. */
export function isStrong(segment: Segment): boolean {
  return segment.offsetBytes >= fingerprintLimitBytes;
}

/** Whether there is any content to know the segment by. */
export function hasContent(segment: Segment): boolean {
  return segment.head.lengthBytes > 0;
}

export function fingerprintsIn({ head, tail }: Segment): Pick<Segment, "head" | "tail"> {
  return { head, tail };
}

export function fingerprintsOf(trace: Trace): Pick<Segment, "head" | "tail"> {
  return { head: fingerprintOf(trace.head), tail: fingerprintOf(trace.tail) };
}
