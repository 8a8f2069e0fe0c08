/**
 * Turns dates and times of day, as headers write them, into points of time.
 * Promise: a day that there is not, such as 30 February, is no time.
 */

/** Of a month counted from 0. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The latest year's time that is no more than a day after the reference, in the local zone.
 * 29 February may need up to eight years back, around 2100.
 */
export function inLatestYear(
  month: number,
  day: number,
  time: TimeOfDay,
  reference: Date,
): number | undefined {
  const limitMs = reference.getTime() + dayMs;
  const newest = yearOf(limitMs);
  for (let year = newest; year >= newest - 8; year -= 1) {
    const timestampMs = localTime({ year, month, day }, time);
    if (timestampMs !== undefined && timestampMs <= limitMs) return timestampMs;
  }
  return undefined;
}

// A run has one reference, and each line asks for its year.
let lastLimitMs = NaN;
let yearOfLimit = 0;

function yearOf(limitMs: number): number {
  if (limitMs !== lastLimitMs) {
    yearOfLimit = new Date(limitMs).getFullYear();
    lastLimitMs = limitMs;
  }
  return yearOfLimit;
}

// Lines come in the order of time: most share their minute with the one before, and a Date takes 0.3 µs.
let lastMinute = NaN;
let lastMinuteMs = 0;

/** ms since the epoch of a time in the local zone; undefined for a day that there is not. */
export function localTime(date: CivilDate, time: TimeOfDay, millisecond = 0): number | undefined {
  const { year, month, day } = date;
  if (!isDate(date)) return undefined;
  const minute = (((year * 12 + month) * 32 + day) * 24 + time.hour) * 60 + time.minute;
  if (minute !== lastMinute) {
    lastMinuteMs = new Date(year, month, day, time.hour, time.minute).getTime();
    lastMinute = minute;
  }
  return lastMinuteMs + time.second * 1000 + millisecond;
}

/** The same of a time that is so many minutes ahead of UTC. */
export function utcTime(
  date: CivilDate,
  time: TimeOfDay,
  millisecond: number,
  offsetMinutes: number,
): number | undefined {
  const { year, month, day } = date;
  if (!isDate(date)) return undefined;
  return Date.UTC(year, month, day, time.hour, time.minute - offsetMinutes, time.second, millisecond);
}

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Years below 100 mean 19xx to Date, and no log is that old. */
function isDate({ year, month, day }: CivilDate): boolean {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 1 && isLeapYear ? 29 : (daysInMonth[month] ?? 0);
  return year >= 100 && day >= 1 && day <= days;
}
