/**
 * Gives the entries of a journal as lines, one sequence after the other.
 * Promise: the position is after the last entry that was given of each sequence, also where journalctl fails; what fails
 * in one sequence costs the others nothing.
 */
import type { Chunk } from "../../std/chunk.js";
import type { Notice } from "../../std/notice.js";
import { MissingToolError } from "../bytes/tool.js";
import type { ResumableReader } from "../source.js";
import type { JournalEntry } from "./journal-entry.js";
import type { JournalExport } from "./journal-export.js";
import { placeOfCursor, positionOf, storedPlace, type JournalPosition, type Sequences } from "./position.js";

/** Entries that are given one after the other. */
export interface OpenStretch {
  /** Left out: there are none. */
  readonly entries?: JournalExport;
  /** The position before them, where it is another than it was. */
  readonly cursor?: string;
  /** Read already, and to be given first. */
  readonly first?: JournalEntry;
  readonly notices?: readonly Notice[];
}

/** A part of the journal that is still to be opened: no two programs run at once. */
export interface Stretch {
  /** Left out: the entries are of any sequence. */
  readonly sequence?: string;
  /** The place in the sequence once all of this is given, where it holds no entry. */
  readonly end?: string;
  open(): Promise<OpenStretch>;
}

export interface JournalStart {
  readonly stretches: readonly Stretch[];
  readonly notices: readonly Notice[];
  readonly cursor: string;
  readonly sequences?: Sequences;
}

export class JournalReader implements ResumableReader {
  private readonly stretches: Stretch[];
  private readonly noticed: Notice[];
  private readonly sequences: Record<string, string> | undefined;
  private cursor: string;
  private stretch: Stretch | undefined;
  private entries: JournalExport | undefined;
  private pending: JournalEntry | undefined;
  private hasGiven = false;
  private failure: unknown;

  constructor({ stretches, notices, cursor, sequences }: JournalStart) {
    this.stretches = [...stretches];
    this.noticed = [...notices];
    this.cursor = cursor;
    this.sequences = sequences && { ...sequences };
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const buffer = Buffer.from(into.buffer, into.byteOffset, into.byteLength);
    let lengthBytes = 0;
    for (;;) {
      const entry = (this.pending ??= await this.next());
      const isLong = entry && (entry.line.length > into.length || entry.trueLengthBytes > entry.line.length);
      if (lengthBytes > 0 && (!entry || isLong || lengthBytes + entry.line.length > into.length))
        return { kind: "lines", lengthBytes };
      if (!entry) {
        if (this.failure !== undefined) throw this.failure;
        return { kind: "end" };
      }
      this.advance(entry.cursor);
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
    return positionOf(this.cursor, this.sequences && { ...this.sequences });
  }

  notices(): readonly Notice[] {
    return this.noticed;
  }

  async close(): Promise<void> {
    this.stretches.length = 0;
    await this.entries?.close();
  }

  private advance(cursor: string): void {
    this.cursor = cursor;
    this.hasGiven = true;
    const place = placeOfCursor(cursor);
    if (place && this.sequences) this.sequences[place.sequence] = storedPlace(place);
  }

  /** The next entry of this stretch or of one after it. A failure is held back until all else is given. */
  private async next(): Promise<JournalEntry | undefined> {
    for (; ; await this.leaveStretch()) {
      try {
        const entry = this.stretch ? await this.entries?.next() : await this.enterStretch();
        if (entry === "none left") return undefined;
        if (entry) return entry;
        this.endStretch();
      } catch (error) {
        this.failure ??= error;
        // Without journalctl there is nothing to go on with.
        if (error instanceof MissingToolError) this.stretches.length = 0;
      }
    }
  }

  /** The first entry of the next stretch. */
  private async enterStretch(): Promise<JournalEntry | "none left" | undefined> {
    this.stretch = this.stretches.shift();
    if (!this.stretch) return "none left";
    this.hasGiven = false;
    const { entries, first, cursor, notices = [] } = await this.stretch.open();
    this.entries = entries;
    this.noticed.push(...notices);
    if (cursor !== undefined) this.cursor = cursor;
    return first ?? (await entries?.next());
  }

  /** All of the stretch was given. Where that was nothing, it says itself where its sequence stands. */
  private endStretch(): void {
    const { sequence, end } = this.stretch ?? {};
    if (!this.hasGiven && this.sequences && sequence !== undefined && end !== undefined)
      this.sequences[sequence] = end;
  }

  private async leaveStretch(): Promise<void> {
    await this.entries?.close();
    this.entries = undefined;
    this.stretch = undefined;
  }
}
