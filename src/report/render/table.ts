/**
 * Sets the rows of a table in a width.
 * Promise: no cell is left out, and no row is wider than the page but for a head that is not to be broken. Columns stay columns as long as they fit; where they do
 * not, each cell stands with the name of its column.
 */
import { columnsOf } from "../../std/text/columns.js";
import type { Cell, Table } from "./page.js";
import { wrap, type Run } from "./wrap.js";

type Line = readonly Run[];
type Row = readonly Cell[];

const gap = "  ";
/** What stands below the head of its row begins so much further in. */
const belowColumns = 4;
/** A text that may be broken has at least so much room, or the heads of the rows stand above it. */
const leastFlowing = 28;

const widthOf = (cell: Cell): number => cell.reduce((sum, { text }) => sum + columnsOf(text), 0);
const blanks = (columns: number): string => " ".repeat(Math.max(0, columns));
const sumOf = (widths: readonly number[]): number =>
  widths.reduce((sum, each, index) => sum + each + (index === 0 ? 0 : gap.length), 0);

/** In: a table, and the columns of the page. Out: its lines. */
export function setTable(table: Table, width: number): readonly Line[] {
  const { indent, headColumns, hasNames, isFlowing, align, rows } = table;
  const widths = align.map((_, column) => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? []))));
  /** The last cell of a head is not padded before it is known which rows have room for it. */
  const headOf = (row: Row): number =>
    sumOf([...widths.slice(0, headColumns - 1), widthOf(row[headColumns - 1] ?? [])]);
  const tail = widths.slice(headColumns);
  const least = sumOf(isFlowing ? [...tail.slice(0, -1), Math.min(tail.at(-1) ?? 0, leastFlowing)] : tail);
  const heads = rows.slice(hasNames ? 1 : 0).map(headOf);
  const head = Math.max(-1, ...heads.filter((each) => indent + each + gap.length + least <= width));
  const start = head < 0 ? indent + belowColumns : indent + head + gap.length;
  if (start + least > width)
    return rows.slice(hasNames ? 1 : 0).flatMap((row) => spelledOut(table, row, width));

  return rows.flatMap((row, index) => {
    const cells = row.slice(0, headColumns);
    const isBeside = headOf(row) <= head;
    const first: Line = isBeside
      ? [
          { text: blanks(indent) },
          ...aligned(cells, widths, align),
          { text: blanks(head - headOf(row)) + gap },
        ]
      : [{ text: blanks(start) }];
    const [line = [], ...further] = tailLines(table, row, widths, width - start);
    const lines: Line[] = [
      [...first, ...line],
      ...further.map((each): Line => [{ text: blanks(start) }, ...each]),
    ];
    const isAbove = !isBeside && !(hasNames && index === 0);
    return isAbove ? [...headAbove(table, cells, width), ...lines] : lines;
  });
}

/** The cells after the head, in as many lines as the last one needs. */
function tailLines(
  { headColumns, isFlowing, align }: Table,
  row: Row,
  widths: readonly number[],
  width: number,
): Line[] {
  const cells = row.slice(headColumns);
  const [tail, sides] = [widths.slice(headColumns), align.slice(headColumns)];
  if (!isFlowing) return [aligned(cells, tail, sides)];
  const fixed = tail.slice(0, -1);
  const before = fixed.length === 0 ? 0 : sumOf(fixed) + gap.length;
  const flowing = wrap(cells.at(-1) ?? [], { width: width - before, first: "", further: "" });
  return flowing.map((line, index): Line =>
    index > 0 || before === 0
      ? [{ text: blanks(before) }, ...line]
      : [...aligned(cells.slice(0, -1), fixed, sides), { text: gap }, ...line],
  );
}

/** With a gap between them; the last one on the left is not padded. */
function aligned(cells: Row, widths: readonly number[], align: Table["align"]): Run[] {
  return cells.flatMap((cell, column): Run[] => {
    const padding = { text: blanks((widths[column] ?? 0) - widthOf(cell)) };
    const isLast = column === cells.length - 1;
    const set = align[column] === "right" ? [padding, ...cell] : isLast ? cell : [...cell, padding];
    return column === 0 ? [...set] : [{ text: gap }, ...set];
  });
}

function headAbove({ indent, isHeadWhole }: Table, cells: Row, width: number): Line[] {
  const runs = cells.flatMap((cell, index) => (index === 0 ? cell : [{ text: gap }, ...cell]));
  const room = isHeadWhole ? Infinity : width;
  return wrap(runs, { width: room, first: blanks(indent), further: blanks(indent + belowColumns) });
}

/** "auth.log", and below it "read 9,874, ignored 9,660": where not even the columns after the head fit. */
function spelledOut(table: Table, row: Row, width: number): Line[] {
  const { indent, headColumns, hasNames, rows } = table;
  const names = hasNames ? (rows[0] ?? []) : [];
  const runs = row.slice(headColumns).flatMap((cell, index): Run[] => {
    if (widthOf(cell) === 0) return [];
    const name = names[headColumns + index] ?? [];
    const named = name.length > 0 ? [...name, { text: " " }, ...cell] : cell;
    return index === 0 ? [...named] : [{ text: hasNames ? ", " : gap }, ...named];
  });
  const margin = blanks(indent + belowColumns);
  return [
    ...headAbove(table, row.slice(0, headColumns), width),
    ...(runs.length > 0 ? wrap(runs, { width, first: margin, further: margin }) : []),
  ];
}
