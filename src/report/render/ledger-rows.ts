/** The account of each source: a table where columns stay columns, else one row of figures that add up as it stands. */
import type { Ledger, LedgerLine } from "../outline/outline.js";
import { plainText } from "../outline/kind/quoted.js";
import type { Page } from "./page.js";
import { formatCount } from "./wording.js";

export function ledgerRows(page: Page, ledger: Ledger): void {
  if (ledger.rows.length === 0) return;
  page.heading("LEDGER");
  if (page.style.hasTables) table(page, ledger);
  else sums(page, ledger);
  for (const note of ledger.notes) page.phrase(note, "  ", "    ");
}

/** "auth.log  214 = 211 + 3 + 0" under "read = ignored + reported + counted". */
function sums(page: Page, { columns, rows, total }: Ledger): void {
  const sum = ([first = "", ...further]: readonly string[]): string => `${first} = ${further.join(" + ")}`;
  page.words(sum(columns), "  ", "    ");
  for (const { name, figures } of [...rows, ...(total ? [total] : [])])
    page.phrase([...name, `  ${sum(figures.map(formatCount))}`], "  ", "    ");
}

function table(page: Page, { columns, rows, total }: Ledger): void {
  const cellsOf = ({ name, figures }: LedgerLine): string[] => [plainText(name), ...figures.map(formatCount)];
  const cells = [["source", ...columns], ...rows.map(cellsOf), ...(total ? [cellsOf(total)] : [])];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column + 1]?.length ?? 0)));
  const nameWidth = Math.max(...cells.map(([name = ""]) => name.length));
  for (const [index, [name = "", ...figures]] of cells.entries()) {
    const padded = figures.map((figure, column) => figure.padStart(widths[column] ?? 0));
    const text = `  ${[name.padEnd(nameWidth), ...padded].join("  ")}`;
    const isTotal = total !== undefined && index === cells.length - 1;
    page.line([isTotal ? { text, paint: "strong" } : index === 0 ? { text, paint: "quiet" } : { text }]);
  }
}
