/**
 * Puts the account of each source into words, and below it what the rules ignored.
 * Promise: each row adds up for whoever reads it; a column that is not there is 0 everywhere.
 */
import type { FileTallies } from "../../group/file-tallies.js";
import type { NameCounts } from "../../group/heavy-hitters.js";
import type { LedgerBlock, LedgerRowShown } from "../block.js";
import type { LedgerRow } from "../document.js";
import { rankedCounts, tallyText } from "./tally-text.js";
import { countOf, formatCount, headingOf, printableName } from "./wording.js";

export function ledgerText(block: LedgerBlock): string {
  const { duplicate, counted } = block.total;
  const hasText = (counted > 0 || block.shownCut > 0) && block.reportFiles.length > 0;
  return [
    headingOf("EVERY LINE ACCOUNTED FOR", "-"),
    ...tableLines(block),
    ...talliesLines(block),
    ...(duplicate > 0 ? ["", duplicateLine(duplicate)] : []),
    ...(hasText ? ["", ...countedLines(block)] : []),
  ]
    .map((line, index) => (index === 0 ? line : `${line}\n`))
    .join("");
}

type Column = Exclude<keyof LedgerRow, "source">;

/** Read, ignored and reported are there even where they are 0: a reader looks for them. */
function columnsOf({ duplicate, counted }: LedgerBlock["total"]): readonly Column[] {
  return [
    "read",
    "ignored",
    ...(duplicate > 0 ? (["duplicate"] as const) : []),
    "reported",
    ...(counted > 0 ? (["counted"] as const) : []),
  ];
}

function tableLines({ rows, total, nameCharacters }: LedgerBlock): string[] {
  const columns = columnsOf(total);
  const cellsOf = (name: string, row: Omit<LedgerRow, "source">): string[] => [
    name,
    ...columns.map((column) => formatCount(row[column])),
  ];
  const table = [
    ["", ...columns],
    ...rows.map((row) => cellsOf(nameOf(row, nameCharacters), row)),
    ...(rows.length > 1 ? [cellsOf("total", total)] : []),
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

function nameOf(row: LedgerRowShown, nameCharacters: number): string {
  switch (row.kind) {
    case "source":
      return printableName(row.source, nameCharacters);
    case "idle":
      return countOf(row.sources, "idle source");
    case "others":
      return `and ${countOf(row.sources, "more source")}`;
  }
}

/** "Ignored by the rules for: ssh 1,204, firewall 310", and below it what of them is counted by what. */
function talliesLines({ tallies, maxRuleFiles, nameCharacters }: LedgerBlock): string[] {
  const { ignoredByFile, ignoredByField } = tallies;
  if (maxRuleFiles === 0 || Object.keys(ignoredByFile).length === 0) return [];
  const nameOfFile = (name: string): string => printableName(name, nameCharacters);
  const linesOf = ({ tallies: [first] }: FileTallies): number => (first ? linesIn(first) : 0);
  const ranked = ignoredByField.toSorted((one, other) => linesOf(other) - linesOf(one));
  const lines = ranked
    .slice(0, maxRuleFiles)
    .flatMap(({ file, tallies: ofFile }) =>
      ofFile
        .filter((tally) => Object.keys(tally.counts).length > 0)
        .map((tally) => `    ${nameOfFile(file)} ${tallyText(tally)}`),
    );
  return [
    "",
    `  Ignored by the rules for: ${rankedCounts(ignoredByFile, maxRuleFiles, nameOfFile)}`,
    ...lines,
  ];
}

function linesIn({ counts, others }: NameCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, others);
}

function duplicateLine(duplicate: number): string {
  return duplicate === 1
    ? "  1 line repeats an event already reported from another source."
    : `  ${formatCount(duplicate)} lines repeat events already reported from another source.`;
}

function countedLines({ total, shownCut, reportFiles, maxReportFiles }: LedgerBlock): string[] {
  const { counted } = total;
  const one = (verb: string) => `1 line is ${verb}`;
  const many = (lines: number, verb: string) => `${countOf(lines, "line")} are ${verb}`;
  const whatOf = (lines: number, verb: string) => (lines === 1 ? one(verb) : many(lines, verb));
  const parts = [
    ...(counted > 0 ? [whatOf(counted, "only counted")] : []),
    ...(shownCut > 0 ? [whatOf(shownCut, "shown cut")] : []),
  ];
  const whose = counted + shownCut === 1 ? "its" : "their";
  const place = reportFiles.length === 1 ? "report file" : "report files";
  const named = reportFiles.slice(0, maxReportFiles);
  const rest = reportFiles.length - named.length;
  return [
    `  ${parts.join(", ")}: ${whose} text is in the ${place}`,
    ...named.map((path) => `    ${printableName(path, reportFileCharacters)}`),
    ...(rest > 0 ? [`    ... and ${countOf(rest, "more file")} beside it`] : []),
  ];
}

/** Our own paths, and needed whole. */
const reportFileCharacters = 400;
