/**
 * Asks a table of logins for its rows, through sqlite3(1).
 * Promise: the database is opened for reading alone, and never for longer than one bounded query.
 */
import { linesOf } from "../bytes/lines.js";
import { MissingToolError, startTool } from "../bytes/tool.js";
import type { LoginTable } from "./login-tables.js";
import type { RowPosition } from "./position.js";

/** A login. Its texts are bytes, each a character. */
export interface LoginRow {
  readonly number: number;
  /** As the table states it. */
  readonly time: number;
  /** Its number in the table's events. */
  readonly event: number;
  readonly user: string;
  readonly line: string;
  readonly host: string;
  readonly service: string;
}

/** What a table holds. */
export interface TableState {
  readonly count: number;
  /** The highest number of a row; 0 where there is none. */
  readonly last: RowPosition;
  /** Whether the row of the position is still there; it may have been another one. */
  readonly isPlaceKept: boolean;
  /** Whether rows that were there before the position's are still there. */
  readonly hasOlder: boolean;
}

/** How many rows a query gives. */
export const rowsAtOnce = 10_000;
/** How much of a text is read, in bytes: Linux' longest host name is 253, its longest user name 32. */
const longestTextBytes = 256;
/** A row of texts in hexadecimal and numbers. */
const longestOutputBytes = 16_384;
/** How long a login that is just being written is waited for. */
const lockMs = 5000;

export class LoginRows {
  private readonly path: string;
  private readonly table: LoginTable;

  constructor(path: string, table: LoginTable) {
    this.path = path;
    this.table = table;
  }

  async state({ row, time }: RowPosition): Promise<TableState> {
    const { table, number, timeText } = this.names;
    const [[count = "", last = "", lastTime = "", kept = "", older = ""] = []] = await this.query(
      `SELECT count(*), max(${number}), (SELECT ${timeText} FROM ${table} ORDER BY ${number} DESC LIMIT 1), ` +
        `(SELECT count(*) FROM ${table} WHERE ${number} = ${row} AND ${timeText} = ${time}), ` +
        `(SELECT count(*) FROM ${table} WHERE ${number} < ${row} AND ${timeText} <= ${time}) FROM ${table}`,
    );
    return {
      count: numberIn(count),
      last: { kind: "row", row: numberIn(last), time: numberIn(lastTime) },
      isPlaceKept: numberIn(kept) > 0,
      hasOlder: numberIn(older) > 0,
    };
  }

  /** The next rows after a position, in the order of their numbers. */
  after({ row, time }: RowPosition): Promise<readonly LoginRow[]> {
    const { table, number, timeText } = this.names;
    // Where the row is another one now, or a number that comes later was taken away, the time tells what is new.
    return this.rows(
      `, (SELECT (SELECT ${timeText} FROM ${table} WHERE ${number} = ${row}) AS kept, ` +
        `(SELECT max(${number}) FROM ${table}) AS top) WHERE CASE WHEN kept = ${time} OR ` +
        `(kept IS NULL AND top > ${row}) THEN ${number} > ${row} ELSE ${timeText} > ${time} END`,
    );
  }

  /** The position before the first row of a time or a later one. */
  async before(time: number): Promise<RowPosition> {
    const { table, number, timeText } = this.names;
    return this.position(
      `SELECT ${number}, ${timeText} FROM ${table} WHERE ${number} < ` +
        `(SELECT ifnull(min(${number}), 9223372036854775807) FROM ${table} WHERE ${timeText} >= ${time})`,
    );
  }

  /** The position before the last rows. */
  async beforeLast(count: number): Promise<RowPosition> {
    const { table, number, timeText } = this.names;
    return this.position(`SELECT ${number}, ${timeText} FROM ${table}`, count);
  }

  /** As SQL has them. A time that is none, or that no position can hold, is 0 or the last one that can be held. */
  private get names(): { readonly table: string; readonly number: string; readonly timeText: string } {
    const { table, numberColumn, timeColumn } = this.table;
    const time = `ifnull(CAST(${table}.${timeColumn} AS INTEGER), 0)`;
    return {
      table,
      number: `${table}.${numberColumn}`,
      timeText: `max(0, min(${time}, ${Number.MAX_SAFE_INTEGER}))`,
    };
  }

  private async position(select: string, offset = 0): Promise<RowPosition> {
    const [row] = await this.query(
      `${select} ORDER BY ${this.table.numberColumn} DESC LIMIT 1 OFFSET ${offset}`,
    );
    return { kind: "row", row: numberIn(row?.[0]), time: numberIn(row?.[1]) };
  }

  private async rows(condition: string): Promise<readonly LoginRow[]> {
    const { table, number, timeText } = this.names;
    const { event, userColumn } = this.table;
    const texts = [userColumn, "TTY", "RemoteHost", "Service"].map(
      (column) => `hex(substr(CAST(${column} AS BLOB), 1, ${longestTextBytes}))`,
    );
    const columns = [number, timeText, event, ...texts].join(", ");
    const found = await this.query(
      `SELECT ${columns} FROM ${table}${condition} ORDER BY ${number} LIMIT ${rowsAtOnce}`,
    );
    return found.map(([row, time, type, user, line, host, service]) => ({
      number: numberIn(row),
      time: numberIn(time),
      event: numberIn(type),
      user: bytesIn(user),
      line: bytesIn(line),
      host: bytesIn(host),
      service: bytesIn(service),
    }));
  }

  /** The rows of an answer, each as the texts of its columns. Throws when sqlite3 fails, or is not installed. */
  private async query(statement: string): Promise<string[][]> {
    const sqlite = startTool({
      command: "sqlite3",
      // No start-up file, no extension, no writing.
      arguments: [
        "-init",
        "/dev/null",
        "-batch",
        "-readonly",
        "-list",
        "-noheader",
        "-cmd",
        `.timeout ${lockMs}`,
        this.path,
        statement,
      ],
      package: "sqlite3",
    });
    const rows: string[][] = [];
    try {
      for await (const { text } of linesOf(sqlite.output, longestOutputBytes))
        rows.push(text.trimEnd().split("|"));
      const failure = await sqlite.ended;
      if (failure instanceof MissingToolError) throw failure;
      if (failure) throw new Error(`sqlite3 failed: ${failure.message}`, { cause: failure });
      return rows;
    } finally {
      await sqlite.close();
    }
  }
}

/** Of an answer's column: what is no number, or none that can be stored, is 0. */
function numberIn(text: string | undefined): number {
  const number = Math.trunc(Number(text));
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}

function bytesIn(hexadecimal: string | undefined): string {
  return Buffer.from(hexadecimal ?? "", "hex").toString("latin1");
}
