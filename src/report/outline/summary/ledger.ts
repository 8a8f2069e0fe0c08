/**
 * The account of each source, as an outline tells of it.
 * Promise: each row adds up for whoever reads it; a column that is not there is 0 everywhere.
 */
import type { LedgerRow, Report } from "../../document.js";
import { addRows, emptyRow, totalOf } from "../../ledger.js";
import { countOf, formatCount } from "../../render/wording.js";
import type { Text } from "../../../std/text/byte-string.js";
import type { Limits } from "../limits.js";
import type { Ledger, LedgerLine } from "../outline.js";
import type { Phrase } from "../parts.js";
import { quotedName } from "../kind/quoted.js";

type Column = Exclude<keyof LedgerRow, "source">;

export function ledgerOf(
  { ledger, reportFiles }: Pick<Report, "ledger" | "reportFiles">,
  shownCut: number,
  { ledgerRows, nameCharacters }: Limits,
): Ledger {
  const total = totalOf(ledger);
  const columns: readonly Column[] = [
    "read",
    "ignored",
    ...(total.duplicate > 0 ? (["duplicate"] as const) : []),
    "reported",
    "counted",
  ];
  const line = (name: Phrase, row: LedgerRow): LedgerLine => ({
    name,
    figures: columns.map((column) => row[column]),
  });
  const { named, others } = rowsShown(ledger, ledgerRows);
  const names = shortestNames(ledger.map(({ source }) => source));
  return {
    columns,
    rows: [
      ...named.map((row) => line([quotedName(names.get(row.source) ?? row.source, nameCharacters)], row)),
      ...(others.length > 0
        ? [line([`${formatCount(others.length)} more`], others.reduce(addRows, emptyRow("")))]
        : []),
    ],
    ...(ledger.length > 1 && { total: line(["all"], total) }),
    notes: notesOf(total, shownCut, reportFiles),
  };
}

/** All where there is room; else those with most to tell, in their order. */
function rowsShown(
  ledger: readonly LedgerRow[],
  maxRows: number,
): { readonly named: readonly LedgerRow[]; readonly others: readonly LedgerRow[] } {
  if (ledger.length <= maxRows) return { named: ledger, others: [] };
  const told = ({ reported, counted }: LedgerRow): number => reported + counted;
  const ranked = ledger.toSorted((one, other) => told(other) - told(one) || other.read - one.read);
  const chosen = new Set(ranked.slice(0, maxRows));
  return {
    named: ledger.filter((row) => chosen.has(row)),
    others: ledger.filter((row) => !chosen.has(row)),
  };
}

/** By path: its last part, and as many before it as tell it from the others. */
export function shortestNames(paths: readonly Text[]): ReadonlyMap<Text, Text> {
  const tailOf = (path: Text, parts: number): Text => path.split("/").slice(-parts).join("/");
  const names = new Map<Text, Text>();
  let left = [...new Set(paths)];
  for (let parts = 1; left.length > 0 && parts <= maxParts; parts += 1) {
    const uses = new Map<Text, number>();
    for (const path of left) uses.set(tailOf(path, parts), (uses.get(tailOf(path, parts)) ?? 0) + 1);
    const isTold = (path: Text): boolean =>
      uses.get(tailOf(path, parts)) === 1 || tailOf(path, parts) === path;
    for (const path of left) if (isTold(path)) names.set(path, tailOf(path, parts) || path);
    left = left.filter((path) => !isTold(path));
  }
  for (const path of left) names.set(path, path);
  return names;
}

/** Of a path's end; where that is not enough it stands whole. */
const maxParts = 8;

const maxReportFiles = 3;
/** Our own paths, and needed whole. */
const reportFileCharacters = 400;

function notesOf(
  { duplicate, counted }: LedgerRow,
  shownCut: number,
  reportFiles: readonly Text[],
): readonly Phrase[] {
  const hasText = (counted > 0 || shownCut > 0) && reportFiles.length > 0;
  const rest = reportFiles.length - maxReportFiles;
  const cut = shownCut > 0 ? ` ${countOf(shownCut, "line")} shown cut.` : "";
  return [
    ...(duplicate > 0 ? [[`duplicate: of events reported from another source.`]] : []),
    ...(hasText ? [[`What is counted or cut is whole in the report file:${cut === "" ? "" : cut}`]] : []),
    ...(hasText
      ? reportFiles.slice(0, maxReportFiles).map((path) => [quotedName(path, reportFileCharacters)])
      : []),
    ...(hasText && rest > 0 ? [[`and ${countOf(rest, "more file")} beside it`]] : []),
  ];
}
