/**
 * Finds the files that paths and globs name.
 * Promise: each log once, a rotated copy never as a log of its own, and what is missing or cannot be looked at is said.
 * One path's failure is its own.
 */
import { lstatSync, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Notice } from "../../std/notice.js";
import { systemPath } from "../../std/text/path-text.js";
import { errorCode } from "../../std/system-error.js";
import { splitCompression } from "../bytes/compression.js";
import { kindOf, reasonOf } from "../bytes/open.js";
import type { Directories, Listing } from "../rotation/directories.js";
import { isRotatedName, likelyBases } from "../rotation/rotated-name.js";
import { compileGlob, isGlob, type Glob } from "./glob.js";

export interface FoundLogs {
  /** Absolute, each once: literal paths in their order, then what the globs match, by name. */
  readonly logs: readonly FoundLog[];
  /** What could not be looked at: sources that fail. */
  readonly failures: readonly FailedPath[];
  readonly notices: readonly Notice[];
}

export interface FoundLog {
  readonly path: string;
  /** The path or glob that named it first. */
  readonly pattern: string;
}

export interface FailedPath {
  readonly path: string;
  readonly reason: string;
}

export interface FindOptions {
  readonly followLinks: boolean;
  /** The logs that have a position: one that is gone may live on under the name that rotation gave it. */
  readonly known: ReadonlySet<string>;
  readonly directories: Directories;
  /** Whether a glob that matches no file is as it should be. */
  readonly mayMatchNothing: boolean;
  /** Names that a log is rotated to, besides the usual ones. */
  readonly isRotatedName?: ((name: string, base: string) => boolean) | undefined;
}

/** The logs that the patterns name: literal paths as they are, globs without the rotated copies of what they match. */
export function findLogs(patterns: readonly string[], options: FindOptions): FoundLogs {
  const search = new Search(options);
  for (const pattern of patterns) search.add(pattern);
  return search.found();
}

class Search {
  private readonly options: FindOptions;
  private readonly notices: Notice[] = [];
  private readonly failures = new Map<string, string>();
  private readonly literal = new Map<string, string>();
  private readonly globbed = new Map<string, string>();

  constructor(options: FindOptions) {
    this.options = options;
  }

  add(pattern: string): void {
    const { known } = this.options;
    const stats = statOf(pattern);
    if (isGlob(pattern) && (stats === undefined || stats instanceof Error)) this.addGlob(pattern);
    // What cannot be looked at is a log all the same: opening it says why, and the next run tries again.
    else if (stats || known.has(pattern)) addOnce(this.literal, pattern, pattern);
    else this.notices.push(missingNotice(pattern));
  }

  found(): FoundLogs {
    const { literal, globbed, failures, notices } = this;
    const logs = new Map(literal);
    const names = namesByDirectory([...literal.keys(), ...globbed.keys()]);
    for (const [path, pattern] of [...globbed].sort(([one], [other]) => (one < other ? -1 : 1)))
      if (!this.isRotationOf(path, names)) addOnce(logs, path, pattern);
    return {
      logs: [...logs].map(([path, pattern]) => ({ path, pattern })),
      failures: [...failures].map(([path, reason]) => ({ path, reason })),
      notices,
    };
  }

  private addGlob(pattern: string): void {
    let glob: Glob;
    try {
      glob = compileGlob(pattern);
    } catch (error) {
      this.failures.set(pattern, `is no glob that can be used: ${reasonOf(error)}`);
      return;
    }
    const saidBefore = this.failures.size + this.notices.length;
    const matches = [
      ...this.matchesOf(glob),
      ...[...this.options.known].filter((path) => glob.isMatch(path)),
    ];
    for (const path of matches) addOnce(this.globbed, path, pattern);
    const isSilent = this.failures.size + this.notices.length === saidBefore;
    if (matches.length === 0 && isSilent && !this.options.mayMatchNothing) {
      const what = isNegation(pattern) ? negation : "matches no file";
      this.notices.push({ where: pattern, what, done: "nothing is read for it", about: "unread source" });
    }
  }

  /** The files under the glob's base that match it. */
  private matchesOf(glob: Glob): readonly string[] {
    const matches: string[] = [];
    // Directories wait in a list: a tree may be deeper than the stack.
    const waiting: { readonly directory: string; readonly depthLeft: number }[] = [
      { directory: glob.base, depthLeft: glob.depth },
    ];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { directory, depthLeft } = next;
      const listing = this.listed(directory);
      for (const name of listing?.names() ?? []) {
        const path = join(directory, name);
        const entry = listing?.entry(name);
        if (entry?.isDirectory()) {
          if (depthLeft > 1) waiting.push({ directory: path, depthLeft: depthLeft - 1 });
        } else if (entry && glob.isMatch(path)) {
          if (entry.isFile() || (entry.isSymbolicLink() && this.options.followLinks)) matches.push(path);
          else
            this.notices.push({ where: path, what: kindOf(entry), done: "not read", about: "unread source" });
        }
      }
    }
    return matches;
  }

  private listed(directory: string): Listing | undefined {
    try {
      return this.options.directories.list(directory);
    } catch (error) {
      if (errorCode(error) !== "ENOENT") this.failures.set(directory, reasonOf(error));
      return undefined;
    }
  }

  /** Whether a log of the same directory may have become the path. A path with a position of its own is a log. */
  private isRotationOf(path: string, names: ReadonlyMap<string, ReadonlySet<string>>): boolean {
    if (this.options.known.has(path)) return false;
    // An archive is written once: whatever it was rotated from, it is no log.
    if (splitCompression(path).compression !== undefined) return true;
    const name = basename(path);
    const beside = names.get(dirname(path)) ?? new Set<string>();
    const isConfigured = this.options.isRotatedName;
    if (isConfigured && [...beside].some((base) => isConfigured(name, base))) return true;
    return likelyBases(name).some((base) => beside.has(base) && isRotatedName(name, base));
  }
}

/** The first pattern that names a log is the one it is read for. */
function addOnce(logs: Map<string, string>, path: string, pattern: string): void {
  if (!logs.has(path)) logs.set(path, pattern);
}

function namesByDirectory(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    const directory = dirname(path);
    const beside = names.get(directory) ?? new Set<string>();
    names.set(directory, beside.add(basename(path)));
  }
  return names;
}

const negation = 'has a "!", which takes nothing away from other patterns';

/** Whether the pattern looks as if it was to take something away. */
function isNegation(pattern: string): boolean {
  return /(^|\/)!(?!\()/.test(pattern);
}

function missingNotice(pattern: string): Notice {
  const what = isNegation(pattern) ? `does not exist, and ${negation}` : "does not exist";
  return { where: pattern, what, done: "not read", about: "unread source" };
}

/** What stands at a path, if anything; an Error where that cannot be said. */
function statOf(path: string): Stats | Error | undefined {
  try {
    return lstatSync(systemPath(path));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    return error instanceof Error ? error : new Error(String(error));
  }
}
