/**
 * Writes a time as syslog's traditional header does: "Nov 22 01:19:07", local time.
 * Promise: what systems of the same time zone write, to the byte.
 */
import { monthNames } from "./months.js";

// Records come in the order of time: most share their minute with the one before.
let lastMinute = NaN;
let lastPrefix = "";

/** The 15 characters of a time in whole seconds since the epoch. */
export function traditionalTime(epochSeconds: number): string {
  const minute = Math.floor(epochSeconds / 60);
  if (minute !== lastMinute) {
    const date = new Date(minute * 60_000);
    const day = String(date.getDate()).padStart(2);
    lastPrefix = `${monthNames[date.getMonth()]} ${day} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}:`;
    lastMinute = minute;
  }
  return lastPrefix + twoDigits(epochSeconds - minute * 60);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
