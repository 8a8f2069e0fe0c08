/**
 * The logs that a server usually has, for a run without configuration.
 * Promise: a log that nobody writes to does not hide the journal that somebody does.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FileSettings } from "./file/file-settings.js";
import { usualWebLogs } from "./file/usual-web-logs.js";
import { journalKind, usualJournals } from "./journal/journal-kind.js";
import { sourceKinds } from "./registry.js";
import type { LookBack, SourceSettings } from "./source.js";

/** What is asked of the server. */
export interface UsualPlaces {
  exists(path: string): boolean;
  /** When a file, or one below a directory, was last written to, in ms since the epoch; undefined: nothing is in it. */
  lastWrittenMs(path: string): number | undefined;
}

/** So much later than a log's last line the journal's may be, where both carry the same events. Less than a look back. */
const lagMs = 12 * 3_600_000;

/** Those that exist, of each kind of source; the journal where a log lags behind it, too. Those of web servers come last. */
export function usualLogs(firstRun: LookBack, places: UsualPlaces = realPlaces): SourceSettings[] {
  const web = usualWebLogs(firstRun, (path) => places.exists(path));
  return [...usualSystemLogs(firstRun, places), ...(web ? [web] : [])];
}

function usualSystemLogs(firstRun: LookBack, places: UsualPlaces): SourceSettings[] {
  const settings: SourceSettings[] = [];
  const exists = (path: string): boolean => places.exists(path);
  for (const kind of sourceKinds) {
    const usual = kind.usualSettings(firstRun, exists, settings);
    if (usual) settings.push(usual);
  }
  const logs = settings.find((one): one is FileSettings => one.kind === "file");
  const silent = logs?.paths.find((path) => isSilent(path, places));
  const journal = silent === undefined ? undefined : journalKind.usualSettings(firstRun, exists, []);
  if (silent === undefined || !journal) return settings;
  const reason = {
    where: silent,
    what: "nobody writes to it, while the journal goes on",
    done: "the journal is read, too",
    about: "silent source" as const,
  };
  // After the logs, before accounting: as it stands in the registry.
  return settings.flatMap((one) => (one === logs ? [one, { ...journal, reason }] : [one]));
}

function isSilent(path: string, places: UsualPlaces): boolean {
  const journalMs = Math.max(...usualJournals.map((directory) => places.lastWrittenMs(directory) ?? 0));
  // A log that was rotated a moment ago is empty.
  const logMs = Math.max(...[path, `${path}.1`].map((one) => places.lastWrittenMs(one) ?? 0));
  return journalMs - logMs > lagMs;
}

const realPlaces: UsualPlaces = { exists: existsSync, lastWrittenMs };

/** How deep journals lie: a directory for each machine. */
const deepest = 2;

function lastWrittenMs(path: string, depth = deepest): number | undefined {
  try {
    const stats = statSync(path);
    if (!stats.isDirectory()) return stats.size > 0 ? stats.mtimeMs : undefined;
    if (depth === 0) return undefined;
    const times = readdirSync(path).map((name) => lastWrittenMs(join(path, name), depth - 1) ?? 0);
    return times.length > 0 ? Math.max(...times) : undefined;
  } catch {
    // Missing, or not to be looked at: nothing is known of it.
    return undefined;
  }
}
