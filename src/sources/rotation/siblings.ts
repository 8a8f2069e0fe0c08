/**
 * Lists the files that a log may have been rotated to: beside it, one directory below, in logrotate's olddir.
 * Promise: an archive that is still being written is left out as long as its original is there.
 */
import { lstatSync, readdirSync, readFileSync, type Dirent } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { splitCompression } from "../bytes/compression.js";
import { identityOf, type FileIdentity } from "../bytes/open.js";
import { isRotatedName } from "./rotated-name.js";

export interface Sibling extends FileIdentity {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** The regular files whose names say that the log may have become them, last written first. Never throws. */
export function siblingsOf(logPath: string, isWide: boolean): readonly Sibling[] {
  const own = dirname(logPath);
  const base = basename(logPath);
  const entries = entriesOf(own);
  const elsewhere = !isWide
    ? []
    : [
        ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(own, entry.name)),
        ...oldDirectories(own),
      ];
  const found = [...rotatedIn(own, entries, base)];
  for (const directory of new Set(elsewhere)) {
    const names = entriesOf(directory);
    // Where a log of the same name lives, the rotated ones are its own.
    if (names.some((entry) => entry.name === base)) continue;
    found.push(...rotatedIn(directory, names, base));
  }
  return found.sort((one, other) => other.modifiedMs - one.modifiedMs);
}

function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    // Not readable or gone: there is nothing to find in it.
    return [];
  }
}

function rotatedIn(directory: string, entries: readonly Dirent[], base: string): readonly Sibling[] {
  const names = new Set(entries.map((entry) => entry.name));
  return entries
    .filter((entry) => entry.isFile() && isRotatedName(entry.name, base))
    .filter((entry) => {
      const { stem, compression } = splitCompression(entry.name);
      return compression === undefined || stem === base || !names.has(stem);
    })
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      try {
        const stats = lstatSync(path);
        return [{ path, ...identityOf(stats), sizeBytes: stats.size, modifiedMs: stats.mtimeMs }];
      } catch {
        // Renamed since the directory was read: the caller compares two listings and looks again.
        return [];
      }
    });
}

let olddirs: readonly string[] | undefined;

/** What logrotate's configuration calls `olddir`; a relative one is taken from the log's own directory. */
function oldDirectories(own: string): readonly string[] {
  olddirs ??= readOlddirs();
  return olddirs.map((directory) => resolve(own, directory));
}

function readOlddirs(): readonly string[] {
  const files = [
    "/etc/logrotate.conf",
    ...entriesOf("/etc/logrotate.d").map(({ name }) => `/etc/logrotate.d/${name}`),
  ];
  return files.flatMap((file) => {
    try {
      const found = readFileSync(file, "utf8").matchAll(/^[ \t]*olddir[ \t=]+"?([^"\s]+)/gm);
      return [...found].flatMap(([, directory]) => (directory === undefined ? [] : [directory]));
    } catch {
      return [];
    }
  });
}
