/**
 * Reads a plain file from an offset, straight into the caller's buffer.
 * Promise: an unfinished last line is held back, and a file that is truncated while it is read is not
 * mixed up with what takes its place.
 */
import type { Notice } from "../../std/notice.js";
import { flushed, settledIn, traceAt } from "../rotation/make-segment.js";
import { holesOf } from "../bytes/boundaries.js";
import type { Holes } from "../bytes/holes.js";
import { leadingNulsIn, withoutLeadingNuls } from "../bytes/leading-nuls.js";
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
import { KnownInPart } from "./known-in-part.js";
import { hasText, unfinishedNotice, type LinesChunk, type PartReader } from "./part-reader.js";
import type { LineDigests } from "../rotation/known/line-digests.js";
import type { Log } from "../rotation/log.js";
import type { Part } from "../rotation/part.js";
import type { Chunk } from "../../std/chunk.js";
import type { Segment } from "../rotation/segment.js";
import type { KnownRanges } from "../bytes/known-ranges.js";
import type { Trace } from "../bytes/trace.js";

/** How long a last line may wait for its newline. */
const patienceMs = 3_600_000;

/** How much one read goes through of a line that no buffer holds, before it lets the run store what it has. */
const stepBytes = 32 * 1024 * 1024;

/** A line longer than this is given as it stands, so that no run begins with it again. */
export const longestLineBytes = 256 * 1024 * 1024;

/** How much of a hole is looked at again, to see whether somebody has begun to fill it. */
const recheckedBytes = 64 * 1024;

type Lines = Extract<Chunk, { kind: "lines" }>;

export class PlainReader implements PartReader {
  private readonly part: Part;
  private readonly log: Omit<Log, "path">;
  private trace: Trace;
  private readonly noticed: Notice[] = [];
  private readonly known: KnownInPart;
  private offsetBytes: number;
  private unfinishedSince: string | undefined;
  private flushedBytes: number;
  /** The line that is being read and that no buffer holds. */
  private line: LongLine | undefined;
  /** How much was passed of a line that was given as it stood, and whose end is looked for. */
  private givenBytes: number | undefined;
  private nulRecordBytes = 0;
  private isOver = false;
  private wasDisturbed = false;

