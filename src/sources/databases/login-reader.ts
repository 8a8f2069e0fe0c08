/**
 * Gives the rows of a table of logins as lines.
 * Promise: each row once, after whatever kill; rows that somebody took away are told, once.
 */
import { traditionalTime } from "../../entry/traditional-time.js";
import type { Chunk } from "../../std/chunk.js";
import { fieldText } from "../../std/text/field-text.js";
import type { Notice } from "../../std/notice.js";
import type { ResumableReader } from "../source.js";
import { LoginRows, rowsAtOnce, type LoginRow } from "./login-rows.js";
import type { LoginTable } from "./login-tables.js";
import type { RowPosition } from "./position.js";

/** Where a reader begins, and what is to be said of it. */
export interface LoginStart {
  readonly position: RowPosition;
  readonly notices: readonly Notice[];
}

/** A line, or two that belong together, that is read and not yet given. */
interface Pending {
  readonly text: string;
  readonly after: RowPosition;
}

/** `wtmpdb rotate` takes away what is older than a day or more. */
const youngMs = 24 * 3_600_000;
/** The year 2100: what is later is no time. */
const latestSeconds = 4_102_444_800;

export class LoginReader implements ResumableReader {
  private readonly rows: LoginRows;
  private readonly table: LoginTable;
  private readonly afterTime: string;
  private readonly nowMs: number;
  private readonly noticed: readonly Notice[];
  private given: RowPosition;
  private fetched: RowPosition;
  private readonly pending: Pending[] = [];
  private hasBegun = false;
  private hasEnded = false;

  constructor(
    rows: LoginRows,
    table: LoginTable,
    { hostname, now }: { readonly hostname: string; readonly now: Date },
    { position, notices }: LoginStart,
  ) {
    this.rows = rows;
    this.table = table;
    this.afterTime = ` ${hostname} ${table.kind}: `;
    this.nowMs = now.getTime();
    this.noticed = notices;
    this.given = position;
    this.fetched = position;
  }

  async read(into: Uint8Array): Promise<Chunk> {
    if (this.pending.length === 0 && !this.hasEnded) await this.fetch();
    const buffer = Buffer.from(into.buffer, into.byteOffset, into.byteLength);
    let [lengthBytes, count] = [0, 0];
    for (const { text, after } of this.pending) {
      if (lengthBytes + text.length > buffer.length) break;
      lengthBytes += buffer.write(text, lengthBytes, "latin1");
      this.given = after;
      count++;
    }
    this.pending.splice(0, count);
    if (count > 0) return { kind: "lines", lengthBytes };
    if (this.pending.length > 0) throw new Error("bug: a row's line is longer than its room");
    return { kind: "end" };
  }

  position(): RowPosition {
    return this.given;
  }

  notices(): readonly Notice[] {
    return this.noticed;
  }

  async close(): Promise<void> {
    this.hasEnded = true;
    this.pending.length = 0;
  }

  private async fetch(): Promise<void> {
    const { fetched: from } = this;
    const removed = this.hasBegun ? undefined : await this.placeRemoved();
    this.hasBegun = true;
    const rows = await this.rows.after(from);
    this.hasEnded = rows.length < rowsAtOnce;
    if (removed && rows.length === 0) this.pending.push({ text: removed.text, after: removed.last });
    // Numbers are missing only where they follow on those that were read.
    let before = removed || !this.table.isGapless ? 0 : from.row;
    let text = removed?.text ?? "";
    for (const row of rows) {
      if (before > 0 && row.number > before + 1)
        text += this.removedLine(before + 1, row.number - 1, row.time);
      this.fetched = { kind: "row", row: row.number, time: row.time };
      this.pending.push({ text: text + this.lineOf(row), after: this.fetched });
      text = "";
      before = this.table.isGapless ? row.number : 0;
    }
  }

  /** A line of it where the row that was read last was taken away by hand, and the row that is the last one now. */
  private async placeRemoved(): Promise<{ readonly text: string; readonly last: RowPosition } | undefined> {
    const { row, time } = this.fetched;
    if (row === 0 || !this.table.isGapless) return undefined;
    const { isPlaceKept, hasOlder, last } = await this.rows.state(this.fetched);
    const isYoung = this.nowMs - (time / this.table.unitsPerSecond) * 1000 < youngMs;
    if (isPlaceKept || !(hasOlder || isYoung)) return undefined;
    return { text: this.removedLine(row, row, time), last };
  }

  private removedLine(from: number, to: number, time: number): string {
    return `${this.headerOf(time)}removed rows=${from === to ? from : `${from}-${to}`}\n`;
  }

  private lineOf({ time, event, user, line, host, service }: LoginRow): string {
    const fields = `user=${fieldText(user)} line=${fieldText(line)} host=${fieldText(host)} service=${fieldText(service)}`;
    return `${this.headerOf(time)}${this.table.events[event] ?? `type-${event}`} ${fields}\n`;
  }

  private headerOf(time: number): string {
    const seconds = Math.floor(time / this.table.unitsPerSecond);
    return traditionalTime(Math.min(seconds, latestSeconds)) + this.afterTime;
  }
}
