/**
 * Makes the segments of files that this run does not read, or has yet to read.
 * Promise: what was there before is history; what could not be read yet is not forgotten.
 */
import { lastBoundary } from "../bytes/boundaries.js";
import type { Framing } from "../bytes/framing.js";
import { readAt, type FileIdentity, type FileState } from "../bytes/open.js";
import { fingerprintLimitBytes, Trace } from "../bytes/trace.js";
import { headOf, type Content } from "./content.js";
import { emptyFingerprint, fingerprintOf, fingerprintsOf } from "./fingerprints.js";
import { wholeArchive, type Segment } from "./segment.js";

/** A segment that says of the file: all of it is old, only what is written to it from now on is new. */
export async function asHistory(content: Content, framing: Framing): Promise<Segment> {
  const { file, compression } = content;
  const settled = settledIn(file);
  if (compression === undefined) {
    const offsetBytes = lastBoundary(file, file.sizeBytes, framing);
    return { ...segmentAt(content, offsetBytes), ...flushed(file.sizeBytes - offsetBytes), ...settled };
  }
  return { ...asWhole(file), head: fingerprintOf(await headOf(content)), ...settled };
}

/** The same of a file that cannot be read: its identity is all there is to know it by. */
export function asWhole(identity: FileIdentity): Segment {
  return { ...unknownContent(identity), offsetBytes: wholeArchive };
}

/** A segment of which nothing could be read yet. */
export function asPending(identity: FileIdentity, now: Date): Segment {
  return { ...unknownContent(identity), offsetBytes: 0, unfinishedSince: now.toISOString() };
}

function unknownContent({ device, inode, birthtimeMs }: FileIdentity): Omit<Segment, "offsetBytes"> {
  return { device, inode, birthtimeMs, head: emptyFingerprint, tail: emptyFingerprint };
}

/** The segment of a plain file that was read up to an offset. */
export function segmentAt(content: Content, offsetBytes: number): Segment {
  const { device, inode, birthtimeMs, descriptor } = content.file;
  const trace = traceAt(descriptor, offsetBytes);
  return { device, inode, birthtimeMs, offsetBytes, ...fingerprintsOf(trace) };
}

/** The first bytes of a plain file and the last ones before an offset. */
export function traceAt(descriptor: number, offsetBytes: number): Trace {
  const [head, tail] = [
    new Uint8Array(Math.min(fingerprintLimitBytes, offsetBytes)),
    new Uint8Array(Math.min(fingerprintLimitBytes, offsetBytes)),
  ];
  readAt(descriptor, head, 0);
  readAt(descriptor, tail, offsetBytes - tail.length);
  return new Trace(head, tail);
}

/** The property that says of a file that was read to its end since when it is as it is, if that is known. */
export function settledIn({ settledMs }: FileState): Pick<Segment, "settledMs"> {
  return settledMs === undefined ? {} : { settledMs };
}

/** The property that says how much of an unfinished line was given, if any. */
export function flushed(flushedBytes: number): { readonly flushedBytes?: number } {
  return flushedBytes > 0 ? { flushedBytes } : {};
}
