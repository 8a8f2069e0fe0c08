/**
 * Decides how far back a log is read that has no position.
 * Promise: `first_run` bounds what was there when its setting was first run; what was born later is read whole, in doubt
 * too.
 */
import { dirname } from "node:path";
import type { EarlierRuns, LookBack } from "../source.js";

/** What to do about a log that has no position. */
export interface FirstRun {
  readonly lookBack: LookBack;
  /** Whether it was born after its setting was first run. */
  readonly isNew: boolean;
}

/** The name under which the state keeps when a path or glob was first run. */
export function settingKey(kind: string, pattern: string): string {
  return `${kind} ${pattern}`;
}

export interface Question {
  readonly kind: string;
  readonly path: string;
  /** The path or glob that names the log. */
  readonly pattern: string;
  readonly firstRun: LookBack;
  readonly earlier: EarlierRuns | undefined;
  /** Whether a log of the same pattern has a position. */
  readonly hasKnown: boolean;
  readonly now: Date;
}

/** `bornMs`: when the file was born, in ms since the epoch; 0 where the file system does not say. */
export function firstRunOf(question: Question, bornMs: number): FirstRun {
  const { kind, path, pattern, firstRun, earlier, hasKnown, now } = question;
  const bounded = { lookBack: firstRun, isNew: false };
  if (!earlier) return bounded;
  const since = earlier.settings[settingKey(kind, pattern)];
  // Of a state from before settings were kept, a position of the same pattern is the only sign of an earlier run.
  const isLegacy = Object.keys(earlier.settings).length === 0;
  if (since === undefined) return isLegacy && hasKnown ? whole : bounded;
  const sinceMs = Date.parse(since);
  // It was there at the first run, and could not be read until now: what was written since then is news.
  const wasThere = bornMs > 0 && bornMs < sinceMs && failedBefore(earlier.failedSources, path);
  if (!wasThere || firstRun.kind === "all") return whole;
  const before = firstRun.kind === "duration" ? firstRun.milliseconds : 0;
  return {
    lookBack: { kind: "duration", milliseconds: now.getTime() - sinceMs + before },
    isNew: false,
  };
}

const whole: FirstRun = { lookBack: { kind: "all" }, isNew: true };

/** Whether the path, or a directory that it is in, could not be read by the run before. */
function failedBefore(failed: readonly string[], path: string): boolean {
  const names = new Set(failed);
  for (let one = path; ; one = dirname(one)) {
    if (names.has(one)) return true;
    if (one === dirname(one)) return false;
  }
}
