/**
 * Puts the account of each source into words, and below it what the rules ignored.
 * Promise: each row adds up for whoever reads it; a column that is not there is 0 everywhere.
 */
import type { LedgerBlock } from "../block.js";
import type { LedgerRow } from "../document.js";
import { totalOf } from "../ledger.js";
import type { Tallies } from "../tallies.js";
import { rankedCounts, tallyText } from "./tally-text.js";
import { countOf, formatCount, headingOf, printable } from "./wording.js";

/** Rule files that are named with their count. */
const maxFiles = 12;

export function ledgerText({ ledger, tallies, reportFiles }: LedgerBlock): string {
  const { duplicate, counted } = totalOf(ledger);
  return [
    headingOf("EVERY LINE ACCOUNTED FOR", "-"),
    ...tableLines(ledger),
    ...talliesLines(tallies),
    ...(duplicate > 0 ? ["", duplicateLine(duplicate)] : []),
    ...(counted > 0 && reportFiles.length > 0 ? ["", ...countedLines(counted, reportFiles)] : []),
  ]
    .map((line, index) => (index === 0 ? line : `${line}\n`))
    .join("");
}

type Column = Exclude<keyof LedgerRow, "source">;

/** Read, ignored and reported are there even where they are 0: a reader looks for them. */
function columnsOf({ duplicate, counted }: LedgerRow): readonly Column[] {
  return [
    "read",
    "ignored",
    ...(duplicate > 0 ? (["duplicate"] as const) : []),
    "reported",
    ...(counted > 0 ? (["counted"] as const) : []),
  ];
}

function tableLines(ledger: readonly LedgerRow[]): string[] {
  const total = totalOf(ledger);
  const columns = columnsOf(total);
  const rows = ledger.length > 1 ? [...ledger, total] : ledger;
  const table = [
    ["", ...columns],
    ...rows.map((row) => [printable(row.source), ...columns.map((column) => formatCount(row[column]))]),
  ];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) => {
    const padded = row.map((cell, column) => {
      const width = widths?.[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `  ${padded.join("  ")}`;
  });
}

/** "Ignored by the rules for: ssh 1,204, firewall 310, others 12", and the packets below it. */
function talliesLines({ ignoredByFile, ignoredPackets }: Tallies): string[] {
  if (Object.keys(ignoredByFile).length === 0) return [];
  const packets = ignoredPackets.filter(({ others, counts }) => others > 0 || Object.keys(counts).length > 0);
  return [
    "",
    `  Ignored by the rules for: ${rankedCounts(ignoredByFile, maxFiles)}`,
    ...packets.map((tally) => `    packets ${tallyText(tally)}`),
  ];
}

function duplicateLine(duplicate: number): string {
  return duplicate === 1
    ? "  1 line repeats an event already reported from another source."
    : `  ${formatCount(duplicate)} lines repeat events already reported from another source.`;
}

function countedLines(counted: number, reportFiles: readonly string[]): string[] {
  const lines =
    counted === 1 ? "1 line is only counted: its" : `${countOf(counted, "line")} are only counted: their`;
  const place = reportFiles.length === 1 ? "report file" : "report files";
  return [`  ${lines} text is in the ${place}`, ...reportFiles.map((path) => `    ${printable(path)}`)];
}
