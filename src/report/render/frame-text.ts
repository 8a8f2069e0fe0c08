/**
 * Puts into words what frames a report: host and time, notices, and the account of each source.
 * Promise: whatever is in names, paths and messages, what comes out is printable.
 */
import { formatNotice, type Notice } from "../../std/notice.js";
import type { Block } from "../block.js";
import { routineText } from "../routine.js";
import { linesIn, type LedgerRow, type Report } from "../document.js";
import {
  countOf,
  formatCount,
  formatDay,
  formatOffset,
  formatTime,
  headingOf,
  printable,
} from "./wording.js";

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

/** The account of each source, and where the lines are that were only counted. */
export function ledgerText({ ledger, routine, reportFiles }: Report): string {
  if (ledger.length === 0) return "";
  const total = totalOf(ledger);
  const rows = ledger.length > 1 ? [...ledger, total] : ledger;
  const cells = rows.map(({ source, read, ignored, reported, counted }) => [
    printable(source),
    ...[read, ignored, reported, counted].map(formatCount),
  ]);
  const titles = ["", "read", "ignored", "reported", "counted"];
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
  const full = reportFiles.map((path) => `    ${printable(path)}\n`);
  const where =
    total.counted > 0 ? ["\n  Counted lines are only counted above; they stand in full in\n", ...full] : [];
  const twins = ledger.reduce((sum, { duplicate = 0 }) => sum + duplicate, 0);
  const told =
    twins > 0
      ? [`\n  ${formatCount(twins)} of the ignored stand above as another source told of the same event.\n`]
      : [];
  return [headingOf("EVERY LINE ACCOUNTED FOR", "-"), ...table, routineText(routine), ...told, ...where].join(
    "",
  );
}

function totalOf(ledger: readonly LedgerRow[]): LedgerRow {
  const total = { source: "total", read: 0, ignored: 0, reported: 0, counted: 0 };
  for (const row of ledger) {
    total.read += row.read;
    total.ignored += row.ignored;
    total.reported += row.reported;
    total.counted += row.counted;
  }
  return total;
}
