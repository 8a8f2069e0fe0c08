/** The account of each source: a table, or a row of figures for each that adds up as it stands. */
import type { Ledger, LedgerLine } from "../outline/outline.js";
import { runsOf, type Page } from "./page.js";
import { formatCount } from "./wording.js";

/** "auth.log  214 = 211 + 3 + 0" under "read = ignored + reported + counted". */
export function ledgerRows(page: Page, { columns, rows, total, notes }: Ledger): void {
  if (rows.length === 0) return;
  page.heading("LEDGER");
  const sum = ([first = "", ...further]: readonly string[]): string => `${first} = ${further.join(" + ")}`;
  page.words(sum(columns), "  ", "    ");
  for (const { name, figures } of [...rows, ...(total ? [total] : [])])
    page.phrase([...name, `  ${sum(figures.map(formatCount))}`], "  ", "    ");
  for (const note of notes) page.phrase(note, "  ", "    ");
}

/** The same in columns, under the names of these. */
export function ledgerTable(page: Page, { columns, rows, total, notes }: Ledger): void {
  if (rows.length === 0) return;
  const [first = "", ...further] = columns;
  page.heading("LEDGER", `${first} = ${further.join(" + ")}`);
  const row = ({ name, figures }: LedgerLine, paint?: "strong") => [
    runsOf(name, paint),
    ...figures.map((figure) => runsOf([formatCount(figure)], paint)),
  ];
  page.table({
    indent: 2,
    headColumns: 1,
    align: ["left", ...columns.map(() => "right" as const)],
    isHeadWhole: false,
    hasNames: true,
    isFlowing: false,
    rows: [
      ["source", ...columns].map((name) => runsOf([name], "quiet")),
      ...rows.map((each) => row(each)),
      ...(total ? [row(total, "strong")] : []),
    ],
  });
  for (const note of notes) page.phrase(note, "  ", "    ");
}
