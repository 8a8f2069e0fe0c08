/**
 * Reads the time stamp that a log line begins with.
 * Promise: at most the first 48 bytes are looked at, so that no line is slow to read; an unknown form is no stamp.
 */

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
const dayMs = 24 * 60 * 60 * 1000;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface CivilTime {
  readonly year: number;
  /** From 0. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/**
 * The stamp of a line whose bytes are latin1. Without an offset it is in local time.
 * A stamp without a year gets the latest that puts it no more than a day after the reference.
 */
export function readStamp(line: string, reference: Date): Stamp | undefined {
  const head = line.length > longestStamp ? line.slice(0, longestStamp) : line;
  const first = head.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return readIso(head) ?? readNginx(head);
  return first === 0x5b ? readApache(head) : readTraditional(head, reference);
}

/** "Nov 22 00:41:26" or "Nov  2 00:41:26" (RFC 3164). */
function readTraditional(head: string, reference: Date): Stamp | undefined {
  const month = months.indexOf(head.slice(0, 3));
  if (month < 0 || head[3] !== " " || head[6] !== " ") return undefined;
  const day = head[4] === " " ? numberAt(head, 5, 1) : numberAt(head, 4, 2);
  const time = timeAt(head, 7);
  if (day === undefined || time === undefined) return undefined;
  const timestampMs = inLatestYear({ ...time, month, day, millisecond: 0 }, reference);
  return timestampMs === undefined ? undefined : { timestampMs, form: "traditional", length: 15 };
}

/** 29 February may need up to eight years back, around 1900 and 2100. */
function inLatestYear(time: Omit<CivilTime, "year">, reference: Date): number | undefined {
  const limitMs = reference.getTime() + dayMs;
  const newest = reference.getFullYear() + 1;
  for (let year = newest; year >= newest - 9; year -= 1) {
    const timestampMs = localTime({ ...time, year });
    if (timestampMs !== undefined && timestampMs <= limitMs) return timestampMs;
  }
  return undefined;
}

/** "2026-11-22T00:41:26.123456+01:00", also with a space for the T, a comma for the dot, Z, or no offset. */
function readIso(head: string): Stamp | undefined {
  if (head[4] !== "-" || head[7] !== "-" || (head[10] !== "T" && head[10] !== " ")) return undefined;
  const date = dateAt(head);
  const time = timeAt(head, 11);
  if (date === undefined || time === undefined) return undefined;
  let length = 19;
  let millisecond = 0;
  if (head[length] === "." || head[length] === ",") {
    const digits = digitsFrom(head, length + 1);
    millisecond = Number(`${digits}000`.slice(0, 3));
    length += 1 + digits.length;
  }
  const civil = { ...date, ...time, millisecond };
  const offset = offsetAt(head, length);
  const timestampMs = offset ? utcTime(civil, offset.minutes) : localTime(civil);
  if (timestampMs === undefined) return undefined;
  return { timestampMs, form: "iso", length: length + (offset?.length ?? 0) };
}

/** "2026/11/22 00:41:26" of nginx' error log. */
function readNginx(head: string): Stamp | undefined {
  if (head[4] !== "/" || head[7] !== "/" || head[10] !== " ") return undefined;
  const date = dateAt(head);
  const time = timeAt(head, 11);
  if (date === undefined || time === undefined) return undefined;
  const timestampMs = localTime({ ...date, ...time, millisecond: 0 });
  return timestampMs === undefined ? undefined : { timestampMs, form: "nginx", length: 19 };
}

/** "[Sun Nov 22 00:41:26.123456 2026]" of Apache's error log. */
function readApache(head: string): Stamp | undefined {
  const month = months.indexOf(head.slice(5, 8));
  const day = numberAt(head, 9, 2);
  const time = timeAt(head, 12);
  if (month < 0 || day === undefined || time === undefined) return undefined;
  const fraction = head[20] === "." ? digitsFrom(head, 21) : undefined;
  const yearStart = fraction === undefined ? 21 : 22 + fraction.length;
  const year = numberAt(head, yearStart, 4);
  if (year === undefined || head[yearStart - 1] !== " " || head[yearStart + 4] !== "]") return undefined;
  const millisecond = Number(`${fraction ?? ""}000`.slice(0, 3));
  const timestampMs = localTime({ ...time, year, month, day, millisecond });
  return timestampMs === undefined ? undefined : { timestampMs, form: "apache", length: yearStart + 5 };
}

function dateAt(head: string) {
  const year = numberAt(head, 0, 4);
  const month = numberAt(head, 5, 2);
  const day = numberAt(head, 8, 2);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return { year, month: month - 1, day };
}

function timeAt(head: string, start: number) {
  if (head[start + 2] !== ":" || head[start + 5] !== ":") return undefined;
  const hour = numberAt(head, start, 2);
  const minute = numberAt(head, start + 3, 2);
  const second = numberAt(head, start + 6, 2);
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return { hour, minute, second };
}

/** "Z", "+01:00" or "+0100". */
function offsetAt(head: string, start: number): { minutes: number; length: number } | undefined {
  const sign = head[start];
  if (sign === "Z") return { minutes: 0, length: 1 };
  if (sign !== "+" && sign !== "-") return undefined;
  const hasColon = head[start + 3] === ":";
  const hours = numberAt(head, start + 1, 2);
  const minutes = numberAt(head, start + (hasColon ? 4 : 3), 2);
  if (hours === undefined || minutes === undefined) return undefined;
  return { minutes: (sign === "-" ? -1 : 1) * (hours * 60 + minutes), length: hasColon ? 6 : 5 };
}

function localTime({ year, month, day, hour, minute, second, millisecond }: CivilTime): number | undefined {
  if (!isDate(year, month, day)) return undefined;
  return new Date(year, month, day, hour, minute, second, millisecond).getTime();
}

function utcTime(time: CivilTime, offsetMinutes: number): number | undefined {
  const { year, month, day, hour, minute, second, millisecond } = time;
  if (!isDate(year, month, day)) return undefined;
  return Date.UTC(year, month, day, hour, minute - offsetMinutes, second, millisecond);
}

/** Years below 100 mean 19xx to Date, and no log is that old. */
function isDate(year: number, month: number, day: number): boolean {
  if (year < 100 || month < 0 || month > 11 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

function numberAt(head: string, start: number, digits: number): number | undefined {
  let number = 0;
  for (let index = start; index < start + digits; index += 1) {
    const digit = head.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

function digitsFrom(head: string, start: number): string {
  let end = start;
  while (head.charCodeAt(end) >= 0x30 && head.charCodeAt(end) <= 0x39) end += 1;
  return head.slice(start, end);
}
