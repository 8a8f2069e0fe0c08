/**
 * Puts a report into plain text.
 * Promise: worst first, each kind of line with its exact count, each source with its account, no raw control byte.
 */
import type { Group, Sample } from "../group/group.js";
import { escaped, escapeLine } from "../std/escape.js";
import { formatNotice, type Notice } from "../std/notice.js";
import type { LedgerRow, Report, Section } from "./report.js";
import { countOf, formatCount, formatDay, formatOffset, formatSpan, formatTime, linesIn } from "./wording.js";

/** How many lines are shown of each group. */
export type SamplesShown = (group: Group) => readonly Sample[];

/** What stays together on one page. */
export interface Block {
  /** Ends in a newline. */
  readonly text: string;
  /** The line that it shows. */
  readonly sample?: Sample;
  /** The group that it begins. */
  readonly opens?: Group;
}

const headings: Readonly<Record<Section["layer"], string>> = {
  never: "SHOULD NEVER HAPPEN",
  violation: "VIOLATIONS",
  remainder: "EVERYTHING ELSE",
  ignored: "ROUTINE",
};

/** Of notices that say the same about different places; a whole file of bad rules must not fill the mail. */
const maxNoticesAlike = 20;

/** Host, time, counts and notices. */
export function headBlocks(report: Report): Block[] {
  const { hostname, from, to, ledger } = report;
  const period = from ? `${formatDay(from)} ${formatTime(from)} to ${endOf(from, to)}` : endOf(undefined, to);
  const { read, ignored } = totalOf(ledger);
  const counts = [
    countOf(linesIn(report, "never"), "alarm"),
    countOf(linesIn(report, "violation"), "violation"),
    countOf(linesIn(report, "remainder"), "other line"),
  ].join(", ");
  const head =
    `${printable(hostname)}, ${period} ${formatOffset(to)}\n` +
    `${counts}. Routine: ${formatCount(ignored)} of ${countOf(read, "line")}.\n`;
  return [{ text: head }, ...noticeBlocks(report.notices)];
}

function endOf(from: Date | undefined, to: Date): string {
  const isSameDay = from !== undefined && formatDay(from) === formatDay(to);
  return isSameDay ? formatTime(to) : `${formatDay(to)} ${formatTime(to)}`;
}

function noticeBlocks(notices: readonly Notice[]): Block[] {
  if (notices.length === 0) return [];
  const alike = new Map<string, Notice[]>();
  for (const notice of notices) {
    const what = `${notice.what}: ${notice.done}`;
    const group = alike.get(what);
    if (group) group.push(notice);
    else alike.set(what, [notice]);
  }
  const shown = [...alike].flatMap(([what, group]) => {
    const first = group.slice(0, maxNoticesAlike).map(formatNotice);
    const rest = group.length - first.length;
    return rest > 0 ? [...first, `... and in ${countOf(rest, "more place")}: ${what}`] : first;
  });
  return [
    { text: headingOf("NOTICES", "-") },
    ...shown.map((notice) => ({ text: `  ${printable(notice)}\n` })),
  ];
}

/** A section's heading, then its groups, each with the lines that are shown of it. */
export function sectionBlocks(section: Section, report: Report, samplesShown: SamplesShown): Block[] {
  const { layer, groups } = section;
  const lines = countOf(linesIn(report, layer), "line");
  const kinds = groups.length > 1 ? ` of ${formatCount(groups.length)} kinds` : "";
  const heading = headingOf(`${headings[layer]}: ${lines}${kinds}`, layer === "never" ? "=" : "-");
  let wasBare = true;
  const blocks = groups.flatMap((group) => {
    const shown = samplesShown(group);
    const isBare =
      isUngrouped(group) || (group.count === 1 && group.rule === undefined && shown.length === 1);
    const gap = isBare && wasBare ? "" : "\n";
    wasBare = isBare;
    return groupBlocks(group, shown, { gap, isBare, today: report.to });
  });
  return [{ text: heading }, ...blocks];
}

/** Without grouping, a section is one group of lines that have nothing in common. */
function isUngrouped({ shape, rule }: Group): boolean {
  return shape === "" && rule === undefined;
}

interface GroupLayout {
  readonly gap: string;
  /** Lines that stand for themselves need no words around them. */
  readonly isBare: boolean;
  readonly today: Date;
}

/** The head and the first line make one block, then each further line its own. */
function groupBlocks(group: Group, shown: readonly Sample[], layout: GroupLayout): Block[] {
  const { gap, isBare } = layout;
  const head = isBare ? "" : `  ${groupHead(group, shown.length, layout)}\n`;
  const indent = isBare ? "  " : "    ";
  const [first, ...further] = shown.map((sample) => ({
    text: `${indent}${sampleText(sample)}\n`,
    sample,
  }));
  if (first === undefined) return [{ text: gap + head, opens: group }];
  const rest = group.count - shown.length;
  const more =
    rest > 0
      ? [{ text: `${indent}... and ${formatCount(rest)} more${isUngrouped(group) ? "" : " like these"}\n` }]
      : [];
  return [{ ...first, text: gap + head + first.text, opens: group }, ...further, ...more];
}

/** "9 lines, 00:01:02 to 00:58:11, by never.d/kernel:3"; the shape where no line is shown. */
function groupHead(group: Group, shownCount: number, { today }: GroupLayout): string {
  const { count, firstMs, lastMs, rule, shape } = group;
  const parts = [countOf(count, "line")];
  if (firstMs !== undefined && lastMs !== undefined && count > 1)
    parts.push(formatSpan(firstMs, lastMs, today));
  if (rule !== undefined) parts.push(`by ${printable(rule)}`);
  if (shownCount === 0) parts.push(`not shown: ${escaped(shape)}`);
  return parts.join(", ");
}

function sampleText({ line, trueLengthBytes }: Sample): string {
  const { text, isSuspicious } = escapeLine(line);
  const hidden = isSuspicious ? " [hidden characters]" : "";
  const cut = trueLengthBytes > line.length ? ` [cut, ${formatCount(trueLengthBytes)} bytes long]` : "";
  return text + hidden + cut;
}

/** The account of each source, and where the lines are that were only counted. */
export function ledgerText({ ledger, fullSets }: Report): string {
  if (ledger.length === 0) return "";
  const total = totalOf(ledger);
  const rows = ledger.length > 1 ? [...ledger, total] : ledger;
  const cells = rows.map(({ source, read, ignored, reported, capped }) => [
    printable(source),
    ...[read, ignored, reported, capped].map(formatCount),
  ]);
  const titles = ["", "read", "ignored", "reported", "capped"];
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const table = [titles, ...cells].map((row) => {
    const padded = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `  ${padded.join("  ")}\n`;
  });
  const full = fullSets.map((path) => `    ${printable(path)}\n`);
  const where =
    total.capped > 0 ? ["\n  Capped lines are only counted above; they stand in full in\n", ...full] : [];
  return [headingOf("EVERY LINE ACCOUNTED FOR", "-"), ...table, ...where].join("");
}

function totalOf(ledger: readonly LedgerRow[]): LedgerRow {
  const total = { source: "total", read: 0, ignored: 0, reported: 0, capped: 0 };
  for (const row of ledger) {
    total.read += row.read;
    total.ignored += row.ignored;
    total.reported += row.reported;
    total.capped += row.capped;
  }
  return total;
}

function headingOf(title: string, underline: string): string {
  return `\n${title}\n${underline.repeat(title.length)}\n`;
}

/** Paths and messages are text, and a hostile file name may stand in them. */
function printable(text: string): string {
  return escaped(Buffer.from(text, "utf8").toString("latin1"));
}
