/**
 * The tables of logins that there are: wtmpdb(8)'s and lastlog2(8)'s.
 * Promise: the one place that knows their names and columns.
 */

/** A table of logins. */
export interface LoginTable {
  /** Names the kind of source, and the program in its lines. */
  readonly kind: string;
  readonly usualPath: string;
  readonly table: string;
  /** The number of a row: an integer that only rises. */
  readonly numberColumn: string;
  readonly timeColumn: string;
  readonly unitsPerSecond: number;
  /** SQL: the number of an event in `events`. */
  readonly event: string;
  readonly events: readonly string[];
  readonly userColumn: string;
  /** Whether rows are inserted one after the other, so that a number that is missing was removed. */
  readonly isGapless: boolean;
}

export const wtmpdbTable: LoginTable = {
  kind: "wtmpdb",
  usualPath: "/var/lib/wtmpdb/wtmp.db",
  table: "wtmp",
  numberColumn: "ID",
  timeColumn: "Login",
  unitsPerSecond: 1_000_000,
  event: "Type",
  events: ["empty", "boot", "runlevel", "login"],
  userColumn: "User",
  isGapless: true,
};

export const lastlog2Table: LoginTable = {
  kind: "lastlog2",
  usualPath: "/var/lib/lastlog/lastlog2.db",
  table: "Lastlog2",
  numberColumn: "rowid",
  timeColumn: "Time",
  unitsPerSecond: 1,
  event: "0",
  events: ["login"],
  userColumn: "Name",
  isGapless: false,
};
