/**
 * Reads a plain file from an offset, straight into the caller's buffer.
 * Promise: an unfinished last line is held back, and a file that is truncated while it is read is not
 * mixed up with what takes its place.
 */
import type { Notice } from "../../std/notice.js";
import { flushed, traceAt } from "../rotation/make-segment.js";
import { withoutLeadingNuls } from "../bytes/leading-nuls.js";
import { LongLine } from "../bytes/long-line.js";
import {
  emptyFingerprint,
  hasContent,
  fingerprintOf,
  fingerprintsIn,
  fingerprintsOf,
  startsWithFingerprint,
} from "../rotation/fingerprints.js";
import { readAt } from "../bytes/open.js";
import { hasText, unfinishedNotice, type LinesChunk, type PartReader } from "./part-reader.js";
import type { Log, Part } from "../rotation/rotation.js";
import type { Chunk } from "../../std/chunk.js";
import type { Segment } from "../rotation/segment.js";
import type { Trace } from "../bytes/trace.js";

/** How long a last line may wait for its newline. */
const patienceMs = 3_600_000;

type Lines = Extract<Chunk, { kind: "lines" }>;

export class PlainReader implements PartReader {
  private readonly part: Part;
  private readonly log: Omit<Log, "path">;
  private trace: Trace;
  private readonly noticed: Notice[] = [];
  private offsetBytes: number;
  private unfinishedSince: string | undefined;
  private flushedBytes: number;
  private isOver = false;
  private wasDisturbed = false;

  constructor(part: Part, log: Omit<Log, "path">) {
    this.part = part;
    this.log = log;
    this.offsetBytes = part.segment?.offsetBytes ?? 0;
    this.unfinishedSince = part.segment?.unfinishedSince;
    this.flushedBytes = part.segment?.flushedBytes ?? 0;
    this.trace = traceAt(part.content.file.descriptor, this.offsetBytes);
    // Truncated since it was found: the next run looks for it anew.
    if (part.segment && !startsWithFingerprint(this.trace.tail, part.segment.tail)) this.disturb();
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const { descriptor, sizeBytes } = this.part.content.file;
    // What is written while we read is for the next run: a writer that is faster than us would keep us for ever.
    if (this.isOver || this.offsetBytes >= sizeBytes) return { kind: "end" };
    const lengthBytes = readAt(descriptor, into, this.offsetBytes);
    const whole = this.log.framing.wholeLength(into, lengthBytes);
    if (whole === 0 && lengthBytes === into.length) return this.readLong(into);
    if (!this.isUndisturbed()) return this.disturb();
    if (lengthBytes === 0) return this.end();
    if (whole === 0) return this.unfinished(this.linesIn(into, lengthBytes), lengthBytes);
    this.advance(whole, this.trace.with(into.subarray(0, whole)));
    return this.linesIn(into, whole);
  }

  segment(): Segment {
    const { device, inode, birthtimeMs } = this.part.content.file;
    const { segment } = this.part;
    const rotatedSince = segment?.rotatedSince ?? this.log.now.toISOString();
    return {
      device,
      inode,
      birthtimeMs,
      offsetBytes: this.offsetBytes,
      ...this.fingerprints(),
      ...(this.unfinishedSince === undefined ? {} : { unfinishedSince: this.unfinishedSince }),
      ...(this.part.isCurrent ? {} : { rotatedSince }),
      ...flushed(this.flushedBytes),
    };
  }

  isDisturbed(): boolean {
    return this.wasDisturbed;
  }

  notices(): readonly Notice[] {
    return this.noticed;
  }

  async close(): Promise<void> {}

  /** Reads a line that does not fit into the buffer, which holds its first bytes. */
  private readLong(into: Uint8Array): Chunk {
    const line = new LongLine();
    for (let lengthBytes = into.length, end: number | undefined; ;) {
      line.add(into.subarray(0, end ?? lengthBytes));
      if (!this.isUndisturbed()) return this.disturb();
      if (end !== undefined) {
        this.advance(line.lengthBytes, this.trace.followedBy(line.trace));
        return line.chunk();
      }
      if (lengthBytes < into.length) return this.unfinished(line.chunk(), line.lengthBytes);
      lengthBytes = readAt(this.part.content.file.descriptor, into, this.offsetBytes + line.lengthBytes);
      end = this.log.framing.endOf(into.subarray(0, lengthBytes), 0);
    }
  }

  private linesIn(into: Uint8Array, lengthBytes: number): Lines {
    if (!this.log.framing.isTextual) return { kind: "lines", lengthBytes };
    return withoutLeadingNuls(into, lengthBytes);
  }

  private fingerprints(): Pick<Segment, "head" | "tail"> {
    const { segment, content } = this.part;
    if (segment && hasContent(segment) && segment.offsetBytes === this.offsetBytes)
      return fingerprintsIn(segment);
    // Of a file that held no whole line yet, how it begins is all there is to know it by.
    return this.offsetBytes === 0
      ? { head: fingerprintOf(content.firstBytes), tail: emptyFingerprint }
      : fingerprintsOf(this.trace);
  }

  private advance(lengthBytes: number, trace: Trace): void {
    this.offsetBytes += lengthBytes;
    this.trace = trace;
    this.unfinishedSince = undefined;
    this.flushedBytes = 0;
  }

  private disturb(): Chunk {
    this.wasDisturbed = true;
    return this.end();
  }

  private end(): Chunk {
    this.isOver = true;
    return { kind: "end" };
  }

  /** The line without its newline, if it has waited long enough, once. It is given again when it is whole. */
  private unfinished(chunk: LinesChunk, lengthBytes: number): Chunk {
    this.isOver = true;
    const now = this.log.now.toISOString();
    this.unfinishedSince ??= now;
    const waitedMs = Math.abs(Date.parse(now) - Date.parse(this.unfinishedSince));
    if (lengthBytes <= this.flushedBytes || (this.part.isCurrent && waitedMs < patienceMs)) return this.end();
    this.flushedBytes = lengthBytes;
    this.unfinishedSince = now;
    const { isTextual } = this.log.framing;
    const isGiven = isTextual && hasText(chunk);
    this.noticed.push(
      unfinishedNotice(
        this.part.content.file.path,
        isGiven ? "line" : isTextual ? "hole" : "record",
        lengthBytes,
      ),
    );
    return isGiven ? chunk : this.end();
  }

  /**
   * Whether the bytes before the offset are still what was read there; at the start of the file, whether it begins as
   * it did when it was found. Asked after each read: copytruncate may cut the file at any time, and what a fast writer
   * puts in its place continues no line of ours.
   */
  private isUndisturbed(): boolean {
    const { firstBytes, file } = this.part.content;
    const [expected, start] =
      this.offsetBytes === 0 ? [firstBytes, 0] : [this.trace.tail, this.offsetBytes - this.trace.tail.length];
    const found = Buffer.alloc(expected.length);
    readAt(file.descriptor, found, start);
    return found.equals(expected);
  }
}
