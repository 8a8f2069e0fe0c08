/**
 * Finds the files that paths and globs name.
 * Promise: each log once, a rotated copy never as a log of its own, and what is missing is said.
 */
import { lstatSync, readdirSync, Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Notice } from "../../std/notice.js";
import { splitCompression } from "../bytes/compression.js";
import { isMissing, kindOf, reasonOf } from "../bytes/open.js";
import { isRotatedName } from "../rotation/rotated-name.js";
import { compileGlob, isGlob, type Glob } from "./glob.js";

export interface FoundLogs {
  /** Absolute, each once: literal paths in their order, then what the globs match, by name. */
  readonly paths: readonly string[];
  readonly notices: readonly Notice[];
}

/**
 * The logs that the patterns name: literal paths as they are, globs without the rotated copies of what they match.
 * `known` holds the logs that have a position: one that is gone may live on under the name that rotation gave it.
 */
export function findLogs(
  patterns: readonly string[],
  followLinks: boolean,
  known: ReadonlySet<string>,
): FoundLogs {
  const notices: Notice[] = [];
  const paths = new Set<string>();
  const globbed: string[] = [];
  for (const pattern of patterns) {
    const stats = statOf(pattern);
    if (isGlob(pattern) && !(stats instanceof Stats)) {
      const glob = globOf(pattern, notices);
      if (!glob) continue;
      globbed.push(...matchesOf(glob, followLinks, notices));
      globbed.push(...[...known].filter((name) => glob.isMatch(name)));
      // What cannot be looked at is a log all the same: opening it says why, and the next run tries again.
    } else if (stats || known.has(pattern)) paths.add(pattern);
    else notices.push({ where: pattern, what: "does not exist", done: "not read" });
  }
  const logs = new Set([...paths, ...globbed]);
  for (const path of globbed.toSorted()) if (!isRotationOf(path, logs)) paths.add(path);
  return { paths: [...paths], notices };
}

function isRotationOf(path: string, logs: ReadonlySet<string>): boolean {
  // An archive is written once: whatever it was rotated from, it is no log.
  if (splitCompression(path).compression !== undefined) return true;
  const [directory, name] = [dirname(path), basename(path)];
  return [...logs].some((log) => dirname(log) === directory && isRotatedName(name, basename(log)));
}

function globOf(pattern: string, notices: Notice[]): Glob | undefined {
  try {
    return compileGlob(pattern);
  } catch (error) {
    notices.push({
      where: pattern,
      what: `is no glob that can be used: ${reasonOf(error)}`,
      done: "not read",
    });
    return undefined;
  }
}

/** The files under the glob's base that match it. */
function matchesOf(glob: Glob, followLinks: boolean, notices: Notice[]): readonly string[] {
  const matches: string[] = [];
  const walk = (directory: string, depthLeft: number): void => {
    for (const name of namesIn(directory, notices)) {
      const path = join(directory, name);
      const stats = statOf(path);
      // Gone since the directory was read.
      if (!stats) continue;
      if (stats instanceof Error) {
        notices.push({ where: path, what: reasonOf(stats), done: "not read" });
      } else if (stats.isDirectory()) {
        if (depthLeft > 1) walk(path, depthLeft - 1);
      } else if (glob.isMatch(path)) {
        if (stats.isFile() || (stats.isSymbolicLink() && followLinks)) matches.push(path);
        else notices.push({ where: path, what: kindOf(stats), done: "not read" });
      }
    }
  };
  walk(glob.base, glob.depth);
  return matches;
}

function namesIn(directory: string, notices: Notice[]): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (!isMissing(error)) notices.push({ where: directory, what: reasonOf(error), done: "not looked into" });
    return [];
  }
}

/** What stands at a path, if anything; an Error where that cannot be said. */
function statOf(path: string): Stats | Error | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    return error instanceof Error ? error : new Error(String(error));
  }
}
