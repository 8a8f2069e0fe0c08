/**
 * Makes a source of each log that the settings of a kind of file come to.
 * Promise: the same for every kind that is read from files; a path that cannot be looked at is a source that fails.
 */
import type { Discovery, Source, SourceContext } from "../source.js";
import { Surroundings } from "../rotation/surroundings.js";
import { usualDenseLines } from "../rotation/known/line-digests.js";
import { failingSource } from "./failing-source.js";
import type { FileSettings } from "./file-settings.js";
import { findLogs } from "./find-logs.js";
import { firstRunOf, settingKey } from "./first-run.js";
import { compileGlob } from "./glob.js";
import type { LogFileSettings } from "./log-file.js";

/** What all kinds of files have in common. */
export type CommonSettings = Omit<LogFileSettings, "framing">;

/** `make` makes the source of a log by its path. Never throws for what is wrong with one path. */
export function discoverLogs(
  settings: FileSettings,
  known: ReadonlySet<string>,
  { now, earlier, surroundings = new Surroundings() }: SourceContext,
  make: (path: string, common: CommonSettings) => Source,
): Discovery {
  const {
    kind,
    paths,
    firstRun,
    followLinks,
    rotated = [],
    alsoRun = [],
    mayMatchNothing = false,
  } = settings;
  const isRotatedName = rotated.length > 0 ? rotatedBy(rotated) : undefined;
  const { directories } = surroundings;
  const found = findLogs(paths, { followLinks, known, directories, mayMatchNothing, isRotatedName });
  const withKnown = new Set(found.logs.filter(({ path }) => known.has(path)).map(({ pattern }) => pattern));
  const logCount = Math.max(found.logs.length, Object.keys(earlier?.positions ?? {}).length);
  const sources = found.logs.map(({ path, pattern }) => {
    const hasKnown = withKnown.has(pattern);
    const question = { kind, path, pattern, firstRun, earlier, hasKnown, now };
    return make(path, {
      firstRun,
      firstRunOf: (bornMs) => firstRunOf(question, bornMs),
      followLinks,
      isGlobbed: pattern !== path,
      now,
      surroundings,
      mostDigests: mostDigests(logCount),
      ...(isRotatedName && { isRotatedName }),
    });
  });
  const failing = found.failures.map(({ path, reason }) => failingSource(kind, path, reason));
  return {
    sources: [...sources, ...failing],
    notices: found.notices,
    settings: [...new Set([...paths, ...alsoRun])].map((pattern) => settingKey(kind, pattern)),
  };
}

/** How many digests all logs have together, at most, but for a few of each: half a megabyte of state. */
const digestsOfAll = 65_536;
const leastDigests = 64;

/** Of how many lines that were read last a position has digests, where there are so many logs. */
function mostDigests(logCount: number): number {
  return Math.min(usualDenseLines, Math.max(leastDigests, Math.floor(digestsOfAll / logCount)));
}

/** Says of two names whether the patterns say that one may have become the other. */
function rotatedBy(patterns: readonly string[]): (name: string, base: string) => boolean {
  const compiled = new Map<string, (name: string) => boolean>();
  return (name, base) => {
    if (name === base) return false;
    let isMatch = compiled.get(base);
    if (!isMatch) {
      const globs = patterns.flatMap((pattern) => compiledFor(pattern, base));
      isMatch = (one) => globs.some((glob) => glob.isMatch(one));
      compiled.set(base, isMatch);
    }
    return isMatch(name);
  };
}

function compiledFor(pattern: string, base: string) {
  try {
    return [compileGlob(pattern.replaceAll("%", () => base.replace(/[^\w]/g, "\\$&")))];
  } catch {
    // Its braces stand for too many.
    return [];
  }
}
