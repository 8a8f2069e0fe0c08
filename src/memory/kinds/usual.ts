/**
 * Knows how many lines of a kind are usual.
 * Promise: two numbers a week, whatever comes. Without enough to compare with, nothing is called usual by its number.
 */

import { mostOf, withPeak, type Peaks } from "../peaks.js";

/** Plain data, as it is stored. */
export interface HourlyCounts {
  /** Runs of few hours that had lines of the kind. */
  readonly runs: number;
  /** In these runs, and how many hours they are of. */
  readonly lines: number;
  readonly hours: number;
  /** Lines an hour. */
  readonly peaks: Peaks;
}

export const noCounts: HourlyCounts = { runs: 0, lines: 0, hours: 0, peaks: [] };

/** From so many hours on, what is old counts less and less. */
const mostHours = 1000;
const longestRunHours = 3;

/** In: the lines of a run, and how many hours it is of. */
export function countedRun(
  counts: HourlyCounts,
  run: { readonly lines: number; readonly hours: number; readonly nowMs: number },
): HourlyCounts {
  const hours = Math.max(1, run.hours);
  const peaks = withPeak(counts.peaks, run.lines / hours, run.nowMs);
  // Of a long run it is not known which of its hours had any.
  if (hours > longestRunHours) return { ...counts, peaks };
  const weight = counts.hours > mostHours ? 0.5 : 1;
  return {
    runs: counts.runs + 1,
    lines: counts.lines * weight + run.lines,
    hours: counts.hours * weight + hours,
    peaks,
  };
}

const enoughRuns = 3;

/** Lines an hour, in hours that had any. Undefined while too little is known. */
export function usualPerHour({ runs, lines, hours }: HourlyCounts): number | undefined {
  return runs < enoughRuns ? undefined : lines / hours;
}

/**
 * So many times the most that any hour of four weeks had, and so many lines an hour at least. Measured on 17 machines: of
 * the 95th percentile ten times, and 50 lines, told of 24 hours a month, nearly all of them for nothing.
 */
const timesMost = 5;
const leastLines = 50;

/** Whether a run has more lines than is usual. Where little is known, only many lines are more. */
export function isMoreThanUsual(
  counts: HourlyCounts,
  run: { readonly lines: number; readonly hours: number },
): boolean {
  const rate = run.lines / Math.max(1, run.hours);
  return rate >= leastLines && rate > timesMost * mostOf(counts.peaks);
}
