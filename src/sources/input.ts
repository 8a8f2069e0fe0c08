/**
 * Opens what `logwinnow filter` reads: a file, an archive, standard input.
 * Promise: byte for byte, in order; a pipe's lines are passed on as they arrive; no position is kept. Records of process
 * accounting and of logins are given as lines.
 */
import { closeSync, fstatSync, openSync } from "node:fs";
import { compressionAt } from "./bytes/compression.js";
import { lineFraming } from "./bytes/framing.js";
import { Holes } from "./bytes/holes.js";
import { leadingNulsIn, withoutLeadingNuls } from "./bytes/leading-nuls.js";
import { LongLine } from "./bytes/long-line.js";
import { readAt } from "./bytes/open.js";
import { newline } from "../std/text/line-text.js";
import type { Notice } from "../std/notice.js";
import { beginningWith, fileStream, type ByteStream } from "./bytes/byte-stream.js";
import type { Chunk } from "../std/chunk.js";
import type { LineReader } from "./source.js";
import { StreamUnits } from "./bytes/stream-units.js";

const standardInput = 0;

/**
 * Opens a path, or standard input for "-". Archives are known by their first bytes.
 * Throws the system's error when the path cannot be opened.
 */
export async function openInput(path: string): Promise<LineReader> {
  const descriptor = path === "-" ? standardInput : openSync(path, "r");
  const stats = fstatSync(descriptor);
  if (stats.isDirectory()) {
    closeSync(descriptor);
    throw new Error("is a directory");
  }
  // Standard input may be a file that was read from before: reading goes on from there, as with a pipe.
  if (!stats.isFile() || descriptor === standardInput) {
    const { descriptorStream } = await import("./bytes/stdin.js");
    return streamInput(path, descriptorStream(descriptor), descriptor, true);
  }
  const compression = compressionAt(descriptor);
  if (compression === undefined) {
    const head = Buffer.alloc(headBytes);
    const lengthBytes = readAt(descriptor, head, 0);
    const records = await recordsIn(path, head.subarray(0, lengthBytes), fileStream(descriptor), descriptor);
    return records ?? new PlainInput(descriptor, stats.size);
  }
  const { plainContentOf } = await import("./bytes/compressed.js");
  return streamInput(path, plainContentOf(descriptor, compression), descriptor, false);
}

/** Enough for two records of any kind. */
const headBytes = 1024;
/** What a pipe holds at once: the form of its lines is judged by each read, so that a short first one would be read as a log of its own. */
const firstReadBytes = 64 * 1024;

/** Looks at what comes first, and waits for no more than one read. What fails with it fails when it is read. */
async function streamInput(
  path: string,
  stream: ByteStream,
  descriptor: number,
  isEager: boolean,
): Promise<LineReader> {
  const head = Buffer.alloc(firstReadBytes);
  let lengthBytes: number;
  try {
    lengthBytes = await stream.read(head);
  } catch (error) {
    const failed: ByteStream = { read: () => Promise.reject(error), close: () => stream.close() };
    return new StreamInput(failed, descriptor, isEager);
  }
  const first = head.subarray(0, lengthBytes);
  const whole = lengthBytes === 0 ? stream : beginningWith(first, stream);
  return (
    (await recordsIn(path, first.subarray(0, headBytes), whole, descriptor)) ??
    new StreamInput(whole, descriptor, isEager)
  );
}

/** The lines of a file of records, whose closing closes the file; undefined: it is text. */
async function recordsIn(
  path: string,
  head: Buffer,
  stream: ByteStream,
  descriptor: number,
): Promise<LineReader | undefined> {
  // Records have numbers in them. Text may follow a hole, which has nothing else.
  if (!head.includes(0) || head.every((byte) => byte === 0)) return undefined;
  const { recordInput } = await import("./records/record-input.js");
  return recordInput(path, head, stream, () => {
    if (descriptor !== standardInput) closeSync(descriptor);
  });
}

/** A plain file: its chunks are read straight into the caller's buffer, and nothing is moved. */
class PlainInput implements LineReader {
  private readonly descriptor: number;
  private readonly holes: Holes;
  private offsetBytes = 0;

  constructor(descriptor: number, sizeBytes: number) {
    this.descriptor = descriptor;
    this.holes = new Holes(descriptor, sizeBytes);
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const lengthBytes = readAt(this.descriptor, into, this.offsetBytes);
    if (lengthBytes === 0) return { kind: "end" };
    const whole = into.lastIndexOf(newline, lengthBytes - 1) + 1;
    if (whole === 0 && lengthBytes === into.length) return this.readLong(into);
    // The file's last line may have no newline; a short read is its end.
    const given = lengthBytes < into.length || whole === 0 ? lengthBytes : whole;
    this.offsetBytes += given;
    return withoutLeadingNuls(into, given);
  }

  notices(): readonly Notice[] {
    return [];
  }

  async close(): Promise<void> {
    closeSync(this.descriptor);
  }

  private readLong(into: Uint8Array): Chunk {
    const line = new LongLine();
    for (let lengthBytes = into.length; lengthBytes > 0;) {
      const end = into.subarray(0, lengthBytes).indexOf(newline);
      line.add(into.subarray(0, end === -1 ? lengthBytes : end + 1));
      if (end !== -1) break;
      const place = this.offsetBytes + line.lengthBytes;
      if (into[0] === 0 && leadingNulsIn(into.subarray(0, lengthBytes)) === lengthBytes)
        line.addNuls(this.holes.dataAfter(place) - place);
      lengthBytes = readAt(this.descriptor, into, this.offsetBytes + line.lengthBytes);
    }
    this.offsetBytes += line.lengthBytes;
    return line.chunk();
  }
}

/** A pipe or the plain content of an archive. */
class StreamInput implements LineReader {
  private readonly stream: ByteStream;
  private readonly descriptor: number;
  private readonly units: StreamUnits;

  constructor(stream: ByteStream, descriptor: number, isEager: boolean) {
    this.stream = stream;
    this.descriptor = descriptor;
    this.units = new StreamUnits(
      stream,
      lineFraming(() => undefined),
      isEager,
    );
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const given = await this.units.next(into);
    const chunk = given.kind === "unfinished" ? given.chunk : given;
    return chunk.kind === "lines" ? withoutLeadingNuls(into, chunk.lengthBytes) : chunk;
  }

  notices(): readonly Notice[] {
    return [];
  }

  async close(): Promise<void> {
    await this.stream.close();
    if (this.descriptor !== standardInput) closeSync(this.descriptor);
  }
}
