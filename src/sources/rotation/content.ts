/**
 * Compares what files hold: with the fingerprints of a segment, and with one another.
 * Promise: archives are compared by their plain content, in bounded memory.
 */
import { closeSync } from "node:fs";
import { blockBytes, holesOf } from "../bytes/boundaries.js";
import { leadingNulsIn } from "../bytes/leading-nuls.js";
import { fileStream, fill, type ByteStream } from "../bytes/byte-stream.js";
import { ArchiveError, bombLimits, limited, plainContentOf } from "../bytes/compressed.js";
import { compressionOf, splitCompression, type Compression } from "../bytes/compression.js";
import { startsWithFingerprint } from "./fingerprints.js";
import { openRegularFile, readAt, type OpenFile } from "../bytes/open.js";
import { wholeArchive, type Segment } from "./segment.js";
import { fingerprintLimitBytes, Trace } from "../bytes/trace.js";

/** An open file, and how to come to its lines. */
export interface Content {
  readonly file: OpenFile;
  readonly compression: Compression | undefined;
  /** How the file began when it was opened, 1,024 bytes at most. */
  readonly firstBytes: Uint8Array;
}

/**
 * Opens a log or what it was rotated to. Throws as openRegularFile does.
 * An archive has both the name and the first bytes of one: an attacker may choose what a plain log begins with.
 */
export function openContent(path: string, followLinks: boolean): Content {
  const file = openRegularFile(path, followLinks);
  const block = new Uint8Array(fingerprintLimitBytes);
  const firstBytes = block.subarray(0, readAt(file.descriptor, block, 0));
  const isNamedArchive = splitCompression(path).compression !== undefined;
  return { file, firstBytes, compression: isNamedArchive ? compressionOf(firstBytes) : undefined };
}

export function closeContent(content: Content): void {
  closeSync(content.file.descriptor);
}

/** The plain bytes from the start. Closing it leaves the file open. */
export function streamContent(content: Content): ByteStream {
  const { file, compression } = content;
  if (compression === undefined) return fileStream(file.descriptor);
  return limited(plainContentOf(file.descriptor, compression), file.sizeBytes, bombLimits);
}

/** Moves a stream to an offset. Gives the trace of what was passed, or undefined when the stream ends before. */
export async function skipTo(stream: ByteStream, offsetBytes: number): Promise<Trace | undefined> {
  let trace = new Trace();
  const block = new Uint8Array(blockBytes);
  let passedBytes = 0;
  while (passedBytes < offsetBytes) {
    const count = await stream.read(block.subarray(0, Math.min(blockBytes, offsetBytes - passedBytes)));
    if (count === 0) return undefined;
    trace = trace.with(block.subarray(0, count));
    passedBytes += count;
  }
  return trace;
}

/** Whether the file holds what the segment's fingerprints stand for. Throws when an archive cannot be read. */
export async function fits(content: Content, segment: Segment): Promise<boolean> {
  const head = await headOf(content);
  if (!startsWithFingerprint(head, segment.head)) return false;
  // All that is known of an archive from before the first run is how it begins.
  if (segment.offsetBytes === wholeArchive) return true;
  const tailBytes = segment.tail.lengthBytes;
  if (content.compression === undefined) {
    const tail = new Uint8Array(tailBytes);
    const lengthBytes = readAt(content.file.descriptor, tail, segment.offsetBytes - tailBytes);
    return lengthBytes === tailBytes && startsWithFingerprint(tail, segment.tail);
  }
  const stream = streamContent(content);
  try {
    const trace = await skipTo(stream, segment.offsetBytes);
    return (
      trace !== undefined &&
      startsWithFingerprint(trace.tail.slice(trace.tail.length - tailBytes), segment.tail)
    );
  } finally {
    await stream.close();
  }
}

/** The first bytes of the plain content, 1,024 at most. Throws when nothing of an archive can be read. */
export async function headOf(content: Content): Promise<Uint8Array> {
  const stream = streamContent(content);
  try {
    const head = new Uint8Array(fingerprintLimitBytes);
    let lengthBytes = 0;
    while (lengthBytes < head.length) {
      const count = await stream.read(head.subarray(lengthBytes)).catch((error: unknown) => {
        // What comes before the damage is known all the same.
        if (lengthBytes > 0 && error instanceof ArchiveError) return 0;
        throw error;
      });
      if (count === 0) break;
      lengthBytes += count;
    }
    return head.subarray(0, lengthBytes);
  } finally {
    await stream.close();
  }
}

/** Whether everything that one file holds is how the other begins. */
export async function isBeginningOf(one: Content, other: Content): Promise<boolean> {
  if (one.compression === undefined && other.compression === undefined)
    return isBeginningOfPlain(one.file, other.file);
  const [ours, theirs] = [streamContent(one), streamContent(other)];
  try {
    const [block, otherBlock] = [Buffer.alloc(blockBytes), Buffer.alloc(blockBytes)];
    for (;;) {
      const count = await fill(ours, block);
      if (count === 0) return true;
      const otherCount = await fill(theirs, otherBlock.subarray(0, count));
      if (otherCount < count || block.compare(otherBlock, 0, count, 0, count) !== 0) return false;
    }
  } finally {
    await ours.close();
    await theirs.close();
  }
}

/** The same of two plain files. Where both have a hole, nothing is read. */
function isBeginningOfPlain(one: OpenFile, other: OpenFile): boolean {
  const [block, otherBlock] = [Buffer.alloc(blockBytes), Buffer.alloc(blockBytes)];
  for (let place = 0; ;) {
    const count = readAt(one.descriptor, block, place);
    if (count === 0) return true;
    const otherCount = readAt(other.descriptor, otherBlock.subarray(0, count), place);
    if (otherCount < count || block.compare(otherBlock, 0, count, 0, count) !== 0) return false;
    place += count;
    if (leadingNulsIn(block.subarray(0, count)) === count)
      place = Math.max(place, Math.min(holesOf(one).dataAfter(place), holesOf(other).dataAfter(place)));
  }
}

/** Whether one file is longer than what counts as weak evidence. */
export async function isSubstantial(content: Content): Promise<boolean> {
  return (await headOf(content)).length >= fingerprintLimitBytes;
}
