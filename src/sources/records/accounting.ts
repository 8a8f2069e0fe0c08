/**
 * Process accounting as a source: each record of a pacct file is a line for the rules.
 * Promise: whole records, each once, across rotation; what cannot be read as a record is said, not guessed.
 */
import type { Notice } from "../../std/notice.js";
import { faultOf, recordBytes, RecordWriter } from "./accounting-record.js";
import { accountingFraming, contextBytes } from "./torn-records.js";
import { logFile, type LogFileSettings } from "../file/log-file.js";
import type { Chunk } from "../../std/chunk.js";
import type { Position, ResumableReader, Source, SourceContext } from "../source.js";

export interface AccountingSettings extends Omit<LogFileSettings, "framing" | "now"> {
  readonly context: SourceContext;
}

/** The source of one accounting file, such as /var/log/account/pacct, and what it was rotated to. */
export function accountingFile(path: string, settings: AccountingSettings): Source {
  const { context, ...common } = settings;
  const records = logFile(path, { ...common, now: context.now, framing: accountingFraming() });
  return {
    kind: "pacct",
    name: path,
    open: async (from) => new AccountingReader(path, await records.open(from), context.hostname),
  };
}

/** A container may run as any uid: so many are named. */
const mostNamedUids = 20;

class AccountingReader implements ResumableReader {
  private readonly path: string;
  private readonly records: ResumableReader;
  private readonly writer: RecordWriter;
  private readonly faults = new Map<string, number>();
  private tornRecords = 0;
  private tornBytes = 0;
  private buffer = Buffer.alloc(0);

  constructor(path: string, records: ResumableReader, hostname: string) {
    this.path = path;
    this.records = records;
    this.writer = new RecordWriter(hostname);
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const lines = Buffer.from(into.buffer, into.byteOffset, into.byteLength);
    // No more records than have room as lines: the position must not run ahead of what is given.
    const recordCount = Math.floor(into.length / this.writer.lineLimitBytes);
    const bufferBytes = Math.max(contextBytes, recordCount * recordBytes);
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

  position(): Position {
    return this.records.position();
  }

  unreadBytes(): number {
    return this.records.unreadBytes?.() ?? 0;
  }

  notices(): readonly Notice[] {
    const faults: Notice[] = [...this.faults].map(([what, count]) => ({
      where: this.path,
      what,
      done: `${count} records of 64 bytes left out`,
      isEvent: true as const,
    }));
    if (this.tornRecords > 0)
      faults.push({
        where: this.path,
        what: `${this.tornRecords === 1 ? "a record is" : `${this.tornRecords} records are`} torn`,
        done: `${this.tornBytes} bytes left out, read on from the next whole record`,
        isEvent: true,
      });
    const uids = [...this.writer.namelessUids].sort((one, other) => one - other);
    const nameless: Notice[] = uids.slice(0, mostNamedUids).map((uid) => ({
      where: this.path,
      what: `uid ${uid} has no name`,
      done: `its commands are held against acct.d/${uid}`,
    }));
    if (uids.length > mostNamedUids)
      nameless.push({ where: this.path, what: "more uids have no name", done: "held against acct.d/UID" });
    return [...this.records.notices(), ...faults, ...nameless];
  }

  close(): Promise<void> {
    return this.records.close();
  }

  private writeLines(lengthBytes: number, into: Buffer): number {
    if (lengthBytes < recordBytes) {
      this.tornRecords += 1;
      this.tornBytes += lengthBytes;
      return 0;
    }
    let end = 0;
    for (let start = 0; start < lengthBytes; start += recordBytes) {
      const record = this.buffer.subarray(start, start + recordBytes);
      const fault = faultOf(record);
      if (fault === undefined) end = this.writer.write(record, into, end);
      else this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
    }
    return end;
  }
}
