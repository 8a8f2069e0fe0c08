/**
 * A table of logins as a source: each row is a line for the rules.
 * Promise: the database is read where it is, and only read.
 */
import { existsSync } from "node:fs";
import { systemPath } from "../../std/text/path-text.js";
import { unknownPosition, type LookBack, type Source } from "../source.js";
import { LoginReader, type LoginStart } from "./login-reader.js";
import { LoginRows } from "./login-rows.js";
import type { LoginTable } from "./login-tables.js";
import { beforeAllRows, rowPositionIn, type RowPosition } from "./position.js";

export interface LoginDatabaseSettings {
  readonly firstRun: LookBack;
  readonly now: Date;
  readonly hostname: string;
}

/** The source of one database, by its absolute path. */
export function loginDatabase(path: string, table: LoginTable, settings: LoginDatabaseSettings): Source {
  return {
    kind: table.kind,
    name: path,
    async open(from) {
      if (!existsSync(systemPath(path))) throw new Error("does not exist");
      const rows = new LoginRows(path, table);
      const known = from && rowPositionIn(from);
      if (known) return new LoginReader(rows, table, settings, { position: known, notices: [] });
      const lookBack: LookBack = from ? { kind: "all" } : settings.firstRun;
      const first = await firstRun(path, rows, lookBack, settings.now.getTime(), table);
      const lost = from ? [unknownPosition(path)] : [];
      const notices = [...lost, ...first.notices];
      return new LoginReader(rows, table, settings, { ...first, notices });
    },
  };
}

/** What a row takes in a log, to read "1MiB" of it. */
const usualRowBytes = 128;

async function firstRun(
  where: string,
  rows: LoginRows,
  lookBack: LookBack,
  nowMs: number,
  { unitsPerSecond }: LoginTable,
): Promise<LoginStart> {
  const { count, last } = await rows.state(beforeAllRows);
  if (count === 0) return { position: beforeAllRows, notices: [] };
  const begin = async (): Promise<{ position: RowPosition; extent: string }> => {
    switch (lookBack.kind) {
      case "all":
        return { position: beforeAllRows, extent: "all of it" };
      case "none":
        return { position: last, extent: "nothing of it" };
      case "bytes":
        return {
          position: await rows.beforeLast(Math.ceil(lookBack.bytes / usualRowBytes)),
          extent: "its end",
        };
      case "duration": {
        const seconds = (nowMs - lookBack.milliseconds) / 1000;
        const hours = lookBack.milliseconds / 3_600_000;
        return {
          position: await rows.before(Math.floor(seconds * unitsPerSecond)),
          extent: `the last ${hours}h`,
        };
      }
    }
  };
  const { position, extent } = await begin();
  return { position, notices: [{ where, what: "first run", done: `reading ${extent}` }] };
}
