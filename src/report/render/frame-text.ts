/**
 * Puts into words what stands around the lines of a report: host and time, notices, and what found no room.
 * Promise: whatever is in names, paths and messages, what comes out is printable.
 */
import { formatNotice, type Notice } from "../../std/notice.js";
import type { BlockOf, HeadBlock } from "../block.js";
import {
  countOf,
  formatCount,
  formatDay,
  formatOffset,
  formatTime,
  headingOf,
  printable,
} from "./wording.js";

/** Host, period and counts. */
export function headText({ hostname, from, to, headline }: HeadBlock): string {
  const period = from ? `${formatDay(from)} ${formatTime(from)} to ${endOf(from, to)}` : endOf(undefined, to);
  const counts = [
    countOf(headline.never, "alarm"),
    countOf(headline.violation, "violation"),
    countOf(headline.remainder, "other line"),
  ].join(", ");
  return (
    `${printable(hostname)}, ${period} ${formatOffset(to)}\n` +
    `${counts}. Routine: ${formatCount(headline.ignored)} of ${countOf(headline.read, "line")}.\n`
  );
}

function endOf(from: Date | undefined, to: Date): string {
  const isSameDay = from !== undefined && formatDay(from) === formatDay(to);
  return isSameDay ? formatTime(to) : `${formatDay(to)} ${formatTime(to)}`;
}

export const noticesHeading = headingOf("NOTICES", "-");

export function noticeText(notice: Notice): string {
  return `  ${printable(formatNotice(notice))}\n`;
}

export function moreNoticesText({ count, what, done }: BlockOf<"more notices">): string {
  return `  ${printable(`... and in ${countOf(count, "more place")}: ${what}: ${done}`)}\n`;
}

export function omissionText({ groupCount, lines }: BlockOf<"omission">): string {
  return `\n  ${countOf(groupCount, "more kind")} of ${countOf(lines, "line")} did not fit into the mail.\n`;
}
