/**
 * Reads an archive that a log was rotated into, from an offset in its plain content.
 * Promise: a position inside it is as good as one in a plain file; a damaged one is read as far as it goes.
 */
import type { Notice } from "../../std/notice.js";
import type { ByteStream } from "../bytes/byte-stream.js";
import { ArchiveError, BombError } from "../bytes/compressed.js";
import { withoutLeadingNuls } from "../bytes/leading-nuls.js";
import { KnownRanges } from "../bytes/known-ranges.js";
import { MissingToolError } from "../bytes/tool.js";
import { skipTo, streamContent } from "../rotation/content.js";
import { fingerprintsOf } from "../rotation/fingerprints.js";
import type { FileIdentity } from "../bytes/open.js";
import { hasText, unfinishedNotice, type LinesChunk, type PartReader } from "./part-reader.js";
import { asPending, flushed, settledIn } from "../rotation/make-segment.js";
import type { Log } from "../rotation/log.js";
import type { Part } from "../rotation/part.js";
import { wholeArchive } from "../rotation/segment.js";
import type { Chunk } from "../../std/chunk.js";
import type { Segment } from "../rotation/segment.js";
import { StreamUnits, type UnfinishedChunk } from "../bytes/stream-units.js";
import { Trace } from "../bytes/trace.js";

/** An archive last written longer ago than this is finished: what is wrong with it stays wrong. */
const settledMs = 3_600_000;

export class ArchiveReader implements PartReader {
  private readonly part: Part;
  private readonly log: Omit<Log, "path">;
  private readonly noticed: Notice[] = [];
  private readonly known: KnownRanges;
  private readonly startBytes: number;
  private offsetBytes: number;
  private flushedBytes: number;
  private trace = new Trace();
  private stream: ByteStream | undefined;
  private units: StreamUnits | undefined;
  private isFinished = false;

  constructor(part: Part, log: Omit<Log, "path">) {
    this.part = part;
    this.known = new KnownRanges(part.known?.ranges);
    this.log = log;
    this.startBytes = part.segment?.offsetBytes ?? 0;
    this.offsetBytes = this.startBytes;
    this.flushedBytes = part.segment?.flushedBytes ?? 0;
  }

  async read(into: Uint8Array): Promise<Chunk> {
    if (this.isFinished) return { kind: "end" };
    try {
      return await this.next(into);
    } catch (error) {
      if (!(error instanceof ArchiveError || error instanceof MissingToolError)) throw error;
      const { path } = this.part.content.file;
      const isSettled = this.isSettled(error);
      if (isSettled) this.isFinished = true;
      const done = `read up to byte ${this.offsetBytes}, ${isSettled ? "the rest is left out" : "will be tried again"}`;
      this.noticed.push({ where: path, what: error.message, done, ...(isSettled && { isEvent: true }) });
      return { kind: "end" };
    }
  }

  /** Whether what is wrong with the archive stays wrong. */
  private isSettled(error: unknown): boolean {
    if (error instanceof BombError) return true;
    const { modifiedMs } = this.part.content.file;
    return error instanceof ArchiveError && Math.abs(this.log.now.getTime() - modifiedMs) > settledMs;
  }

  segment(): Segment {
    const { segment, content } = this.part;
    const { device, inode, birthtimeMs } = content.file;
    const progress = {
      offsetBytes: this.offsetBytes,
      ...fingerprintsOf(this.trace),
      ...flushed(this.flushedBytes),
      ...(this.known.endBytes > this.offsetBytes && { knownUntilBytes: this.known.endBytes }),
    };
    // The archive's own identity says that it was read to its end. An empty one leaves nothing to be known by.
    if (this.isFinished)
      return {
        device,
        inode,
        birthtimeMs,
        ...progress,
        offsetBytes: this.offsetBytes || wholeArchive,
        ...settledIn(content.file),
      };
    if (this.offsetBytes === this.startBytes) return segment ?? asPending(content.file, this.log.now);
    const identity = segment?.inode === inode || !segment ? unknownIdentity : segment;
    return { ...progress, device: identity.device, inode: identity.inode, birthtimeMs: identity.birthtimeMs };
  }

  isDisturbed(): boolean {
    return false;
  }

  notices(): readonly Notice[] {
    return this.noticed;
  }

  async close(): Promise<void> {
    await this.stream?.close();
  }

  private async next(into: Uint8Array): Promise<Chunk> {
    this.units ??= await this.openUnits();
    const given = await this.units.next(into);
    switch (given.kind) {
      case "end":
        this.isFinished = true;
        return given;
      case "unfinished":
        return this.last(given, into);
      case "lines": {
        const { lengthBytes } = given;
        const start = this.offsetBytes;
        this.advance(lengthBytes, this.trace.with(into.subarray(0, lengthBytes)));
        const newBytes = this.known.takeOutOf(into, lengthBytes, start);
        const passedBytes = lengthBytes - newBytes;
        return { ...this.linesIn(into, newBytes), ...(passedBytes > 0 && { passedBytes }) };
      }
      case "long line": {
        const passedBytes = given.trueLengthBytes + (given.leadingNulBytes ?? 0);
        const isKnown = this.known.has(this.offsetBytes);
        this.advance(passedBytes, this.trace.followedBy(given.trace));
        return isKnown ? { kind: "lines", lengthBytes: 0, passedBytes } : given;
      }
    }
  }

  /** What comes last, whether the archive ends there or is damaged there. */
  private last({ chunk, lengthBytes, failure }: UnfinishedChunk, into: Uint8Array): Chunk {
    // Where it will be tried again, the line may yet be whole.
    if (failure !== undefined && !this.isSettled(failure)) throw failure;
    const lines = chunk.kind === "lines" ? this.linesIn(into, lengthBytes) : chunk;
    const given = this.flush(lines, lengthBytes);
    if (failure === undefined) this.isFinished = true;
    else if (given.kind === "end") throw failure;
    return given;
  }

  private async openUnits(): Promise<StreamUnits> {
    this.stream = streamContent(this.part.content);
    const trace = await skipTo(this.stream, this.startBytes);
    if (!trace) throw new ArchiveError("is shorter than it was");
    this.trace = trace;
    return new StreamUnits(this.stream, this.log.framing, false);
  }

  private linesIn(into: Uint8Array, lengthBytes: number): LinesChunk {
    if (!this.log.framing.isTextual) return { kind: "lines", lengthBytes };
    return withoutLeadingNuls(into, lengthBytes);
  }

  private advance(lengthBytes: number, trace: Trace): void {
    this.offsetBytes += lengthBytes;
    this.trace = trace;
    this.flushedBytes = 0;
  }

  /** A last line without its newline: in an archive it stays so. Given once. */
  private flush(chunk: LinesChunk, lengthBytes: number): Chunk {
    if (lengthBytes <= this.flushedBytes) return { kind: "end" };
    this.flushedBytes = lengthBytes;
    const { isTextual } = this.log.framing;
    const isGiven = isTextual && hasText(chunk);
    const unfinished = isGiven ? "line" : isTextual ? "hole" : "record";
    this.noticed.push(unfinishedNotice(this.part.content.file.path, unfinished, lengthBytes));
    return isGiven ? chunk : { kind: "end" };
  }
}

/** Of an archive that was not read to its end: it is known by its content alone. */
const unknownIdentity: FileIdentity = { device: 0, inode: 0, birthtimeMs: 0 };
