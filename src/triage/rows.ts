/**
 * Rows of a terminal.
 * Promise: none is wider than the terminal, and all text of logs in them was escaped.
 */
import { wrap } from "../report/render/wrap.js";
import { columnsOf, endOfColumns } from "../std/text/columns.js";

export interface Row {
  /** Printable. */
  readonly text: string;
  readonly look?: "strong" | "reverse";
}

/** Breaks a text anywhere, since a rule has few blanks. In: columns before each row after the first. */
export function broken(text: string, columns: number, indent = 0): string[] {
  const rows: string[] = [];
  let start = 0;
  do {
    const before = rows.length === 0 ? "" : " ".repeat(Math.min(indent, columns >> 1));
    // A character that is wider than the terminal has a row all the same.
    const end = Math.max(endOfColumns(text, start, columns - before.length), start + 1);
    rows.push(before + text.slice(start, end));
    start = end;
  } while (start < text.length);
  return rows;
}

/** Breaks a text of words at blanks. In: what stands before its first row; as many columns stand before the others. */
export function prose(text: string, columns: number, before = ""): string[] {
  const [first, further] = columns > 2 * before.length ? [before, " ".repeat(before.length)] : ["", ""];
  return wrap([{ text }], { width: columns, first, further }).map((runs) =>
    runs.map((run) => run.text).join(""),
  );
}

/** Puts whole words into rows. */
export function flowed(words: readonly string[], columns: number): string[] {
  const rows: string[] = [];
  for (const word of words) {
    const last = rows.at(-1);
    if (last !== undefined && columnsOf(last) + 2 + columnsOf(word) <= columns)
      rows[rows.length - 1] = `${last}  ${word}`;
    else rows.push(word.slice(0, columns));
  }
  return rows;
}

/** At most so many rows; the last says that there are more. */
export function atMost(rows: readonly string[], most: number, columns: number): string[] {
  if (rows.length <= most) return [...rows];
  if (most <= 0) return [];
  const last = rows[most - 1] ?? "";
  return [...rows.slice(0, most - 1), `${last.slice(0, endOfColumns(last, 0, columns - 4))} ...`];
}
