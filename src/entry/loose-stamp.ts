/**
 * Reads the time stamps that are spelled nearly as the traditional one: "Nov 2 00:41:26.123", "22 Nov" in any language, a
 * year before the month, after the day or after the time.
 * Promise: what follows a stamp is never a part of it.
 */
import type { ByteString } from "../std/text/byte-string.js";
import type { TimeOfDay } from "./civil-time.js";
import { monthOf } from "./months.js";

export interface LooseStamp {
  readonly year?: number;
  /** From 0. */
  readonly month: number;
  readonly day: number;
  readonly time: TimeOfDay;
  readonly millisecond: number;
  /** Bytes of the line up to what follows the stamp, without a space between. */
  readonly length: number;
}

/** A year after the time is one only where it begins as one does: a host may be called "4711". */
const spelling =
  /^(?:(\d{4}) )?([^\][ <>{}()=:",/|]{2,24}) ([ \d]?\d) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ((?:19|20)\d\d)(?= ))?(?![^ ])/;

/** In: a line's first bytes, as latin1. */
export function readLooseStamp(head: ByteString): LooseStamp | undefined {
  const found = spelling.exec(head);
  if (!found) return undefined;
  const [all, first, name = "", day, second, hour, minute, seconds, fraction = "", last] = found;
  const month = monthOf(name);
  const time = { hour: Number(hour), minute: Number(minute), second: Number(seconds) };
  // 60 is a leap second.
  if (month === undefined || time.hour > 23 || time.minute > 59 || time.second > 60) return undefined;
  const year = first ?? second ?? last;
  return {
    ...(year !== undefined && { year: Number(year) }),
    month,
    day: Number(day),
    time,
    millisecond: Number(`${fraction}000`.slice(0, 3)),
    length: all.length,
  };
}
