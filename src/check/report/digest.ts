/**
 * Says when the digest goes: the mail that tells what is known, and that all is well.
 * Promise: it comes with the first run after its time, however many times were missed, and on a quiet day too.
 */
import type { Parsed } from "../../std/parsed.js";

/** "hourly": each run tells all that it has. "off": what is known waits for the next mail that something new makes. */
export type Digest =
  | { readonly kind: "hourly" }
  | { readonly kind: "off" }
  /** In minutes of the day, by this host's clock. */
  | { readonly kind: "daily"; readonly minute: number }
  /** 0 is Sunday. */
  | { readonly kind: "weekly"; readonly weekday: number; readonly minute: number };

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const usualTime = 7 * 60;

/** In: "daily 07:00", "weekly Mon 07:00", "hourly" or "off"; without a time it is 07:00, without a day Monday. */
export function parseDigest(text: string): Parsed<Digest> {
  const refused = { ok: false, expected: '"daily 07:00", "weekly Mon 07:00", "hourly" or "off"' } as const;
  const [kind, ...words] = text.trim().split(/\s+/);
  if ((kind === "hourly" || kind === "off") && words.length === 0) return { ok: true, value: { kind } };
  if (kind !== "daily" && kind !== "weekly") return refused;
  const named = kind === "weekly" ? weekdays.indexOf(words[0] ?? "") : -1;
  const [time, ...rest] = named < 0 ? words : words.slice(1);
  const minute = time === undefined ? usualTime : minuteOf(time);
  if (minute === undefined || rest.length > 0) return refused;
  return {
    ok: true,
    value: kind === "daily" ? { kind, minute } : { kind, weekday: named < 0 ? 1 : named, minute },
  };
}

function minuteOf(time: string): number | undefined {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** A clock that is corrected by less says nothing. */
const maxClockStepMs = 60_000;

/** In: when a mail last went that could have been the digest; left out: none did. A time in the future does not count. */
export function isDigestDue(digest: Digest, last: Date | undefined, now: Date): boolean {
  if (digest.kind === "hourly") return true;
  if (digest.kind === "off") return false;
  if (last === undefined || last.getTime() > now.getTime() + maxClockStepMs) return true;
  return last < timeBefore(digest, now);
}

/** Undefined where none is to come. */
export function nextDigest(digest: Digest, now: Date): Date | undefined {
  if (digest.kind === "hourly" || digest.kind === "off") return undefined;
  const before = timeBefore(digest, now);
  return onDay(before, digest.kind === "daily" ? 1 : 7, digest.minute);
}

/** The last time that was set for it, which may be now. */
function timeBefore(digest: Extract<Digest, { minute: number }>, now: Date): Date {
  const isDay = (date: Date): boolean => digest.kind === "daily" || date.getDay() === digest.weekday;
  for (let days = 0; ; days++) {
    const date = onDay(now, -days, digest.minute);
    if (date <= now && isDay(date)) return date;
  }
}

function onDay(date: Date, days: number, minute: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 0, minute);
}

const two = (number: number): string => String(number).padStart(2, "0");

/** "digest at 07:00", "digest on Mon at 07:00", "no digest is sent". */
export function digestText(digest: Digest, now: Date): string {
  const next = nextDigest(digest, now);
  if (next === undefined) return "no digest is sent";
  const day = digest.kind === "weekly" ? ` on ${weekdays[next.getDay()]}` : "";
  return `digest${day} at ${two(next.getHours())}:${two(next.getMinutes())}`;
}
