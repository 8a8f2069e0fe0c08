/**
 * Lists the files that a log may have been rotated to: beside it, one directory below, in logrotate's olddir.
 * Promise: names only say where to look; an archive that is still being written is left out as long as its original is
 * there.
 */
import { lstatSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { splitCompression } from "../bytes/compression.js";
import { isMissing, stateOf, type FileState } from "../bytes/open.js";
import { systemPath } from "../../std/text/path-text.js";
import { Directories, type Listing } from "./directories.js";
import { datedDirectory, isRotatedName, likelyNames } from "./rotated-name.js";
import { Surroundings } from "./surroundings.js";

export interface Sibling extends FileState {
  readonly path: string;
  /** Whether its name says that the log may have become it. If not, only its identity does. */
  readonly isNamed: boolean;
}

export interface SiblingSearch {
  readonly surroundings: Surroundings;
  /** Globs that name what the log is rotated to, besides the usual names: of the whole name, without a directory. */
  readonly isRotatedName?: (name: string, base: string) => boolean;
  /** Whether other directories are looked into as well. */
  readonly isWide: boolean;
  /** Inodes that are looked for under any name. */
  readonly inodes: readonly number[];
  /** Whether directories may be as they were earlier in this run. */
  readonly mayBeEarlier?: boolean;
  /** Called with a directory that is there and cannot be listed. */
  readonly onUnlisted: (directory: string, error: unknown) => void;
}

/** How many directories below a log's own are looked into. A few hundred logs, each with its own, are common. */
const mostDirectories = 1_000;
/** Year, month and day may be a directory each. */
const deepestDate = 3;

/** The regular files whose names say that the log may have become them, last written first. Never throws. */
export function siblingsOf(logPath: string, isWide: boolean): readonly Sibling[] {
  return filesAround(logPath, {
    surroundings: new Surroundings(),
    isWide,
    inodes: [],
    onUnlisted: () => undefined,
  });
}

/** The regular files that the log may have become, last written first. Never throws. */
export function filesAround(logPath: string, search: SiblingSearch): readonly Sibling[] {
  const own = dirname(logPath);
  const base = basename(logPath);
  const listing = listed(own, search);
  const found = new Map<string, Sibling>();
  const add = (directory: Listing | undefined, isDated: boolean): void => {
    if (!directory) return;
    // Where a log of the same name lives, the rotated ones are its own.
    const isOthers = directory !== listing && directory.has(base) && !isDated;
    const named = isOthers ? [] : namesIn(directory, base, isDated, search);
    for (const name of named) addFile(found, join(directory.path, name), true, search.surroundings);
    for (const name of search.inodes.flatMap((inode) => directory.namesOfInode(inode)))
      addFile(found, join(directory.path, name), false, search.surroundings);
  };
  add(listing, false);
  if (search.isWide && listing) {
    for (const { path, isDated } of directoriesBelow(listing, search, deepestDate))
      add(listed(path, search), isDated);
    for (const path of oldDirectories(own)) if (path !== own) add(listed(path, search), false);
  }
  return [...found.values()].sort((one, other) => other.modifiedMs - one.modifiedMs);
}

function addFile(
  found: Map<string, Sibling>,
  path: string,
  isNamed: boolean,
  surroundings: Surroundings,
): void {
  if (found.has(path) || (isNamed && surroundings.isSource(path))) return;
  try {
    const stats = lstatSync(systemPath(path));
    if (!stats.isFile()) return;
    found.set(path, { path, ...stateOf(stats), isNamed });
  } catch {
    // Renamed since the directory was read: the caller compares two listings and looks again.
  }
}

function namesIn(
  directory: Listing,
  base: string,
  isDated: boolean,
  { isRotatedName: isConfigured }: SiblingSearch,
): readonly string[] {
  const isRotated = (name: string): boolean =>
    isRotatedName(name, base) || isConfigured?.(name, base) === true || (isDated && name === base);
  // Of thousands of names only those that can be meant are looked at, or a run would take the square of their number.
  const { beginnings, ending, both } = likelyNames(base);
  const likely = isConfigured
    ? directory.names()
    : [
        ...beginnings.flatMap((text) => directory.namesFrom(text)),
        ...directory.namesTo(ending),
        ...(both ? directory.namesFromTo(both.beginning, both.ending) : []),
        ...(isDated && directory.has(base) ? [base] : []),
      ];
  return [...new Set(likely)].filter((name) => {
    if (!directory.isFile(name) || !isRotated(name)) return false;
    const { stem, compression } = splitCompression(name);
    return compression === undefined || stem === base || !directory.has(stem);
  });
}

interface Below {
  readonly path: string;
  readonly isDated: boolean;
}

/** The directories below, and those below them whose names are parts of dates. */
function directoriesBelow(listing: Listing, search: SiblingSearch, depth: number): readonly Below[] {
  const below = listing
    .directories()
    .slice(0, mostDirectories)
    .map((name) => ({ path: join(listing.path, name), isDated: datedDirectory.test(name) }));
  if (depth <= 1) return below;
  const deeper = below.filter(({ isDated }) => isDated).flatMap(({ path }) => listed(path, search) ?? []);
  return [...below, ...deeper.flatMap((one) => directoriesBelow(one, search, depth - 1))];
}

function listed(directory: string, search: SiblingSearch): Listing | undefined {
  const { surroundings, mayBeEarlier = false, onUnlisted } = search;
  try {
    return mayBeEarlier
      ? surroundings.directories.listOnce(directory)
      : surroundings.directories.list(directory);
  } catch (error) {
    if (!isMissing(error)) onUnlisted(directory, error);
    return undefined;
  }
}

let olddirs: readonly string[] | undefined;

/** What logrotate's configuration calls `olddir`; a relative one is taken from the log's own directory. */
function oldDirectories(own: string): readonly string[] {
  olddirs ??= readOlddirs();
  return [...new Set(olddirs.map((directory) => resolve(own, directory)))];
}

function readOlddirs(): readonly string[] {
  return ["/etc/logrotate.conf", ...logrotateFiles()].flatMap((file) => {
    try {
      const found = readFileSync(file, "utf8").matchAll(/^[ \t]*olddir[ \t=]+"?([^"\s]+)/gm);
      return [...found].flatMap(([, directory]) => (directory === undefined ? [] : [directory]));
    } catch {
      return [];
    }
  });
}

function logrotateFiles(): readonly string[] {
  try {
    return new Directories()
      .list("/etc/logrotate.d")
      .names()
      .map((name) => `/etc/logrotate.d/${name}`);
  } catch {
    return [];
  }
}
