/**
 * Gives the entries of a running journalctl as lines.
 * Promise: the position is the cursor of the last entry that was given, also where journalctl fails after it.
 */
import type { Chunk } from "../../std/chunk.js";
import type { Notice } from "../../std/notice.js";
import type { ResumableReader } from "../source.js";
import type { JournalEntry } from "./journal-entry.js";
import type { JournalExport } from "./journal-export.js";
import { positionOf, type JournalPosition } from "./position.js";

export class JournalReader implements ResumableReader {
  private readonly entries: JournalExport;
  private readonly noticed: readonly Notice[];
  private cursor: string;
  private pending: JournalEntry | undefined;
  private failure: unknown;

  constructor(
    entries: JournalExport,
    notices: readonly Notice[],
    cursor: string,
    pending: JournalEntry | undefined,
  ) {
    this.entries = entries;
    this.noticed = notices;
    this.cursor = cursor;
    this.pending = pending;
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const buffer = Buffer.from(into.buffer, into.byteOffset, into.byteLength);
    let lengthBytes = 0;
    for (;;) {
      const entry = (this.pending ??= await this.nextUnless(lengthBytes > 0));
      const isLong = entry && (entry.line.length > into.length || entry.trueLengthBytes > entry.line.length);
      if (lengthBytes > 0 && (!entry || isLong || lengthBytes + entry.line.length > into.length))
        return { kind: "lines", lengthBytes };
      if (!entry) return { kind: "end" };
      this.cursor = entry.cursor;
      this.pending = undefined;
      if (isLong)
        return {
          kind: "long line",
          bytes: Buffer.from(entry.line, "latin1"),
          trueLengthBytes: entry.trueLengthBytes,
        };
      lengthBytes += buffer.write(entry.line, lengthBytes, "latin1");
    }
  }

  position(): JournalPosition {
    return positionOf(this.cursor);
  }

  /** The next entry. A failure is held back while lines wait to be given: the position is after them already. */
  private async nextUnless(hasLines: boolean): Promise<JournalEntry | undefined> {
    try {
      if (this.failure !== undefined) throw this.failure;
      return await this.entries.next();
    } catch (error) {
      if (!hasLines) throw error;
      this.failure = error;
      return undefined;
    }
  }

  notices(): readonly Notice[] {
    return this.noticed;
  }

  close(): Promise<void> {
    return this.entries.close();
  }
}
