/**
 * Puts into words what stands around the lines of a report: host and time, notices, and what found no room.
 * Promise: whatever is in names, paths and messages, what comes out is printable.
 */
import { formatNotice } from "../../std/notice.js";
import type { BlockOf, HeadBlock } from "../block.js";
import {
  countOf,
  formatCount,
  formatDay,
  formatOffset,
  formatTime,
  headingOf,
  printableName,
} from "./wording.js";

/** Host, period and counts. */
export function headText({ hostname, from, to, headline, nameCharacters }: HeadBlock): string {
  const period = from ? `${formatDay(from)} ${formatTime(from)} to ${endOf(from, to)}` : endOf(undefined, to);
  const counts = [
    countOf(headline.never, "alarm"),
    countOf(headline.violation, "violation"),
    countOf(headline.remainder, "other line"),
  ].join(", ");
  return (
    `${printableName(hostname, nameCharacters)}, ${period} ${formatOffset(to)}\n` +
    `${counts}. Routine: ${formatCount(headline.ignored)} of ${countOf(headline.read, "line")}.\n`
  );
}

function endOf(from: Date | undefined, to: Date): string {
  const isSameDay = from !== undefined && formatDay(from) === formatDay(to);
  return isSameDay ? formatTime(to) : `${formatDay(to)} ${formatTime(to)}`;
}

export const noticesHeading = headingOf("NOTICES", "-");

/** A notice may have so many times the room of a name. */
const namesOfNotice = 3;

export function noticeText({ notice, nameCharacters }: BlockOf<"notice">): string {
  return `  ${printableName(formatNotice(notice), namesOfNotice * nameCharacters)}\n`;
}

export function moreNoticesText({ count, what, done, nameCharacters }: BlockOf<"more notices">): string {
  const said = printableName(`${what}: ${done}`, namesOfNotice * nameCharacters);
  return `  ... and in ${countOf(count, "more place")}: ${said}\n`;
}

export function omittedNoticesText({ count }: BlockOf<"omitted notices">): string {
  return `  ... and ${countOf(count, "more notice")}\n`;
}

export function omissionText({ groupCount, lines }: BlockOf<"omission">): string {
  return `\n  ${countOf(groupCount, "more kind")} of ${countOf(lines, "line")} did not fit into the mail.\n`;
}

export function omittedAlarmsText({ groupCount, lines }: BlockOf<"omitted alarms">): string {
  const kinds = countOf(groupCount, "more kind of alarm", "more kinds of alarm");
  return `\n  ${kinds}, ${countOf(lines, "line")}, did not fit into the mail. Lines by rule:\n`;
}

/** "    /usr/share/logwinnow/never.d/ssh:12 340, :14 2": a file is named once a row. */
export function omittedRulesText({ rules, nameCharacters }: BlockOf<"omitted rules">): string {
  let file = "";
  const named = rules.map(({ rule, lines }) => {
    const colon = rule.lastIndexOf(":");
    const place = rule.slice(0, colon) === file ? rule.slice(colon) : printableName(rule, nameCharacters);
    file = rule.slice(0, colon);
    return `${place} ${formatCount(lines)}`;
  });
  return `    ${named.join(", ")}\n`;
}

export function moreOmittedRulesText({ count, lines }: BlockOf<"more omitted rules">): string {
  return `    ... and ${countOf(count, "more rule")} with ${countOf(lines, "line")}\n`;
}
