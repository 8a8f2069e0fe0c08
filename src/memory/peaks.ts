/**
 * The most that an hour of each of the last four weeks had.
 * Promise: two numbers a week, whatever comes; a week that is yet to come is of a clock that was wrong, and does not count.
 */

/** The week, counted since the epoch, and the most an hour in it. Plain data, as it is stored. */
export type Peaks = readonly (readonly [number, number])[];

const weekMs = 7 * 86_400_000;
const weeksKept = 4;

/** With what an hour that ended now had. */
export function withPeak(peaks: Peaks, perHour: number, nowMs: number): Peaks {
  const week = weekOf(nowMs);
  const before = peaks.find(([of]) => of === week)?.[1] ?? 0;
  const others = recentPeaks(peaks, nowMs).filter(([of]) => of < week);
  return [...others, [week, Math.max(before, perHour)] as const];
}

/** Without those of weeks that are over for long. */
export function recentPeaks(peaks: Peaks, nowMs: number): Peaks {
  const week = weekOf(nowMs);
  return peaks.filter(([of]) => of <= week && of > week - weeksKept);
}

/** Of all these weeks; 0 where there are none. */
export function mostOf(peaks: Peaks): number {
  return Math.max(0, ...peaks.map(([, peak]) => peak));
}

function weekOf(timeMs: number): number {
  return Math.floor(timeMs / weekMs);
}

/** Whether a parsed item is such a pair. */
export const isPeak = (value: unknown): value is Peaks[number] =>
  Array.isArray(value) && value.length === 2 && isNumberFrom0(value[0]) && isNumberFrom0(value[1]);

const isNumberFrom0 = (value: unknown): boolean =>
  typeof value === "number" && Number.isFinite(value) && value >= 0;
