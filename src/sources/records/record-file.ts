/**
 * A log file whose units are records as a source: each record is a line for the rules.
 * Promise: whole records, each once, across rotation; what cannot be read as a record is said, not guessed.
 */
import type { Chunk } from "../../std/chunk.js";
import type { Notice } from "../../std/notice.js";
import { logFile, type LogFileSettings } from "../file/log-file.js";
import type { LineReader, Position, ResumableReader, Source, SourceContext } from "../source.js";
import { RecordFraming, type RecordLayout } from "./record-framing.js";

export interface RecordFileSettings extends Omit<LogFileSettings, "framing" | "now"> {
  readonly context: SourceContext;
}

/** Makes lines of records. */
export interface RecordLines<Layout> {
  /** No line is longer. */
  readonly lineLimitBytes: number;
  /** Writes the line of a record, with its newline. Gives where it ends: at `start` where it makes none of it. */
  write(record: Buffer, layout: Layout, into: Buffer, start: number): number;
  /** What is to be said of the records so far. */
  notices(): readonly Notice[];
}

/** What the records of a kind of file are. */
export interface RecordKind<Layout extends RecordLayout> {
  readonly kind: string;
  /** The likely one first. */
  readonly layouts: readonly [Layout, ...Layout[]];
  /** For each time that the file is opened. */
  readonly makeLines: () => RecordLines<Layout>;
}

/** The source of one file of records, and what it was rotated to. */
export function recordFile<Layout extends RecordLayout>(
  path: string,
  settings: RecordFileSettings,
  { kind, layouts, makeLines }: RecordKind<Layout>,
): Source {
  const { context, ...common } = settings;
  return {
    kind,
    name: path,
    async open(from) {
      const framing = new RecordFraming(layouts);
      const records = await logFile(path, { ...common, now: context.now, framing }).open(from);
      return new RecordReader(path, records, framing, makeLines());
    },
  };
}

/** Reads records, and gives the lines of them. */
export class RecordLinesReader<
  Layout extends RecordLayout,
  Records extends LineReader = LineReader,
> implements LineReader {
  protected readonly records: Records;
  private readonly path: string;
  private readonly framing: RecordFraming<Layout>;
  private readonly lines: RecordLines<Layout>;
  private tornRecords = 0;
  private tornBytes = 0;
  private buffer = Buffer.alloc(0);

  constructor(path: string, records: Records, framing: RecordFraming<Layout>, lines: RecordLines<Layout>) {
    this.path = path;
    this.records = records;
    this.framing = framing;
    this.lines = lines;
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const lines = Buffer.from(into.buffer, into.byteOffset, into.byteLength);
    // No more records than have room as lines: the position must not run ahead of what is given.
    const recordCount = Math.floor(into.length / this.lines.lineLimitBytes);
    const bufferBytes = Math.max(this.framing.contextBytes, recordCount * this.framing.leastRecordBytes);
    if (this.buffer.length !== bufferBytes) this.buffer = Buffer.alloc(bufferBytes);
    for (;;) {
      const chunk = await this.records.read(this.buffer);
      if (chunk.kind === "end") return chunk;
      if (chunk.kind === "long line") throw new Error("bug: a record is longer than the buffer for it");
      const lengthBytes = chunk.lengthBytes > 0 ? this.writeLines(chunk.lengthBytes, lines) : 0;
      const { passedBytes } = chunk;
      if (lengthBytes > 0 || passedBytes !== undefined)
        return { kind: "lines", lengthBytes, ...(passedBytes !== undefined && { passedBytes }) };
    }
  }

  notices(): readonly Notice[] {
    const { tornRecords: count, tornBytes } = this;
    const torn: Notice = {
      where: this.path,
      what: count === 1 ? "a record is torn" : `${count} records are torn`,
      done: `${tornBytes} bytes left out, read on from the next whole record`,
      isEvent: true,
    };
    return [...this.records.notices(), ...(count > 0 ? [torn] : []), ...this.lines.notices()];
  }

  close(): Promise<void> {
    return this.records.close();
  }

  private writeLines(lengthBytes: number, into: Buffer): number {
    const layout = this.framing.given;
    if (layout === undefined) {
      this.tornRecords += 1;
      this.tornBytes += lengthBytes;
      return 0;
    }
    let end = 0;
    for (let start = 0; start < lengthBytes; start += layout.recordBytes)
      end = this.lines.write(this.buffer.subarray(start, start + layout.recordBytes), layout, into, end);
    return end;
  }
}

/** The same of a file that goes on later. */
class RecordReader<Layout extends RecordLayout>
  extends RecordLinesReader<Layout, ResumableReader>
  implements ResumableReader
{
  position(): Position {
    return this.records.position();
  }

  unreadBytes(): number {
    return this.records.unreadBytes?.() ?? 0;
  }
}
