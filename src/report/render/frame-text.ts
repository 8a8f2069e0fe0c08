/**
 * Puts into words what stands around the lines of a report: host and time, notices, and what found no room.
 * Promise: whatever is in names, paths and messages, what comes out is printable.
 */
import { formatNotice } from "../../std/notice.js";
import type { PackageChange } from "../../sources/package-changes.js";
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

/** Host, period, counts, and what was installed. */
export function headText(head: HeadBlock): string {
  const { hostname, from, to, headline, packages = [], nameCharacters } = head;
  const period = from ? `${formatDay(from)} ${formatTime(from)} to ${endOf(from, to)}` : endOf(undefined, to);
  const counts = [
    countOf(headline.never, "alarm"),
    countOf(headline.violation, "violation"),
    countOf(headline.remainder, "other line"),
  ].join(", ");
  return (
    `${printableName(hostname, nameCharacters)}, ${period} ${formatOffset(to)}\n` +
    `${counts}. Routine: ${formatCount(headline.ignored)} of ${countOf(headline.read, "line")}.\n` +
    packagesText(packages, nameCharacters)
  );
}

/** The line of packages may have so many times the room of a name. */
const namesOfPackages = 3;

/** In one line: what is new first, then what is gone, then upgrades; those without room are counted. */
function packagesText(packages: readonly PackageChange[], nameCharacters: number): string {
  if (packages.length === 0) return "";
  const ranked = (["installed", "removed", "upgraded"] as const).flatMap((action) =>
    packages.filter((change) => change.action === action),
  );
  let text = "Packages:";
  let [count, action] = [0, ""];
  for (const change of ranked) {
    const { name, from, to } = change;
    const versions = change.action === "upgraded" ? `${from} → ${to}` : (to ?? from);
    const begun = change.action === action ? `, ${name}` : `${count > 0 ? ";" : ""} ${change.action} ${name}`;
    const more = printableName(`${begun} ${versions}`, nameCharacters);
    if (count > 0 && text.length + more.length > namesOfPackages * nameCharacters) break;
    [text, action] = [text + more, change.action];
    count++;
  }
  const left = packages.length - count;
  return `${text}${left > 0 ? `, and ${formatCount(left)} more` : ""}.\n`;
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
