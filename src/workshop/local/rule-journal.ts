/**
 * Remembers which rules were added to a directory of a host's own, so that they can be taken back.
 * Promise: one process at a time reads, changes and writes it; what is not to be understood is as if nothing had been added.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DiskError } from "../../std/disk.js";
import { lockFile } from "../../std/file-lock.js";
import { hasFields, isCount, isListOf, isString } from "../../std/json-shape.js";
import { replaceReadable } from "../../std/readable-file.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";

/** A text that was added at the end of a file, as latin1. */
export interface Addition {
  readonly file: Text;
  readonly text: ByteString;
}

/** The additions of one change, with the rule's file first. */
export interface Change {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly additions: readonly Addition[];
  /** Its files were still to be written: after a crash they may have it or not. */
  readonly isUnfinished?: true;
}

const mostChanges = 100;
/** Hidden, so that nobody takes them for files of rules. */
const [journalName, lockName] = [".rule-changes.json", ".rule-changes.lock"];
/** Version 1, which had no times: beside the files of `ignore.d/local`, or of a directory of plain files. */
const oldJournalNames = ["ignore.d/local/.added-by-ignore.json", ".added-by-ignore.json"];

/** Whoever has the lock writes a few files. */
const waitSeconds = 10;

/** Does something while no other process changes the rules of the directory. Throws a DiskError past ten seconds. */
export function whileLocked<Result>(directory: Text, act: () => Result): Result {
  mkdirSync(directory, { recursive: true });
  const lock = lockFile(join(directory, lockName), { mode: 0o660, waitSeconds });
  if (lock.outcome === "locked")
    throw new DiskError(directory, `another process has been changing its rules for ${waitSeconds} s`);
  try {
    return act();
  } finally {
    lock.release();
  }
}

/** What was added to the directory, the last change last. */
export function readChanges(directory: Text): readonly Change[] {
  const newest = changesIn(join(directory, journalName));
  // Whatever an old journal has is older.
  return newest.length > 0
    ? newest
    : oldJournalNames.flatMap((name) => changesIn(join(directory, name))).slice(-mostChanges);
}

/** Only the last hundred are kept. Throws the system's error. */
export function writeChanges(directory: Text, changes: readonly Change[]): void {
  const document = { version: 2, changes: changes.slice(-mostChanges) };
  const old = oldJournalNames.map((name) => join(directory, name)).filter((path) => existsSync(path));
  replaceReadable([
    { path: join(directory, journalName), bytes: Buffer.from(`${JSON.stringify(document)}\n`) },
    ...old.map((path) => ({ path, bytes: undefined })),
  ]);
}

const isAddition = hasFields<Addition>({ file: isString, text: isString });
const isChange = hasFields<Change>({
  atMs: isCount,
  additions: isListOf(isAddition),
  isUnfinished: (value) => value === undefined || value === true,
});
interface Journal<Changes> {
  readonly version: number;
  readonly changes: Changes;
}
const isVersion1 = hasFields<Journal<readonly (readonly Addition[])[]>>({
  version: (value) => value === 1,
  changes: isListOf(isListOf(isAddition)),
});
const isVersion2 = hasFields<Journal<readonly Change[]>>({
  version: (value) => value === 2,
  changes: isListOf(isChange),
});

function changesIn(path: Text): readonly Change[] {
  if (!existsSync(path)) return [];
  try {
    const document: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isVersion2(document)) return document.changes;
    if (!isVersion1(document)) return [];
    const atMs = Math.floor(statSync(path).mtimeMs);
    return document.changes.map((additions) => ({ atMs, additions }));
  } catch {
    return [];
  }
}
