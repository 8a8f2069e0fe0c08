/**
 * Turns logcheck's lists into sources, and takes over logcheck's offsets.
 * Promise: the first run after the switch begins where logcheck stopped. A log that logcheck never read is read whole.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isFile } from "./tools/etc.js";
import type { ListedLog } from "./conf/log-lists.js";
import { offsetFileName, readOffsetFile } from "./conf/offsets.js";
import type { FileSettings } from "../sources/file/file-settings.js";
import { positionAt } from "../sources/file/position-at.js";
import { systemJournalName } from "../sources/journal/position.js";
import type { JournalSettings } from "../sources/journal/journal.js";
import type { Position } from "../sources/source.js";

const hourMs = 3_600_000;
/** How far back logcheck reads a journal that it has never read before. */
const firstJournalMs = 5 * hourMs;

export interface LogcheckSources {
  readonly settings: readonly (FileSettings | JournalSettings)[];
  /** Paths in the lists that do not exist. */
  readonly missing: readonly string[];
  /** Whether the journal is read and logcheck has not read it before. */
  readonly isFirstJournal: boolean;
}

/** `known` has the names of sources with a stored position: a log that was just rotated away is not missing. */
export function logcheckSources(
  logs: readonly ListedLog[],
  stateDirectory: string,
  known: ReadonlySet<string>,
  now: Date,
): LogcheckSources {
  const settings: (FileSettings | JournalSettings)[] = [];
  const missing: string[] = [];
  let isFirstJournal = false;
  for (const log of logs) {
    if (log.kind === "journal") {
      const lastMs = journalReadMs(stateDirectory);
      isFirstJournal = lastMs === undefined && !known.has(systemJournalName);
      const milliseconds = lastMs === undefined ? firstJournalMs : Math.max(0, now.getTime() - lastMs);
      settings.push({
        kind: "journal",
        journalctlArguments: [],
        firstRun: { kind: "duration", milliseconds },
      });
    } else if (log.kind === "glob") settings.push(fileSettings(log.pattern));
    else if (known.has(log.path) || isFile(log.path)) settings.push(fileSettings(log.path));
    else missing.push(log.path);
  }
  return { settings, missing, isFirstJournal };
}

function fileSettings(path: string): FileSettings {
  return { kind: "file", paths: [path], firstRun: { kind: "all" }, followLinks: true, mayMatchNothing: true };
}

/** When logcheck last read the journal: the modification time of a file that it keeps for this. */
function journalReadMs(stateDirectory: string): number | undefined {
  return statSync(join(stateDirectory, "offset.journal"), { throwIfNoEntry: false })?.mtimeMs;
}

/**
 * Where logcheck stopped in a log; undefined where it never read the log, or where the file that it read is gone or
 * cannot be read. Never throws.
 */
export function logcheckPosition(logPath: string, stateDirectory: string): Position | undefined {
  try {
    const text = readFileSync(join(stateDirectory, offsetFileName(logPath)), "latin1");
    const offset = readOffsetFile(text);
    const path = offset && pathOfInode(logPath, offset.inode);
    // logcheck may have stopped inside a line: read that line again, whole.
    return path === undefined || offset === undefined ? undefined : positionAt(path, offset.offsetBytes);
  } catch {
    // Whatever failed here will also fail when the log is read, and is reported then.
    return undefined;
  }
}

/** The file with this inode: the log itself, or one beside it if the log was rotated since logcheck read it. */
function pathOfInode(logPath: string, inode: bigint): string | undefined {
  const isIt = (path: string): boolean => {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats?.isFile() === true && stats.ino === inode;
  };
  if (isIt(logPath)) return logPath;
  const directory = dirname(logPath);
  return readdirSync(directory)
    .filter((name) => name.startsWith(basename(logPath)))
    .map((name) => join(directory, name))
    .find(isIt);
}
