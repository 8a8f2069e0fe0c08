/**
 * Reads the time stamp that a log line begins with.
 * Promise: at most the first 48 bytes are looked at, so that no line is slow to read; an unknown form is no stamp.
 */
import { inLatestYear, localTime, utcTime, type CivilDate, type TimeOfDay } from "./civil-time.js";
import { readLooseStamp } from "./loose-stamp.js";
import { monthNames } from "./months.js";

export interface Stamp {
  /** ms since the epoch. */
  readonly timestampMs: number;
  /** What kind of header follows. */
  readonly form: "traditional" | "iso" | "nginx" | "apache";
  /** Characters of the line up to what follows the stamp, without a space between. */
  readonly length: number;
}

/** In bytes. */
export const longestStamp = 48;

/**
 * The stamp of a line whose bytes are latin1. Without an offset it is in local time.
 * A stamp without a year gets the latest that puts it no more than a day after the reference.
 */
export function readStamp(line: string, reference: Date): Stamp | undefined {
  const first = line.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39)
    return readIso(line) ?? readNginx(line) ?? readLooseTraditional(line, reference);
  if (first === 0x5b) return readApache(line);
  return readTraditional(line, reference) ?? readLooseTraditional(line, reference);
}

/** "Nov 22 00:41:26" or "Nov  2 00:41:26" (RFC 3164). */
function readTraditional(line: string, reference: Date): Stamp | undefined {
  const month = monthNames.indexOf(line.slice(0, 3));
  if (month < 0 || line[3] !== " " || line[6] !== " ") return undefined;
  const day = line[4] === " " ? numberAt(line, 5, 1) : numberAt(line, 4, 2);
  const time = timeAt(line, 7);
  if (day === undefined || time === undefined || goesOn(line)) return undefined;
  const timestampMs = inLatestYear(month, day, time, reference);
  return timestampMs === undefined ? undefined : { timestampMs, form: "traditional", length: 15 };
}

/** Whether a fraction or a year follows the second. */
function goesOn(line: string): boolean {
  const next = line[15];
  if (next !== " ") return next === "." || next === ",";
  return line[20] === " " && (numberAt(line, 16, 4) ?? 0) >= 1900;
}

/** The other spellings of it: "Nov 2 00:41:26.123", "2026 févr. 22 00:41:26", and the like. */
function readLooseTraditional(line: string, reference: Date): Stamp | undefined {
  const stamp = readLooseStamp(line.slice(0, longestStamp));
  if (stamp === undefined) return undefined;
  const { year, month, day, time, millisecond, length } = stamp;
  const timestampMs =
    year === undefined
      ? inLatestYear(month, day, time, reference)
      : localTime({ year, month, day }, time, millisecond);
  if (timestampMs === undefined) return undefined;
  const fractionMs = year === undefined ? millisecond : 0;
  return { timestampMs: timestampMs + fractionMs, form: "traditional", length };
}

/** "2026-11-22T00:41:26.123456+01:00", also with a space for the T, a comma for the dot, Z, or no offset. */
function readIso(line: string): Stamp | undefined {
  if (line[4] !== "-" || line[7] !== "-" || (line[10] !== "T" && line[10] !== " ")) return undefined;
  const date = dateAt(line);
  const time = timeAt(line, 11);
  if (date === undefined || time === undefined) return undefined;
  let length = 19;
  let millisecond = 0;
  if (line[length] === "." || line[length] === ",") {
    const digits = digitsFrom(line, length + 1);
    millisecond = Number(`${digits}000`.slice(0, 3));
    length += 1 + digits.length;
  }
  const offset = offsetAt(line, length);
  const timestampMs = offset
    ? utcTime(date, time, millisecond, offset.minutes)
    : localTime(date, time, millisecond);
  if (timestampMs === undefined) return undefined;
  return { timestampMs, form: "iso", length: length + (offset?.length ?? 0) };
}

/** "2026/11/22 00:41:26" of nginx' error log. */
function readNginx(line: string): Stamp | undefined {
  if (line[4] !== "/" || line[7] !== "/" || line[10] !== " ") return undefined;
  const date = dateAt(line);
  const time = timeAt(line, 11);
  if (date === undefined || time === undefined) return undefined;
  const timestampMs = localTime(date, time);
  return timestampMs === undefined ? undefined : { timestampMs, form: "nginx", length: 19 };
}

/** "[Sun Nov 22 00:41:26.123456 2026]" of Apache's error log. */
function readApache(line: string): Stamp | undefined {
  const month = monthNames.indexOf(line.slice(5, 8));
  const day = numberAt(line, 9, 2);
  const time = timeAt(line, 12);
  if (month < 0 || day === undefined || time === undefined) return undefined;
  const fraction = line[20] === "." ? digitsFrom(line, 21) : undefined;
  const yearStart = fraction === undefined ? 21 : 22 + fraction.length;
  const year = numberAt(line, yearStart, 4);
  if (year === undefined || line[yearStart - 1] !== " " || line[yearStart + 4] !== "]") return undefined;
  const millisecond = Number(`${fraction ?? ""}000`.slice(0, 3));
  const timestampMs = localTime({ year, month, day }, time, millisecond);
  return timestampMs === undefined ? undefined : { timestampMs, form: "apache", length: yearStart + 5 };
}

function dateAt(line: string): CivilDate | undefined {
  const year = numberAt(line, 0, 4);
  const month = numberAt(line, 5, 2);
  const day = numberAt(line, 8, 2);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return { year, month: month - 1, day };
}

/** "00:41:26" at an index. */
export function timeAt(line: string, start: number): TimeOfDay | undefined {
  if (line[start + 2] !== ":" || line[start + 5] !== ":") return undefined;
  const hour = numberAt(line, start, 2);
  const minute = numberAt(line, start + 3, 2);
  const second = numberAt(line, start + 6, 2);
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return { hour, minute, second };
}

/** "Z", "+01:00" or "+0100". */
export function offsetAt(line: string, start: number): { minutes: number; length: number } | undefined {
  const sign = line[start];
  if (sign === "Z") return { minutes: 0, length: 1 };
  if (sign !== "+" && sign !== "-") return undefined;
  const hasColon = line[start + 3] === ":";
  const hours = numberAt(line, start + 1, 2);
  const minutes = numberAt(line, start + (hasColon ? 4 : 3), 2);
  if (hours === undefined || minutes === undefined) return undefined;
  return { minutes: (sign === "-" ? -1 : 1) * (hours * 60 + minutes), length: hasColon ? 6 : 5 };
}

/** So many digits at an index, as a number. */
export function numberAt(line: string, start: number, digits: number): number | undefined {
  let number = 0;
  for (let index = start; index < start + digits; index += 1) {
    const digit = line.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

/** The digits of a fraction, nine at most: nanoseconds. */
function digitsFrom(line: string, start: number): string {
  let end = start;
  while (end < start + 9 && line.charCodeAt(end) >= 0x30 && line.charCodeAt(end) <= 0x39) end += 1;
  return line.slice(start, end);
}
