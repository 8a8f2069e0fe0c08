/** Tables of logins as kinds of sources. */
import { basename, resolve } from "node:path";
import { usualLookBack } from "../look-back.js";
import type { SourceSettings } from "../source.js";
import type { SourceKind } from "../source-kind.js";
import { lastlog2Table, wtmpdbTable, type LoginTable } from "./login-tables.js";
import { describeRowPosition } from "./position.js";

interface DatabaseSettings extends SourceSettings {
  /** Absolute. */
  readonly path: string;
}

const databaseKeys = { path: { type: "path" }, first_run: { type: "look back" } } as const;

/** Where Debian has the program that reads them: a host without it is not told each hour that it lacks it. */
const usualProgram = "/usr/bin/sqlite3";

/** `isRepeated`: whether sources of another kind tell of the same logins. */
function databaseKind(
  table: LoginTable,
  isRepeated: (kind: string) => boolean,
): SourceKind<DatabaseSettings, typeof databaseKeys> {
  const { kind, usualPath } = table;
  return {
    kind,
    keys: databaseKeys,
    settingsFrom: ({ path = usualPath, first_run: firstRun = usualLookBack }) => ({ kind, path, firstRun }),
    settingsFromArgument(argument, firstRun) {
      if (basename(argument) !== basename(usualPath)) return undefined;
      return { kind, path: resolve(argument), firstRun };
    },
    usualSettings(firstRun, exists, found) {
      if (!exists(usualPath) || !exists(usualProgram)) return undefined;
      return found.some((settings) => isRepeated(settings.kind))
        ? undefined
        : { kind, path: usualPath, firstRun };
    },
    async discover({ path, firstRun }, _known, { now, hostname }) {
      const { loginDatabase } = await import("./login-database.js");
      return { sources: [loginDatabase(path, table, { firstRun, now, hostname })], notices: [] };
    },
    describe: describeRowPosition,
  };
}

/** Beside wtmp it has the boots and sessions that wtmp has not. */
export const wtmpdbKind = databaseKind(wtmpdbTable, () => false);

export const lastlog2Kind = databaseKind(
  lastlog2Table,
  (kind) => kind === "wtmp" || kind === wtmpdbTable.kind,
);
