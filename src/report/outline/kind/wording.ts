/**
 * Days, times and spans as mails word them.
 * Promise: ASCII, the same in every locale; times are local, and the zone is named once.
 */
import type { Words } from "../../../std/text/byte-string.js";
import { formatDay, formatOffset, formatTime } from "../../render/wording.js";

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "20 Nov"; "20 Nov 2025" where it is not the year of `today`. */
export function dayWords(date: Date, today: Date): Words {
  const year = date.getFullYear() === today.getFullYear() ? "" : ` ${date.getFullYear()}`;
  return `${date.getDate()} ${months[date.getMonth()]}${year}`;
}

/** "Sun 22 Nov". */
function weekdayWords(date: Date, today: Date): Words {
  return `${days[date.getDay()]} ${dayWords(date, today)}`;
}

/** "00:52:08"; on another day than `today` "20 Nov 00:52:08". */
export function timeWords(timeMs: number, today: Date): Words {
  const date = new Date(timeMs);
  const time = formatTime(date);
  return formatDay(date) === formatDay(today) ? time : `${dayWords(date, today)} ${time}`;
}

/** "00:04:19 to 00:58:40", "00:52:08". */
export function spanWords(firstMs: number, lastMs: number, today: Date): Words {
  const [first, last] = [timeWords(firstMs, today), timeWords(lastMs, today)];
  return first === last ? first : `${first} to ${last}`;
}

/** "Sun 22 Nov, 00:00 to 01:00 UTC", "to Sun 22 Nov 01:00 UTC" where no run came before. */
export function periodWords(from: Date | undefined, to: Date): Words {
  const end = `${clock(to)} ${zoneWords(to)}`;
  if (from === undefined) return `to ${weekdayWords(to, to)} ${end}`;
  if (formatDay(from) === formatDay(to)) return `${weekdayWords(to, to)}, ${clock(from)} to ${end}`;
  return `${weekdayWords(from, to)} ${clock(from)} to ${weekdayWords(to, to)} ${end}`;
}

function clock(date: Date): string {
  return formatTime(date).slice(0, 5);
}

function zoneWords(date: Date): string {
  return date.getTimezoneOffset() === 0 ? "UTC" : formatOffset(date);
}