  /** `digests`: of the lines that were read last, up to now. */
  constructor(part: Part, log: Omit<Log, "path">, digests: () => LineDigests) {
    this.part = part;
    this.known = new KnownInPart(part, digests);
    this.log = log;
    this.offsetBytes = part.segment?.offsetBytes ?? 0;
    this.unfinishedSince = part.segment?.unfinishedSince;
    this.flushedBytes = part.segment?.flushedBytes ?? 0;
    this.trace = traceAt(part.content.file.descriptor, this.offsetBytes);
    // Truncated since it was found: the next run looks for it anew.
    if (part.segment && !startsWithFingerprint(this.trace.tail, part.segment.tail)) this.disturb();
    const { passedBytes = 0, isLineGiven = false } = part.segment ?? {};
    if (isLineGiven) this.givenBytes = passedBytes;
    else if (passedBytes > 0 && this.isStillHole(passedBytes)) this.line = new LongLine(passedBytes);
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const { descriptor, sizeBytes } = this.part.content.file;
    // What is written while we read is for the next run: a writer that is faster than us would keep us for ever.
    if (this.isOver || this.offsetBytes >= sizeBytes) return { kind: "end" };
    if (this.givenBytes !== undefined) return this.passOn(into, this.givenBytes);
    const known = await this.known.after(this.offsetBytes);
    if (this.line) return this.readLong(into, this.line, known);
    const lengthBytes = readAt(descriptor, into, this.offsetBytes);
    const whole = this.log.framing.wholeLength(into, lengthBytes);
    if (whole === 0 && lengthBytes === into.length) return this.readLong(into, new LongLine(), known);
    if (!this.isUndisturbed()) return this.disturb();
    if (lengthBytes === 0) return this.end();
    if (whole === 0) return this.unfinished(this.linesIn(into, lengthBytes), lengthBytes);
    const start = this.offsetBytes;
    this.advance(whole, this.trace.with(into.subarray(0, whole)));
    if (!this.log.framing.isTextual && leadingNulsIn(into.subarray(0, whole)) === whole)
      return this.passRecords(whole);
    const newBytes = known.takeOutOf(into, whole, start);
    return { ...this.linesIn(into, newBytes), ...(newBytes < whole && { passedBytes: whole - newBytes }) };
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
      ...this.written(),
      ...(this.unfinishedSince === undefined ? {} : { unfinishedSince: this.unfinishedSince }),
      ...(this.part.isCurrent ? {} : { rotatedSince }),
      ...flushed(this.givenBytes ?? this.flushedBytes),
      ...this.passed(),
      ...this.known.at(this.offsetBytes),
    };
  }

  /** When it was last written to, where nothing of it is left to read. */
  private written(): Pick<Segment, "writtenAt" | "settledMs"> {
    const { file } = this.part.content;
    if (this.offsetBytes + this.flushedBytes < file.sizeBytes) return {};
    return { writtenAt: new Date(file.modifiedMs).toISOString(), ...settledIn(file) };
  }

  isDisturbed(): boolean {
    return this.wasDisturbed;
  }

  notices(): readonly Notice[] {
    if (this.nulRecordBytes === 0) return this.noticed;
    const { path: where } = this.part.content.file;
    const count = this.nulRecordBytes;
    const what = `has ${count === 1 ? "a NUL byte" : `${count} NUL bytes`} in place of records`;
    return [...this.noticed, { where, what, done: "left out", isEvent: true }];
  }

  unreadBytes(): number {
    const { sizeBytes } = this.part.content.file;
    return Math.max(0, sizeBytes - this.offsetBytes - (this.givenBytes ?? this.line?.lengthBytes ?? 0));
  }

  async close(): Promise<void> {}

  /** Reads on in a line that does not fit into the buffer. Gives it once its end is seen, or it is too long to wait. */
  private readLong(into: Uint8Array, line: LongLine, known: KnownRanges): Chunk {
    const { descriptor } = this.part.content.file;
    this.line = line;
    for (let readBytes = 0; readBytes < stepBytes;) {
      const lengthBytes = readAt(descriptor, into, this.offsetBytes + line.lengthBytes);
      const end = this.log.framing.endOf(into.subarray(0, lengthBytes), 0);
      line.add(into.subarray(0, end ?? lengthBytes));
      readBytes += lengthBytes;
      if (!this.isUndisturbed()) return this.disturb();
      if (end !== undefined) {
        const { lengthBytes: passedBytes } = line;
        const isKnown = known.has(this.offsetBytes);
        this.advance(passedBytes, this.trace.followedBy(line.trace));
        return isKnown ? { kind: "lines", lengthBytes: 0, passedBytes } : line.chunk();
      }
      if (lengthBytes < into.length) return this.unfinished(line.chunk(), line.lengthBytes);
      line.addNuls(this.holeBytesAfter(into, this.offsetBytes + line.lengthBytes));
      if (line.hasText && line.lengthBytes - line.leadingNulBytes > longestLineBytes)
        return this.giveBeginning(line);
    }
    return { kind: "lines", lengthBytes: 0, passedBytes: stepBytes };
  }

  private giveBeginning(line: LongLine): Chunk {
    this.line = undefined;
    this.givenBytes = line.lengthBytes;
    this.noticed.push({
      where: this.part.content.file.path,
      what: `a line has more than ${longestLineBytes} bytes`,
      done: "its beginning is reported, the rest is passed over",
      isEvent: true,
    });
    return line.chunk();
  }

  /** Looks for the end of a line that was given. */
  private passOn(into: Uint8Array, passedBytes: number): Chunk {
    const { descriptor } = this.part.content.file;
    let [place, readBytes] = [passedBytes, 0];
    while (readBytes < stepBytes) {
      const lengthBytes = readAt(descriptor, into, this.offsetBytes + place);
      const end = this.log.framing.endOf(into.subarray(0, lengthBytes), 0);
      if (!this.isUndisturbed()) return this.disturb();
      readBytes += lengthBytes;
      place += end ?? lengthBytes;
      this.givenBytes = place;
      if (end !== undefined) {
        this.advance(place, traceAt(descriptor, this.offsetBytes + place));
        break;
      }
      if (lengthBytes < into.length) return this.end();
      place += this.holeBytesAfter(into, this.offsetBytes + place);
    }
    return { kind: "lines", lengthBytes: 0, passedBytes: readBytes };
  }

  /** Passes over the hole that the records just read are of, in whole records. */
  private passRecords(readBytes: number): Chunk {
    const { descriptor } = this.part.content.file;
    const holeBytes = this.holes.dataAfter(this.offsetBytes) - this.offsetBytes;
    // A bound that holds whole records of any size.
    const passedBytes = holeBytes - (holeBytes % readBytes);
    if (passedBytes > 0) this.advance(passedBytes, traceAt(descriptor, this.offsetBytes + passedBytes));
    this.nulRecordBytes += readBytes + passedBytes;
    return { kind: "lines", lengthBytes: 0, passedBytes: readBytes };
  }

  /** How long a hole there is at a place, where what was read before it is nothing but NUL. */
  private holeBytesAfter(read: Uint8Array, place: number): number {
    // Most lines show by their first byte that they are none.
    if (read[0] !== 0 || leadingNulsIn(read) < read.length) return 0;
    return this.holes.dataAfter(place) - place;
  }

  private get holes(): Holes {
    return holesOf(this.part.content.file);
  }

  private isStillHole(passedBytes: number): boolean {
    const block = new Uint8Array(Math.min(recheckedBytes, passedBytes));
    const lengthBytes = readAt(this.part.content.file.descriptor, block, this.offsetBytes);
    return lengthBytes === block.length && leadingNulsIn(block) === lengthBytes;
  }

  /** What was passed after the offset, as a segment says it. */
  private passed(): Pick<Segment, "passedBytes" | "isLineGiven"> {
    if (this.givenBytes !== undefined) return { passedBytes: this.givenBytes, isLineGiven: true };
    return this.line && !this.line.hasText ? { passedBytes: this.line.lengthBytes } : {};
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
    this.line = undefined;
    this.givenBytes = undefined;
  }

  private disturb(): Chunk {
    this.wasDisturbed = true;
    this.line = undefined;
    this.givenBytes = undefined;
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
