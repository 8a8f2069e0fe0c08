/** What the sections of the report file are made of. Promise: everything can be reached and read without a mouse. */
import type { Words } from "../../../../std/text/byte-string.js";
import type { Phrase, Quoted } from "../../../outline/parts.js";
import { element, joined, text, type Child, type Markup } from "../markup.js";

/** Words of our own and what they quote, both printable by now. */
export function phrase(pieces: Phrase): Markup {
  return joined(pieces.map((piece) => text(plainText(piece))));
}

export function plainText(piece: Words | Quoted): string {
  return typeof piece === "string" ? piece : piece.quoted;
}

/** A section with a heading; `aside` stands after it in small letters. */
export function section(id: string, title: Words, aside: Words, ...children: readonly Child[]): Markup {
  return element("section", { "aria-labelledby": id }, heading(id, title, aside), ...children);
}

export function heading(id: string, title: Words, aside: Words): Markup {
  const small = aside === "" ? undefined : joined([text(" "), element("small", {}, text(aside))]);
  return element("h2", { id }, text(title), small);
}

/** What scrolls sideways, if it must, instead of the page. */
function scrolled(label: Words, ...children: readonly Child[]): Markup {
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, ...children);
}

export interface Column {
  readonly title: Words;
  readonly isNumber: boolean;
}

export interface DataRow {
  /** One for each column; the first is the row's heading. */
  readonly cells: readonly Markup[];
  readonly isTotal?: boolean;
}

/** A table of data, whose first column says what each row is about. */
export function dataTable(label: Words, columns: readonly Column[], rows: readonly DataRow[]): Markup {
  const number = (index: number): string | undefined => (columns[index]?.isNumber ? "number" : undefined);
  const head = columns.map(({ title }, index) =>
    element("th", { scope: "col", class: number(index) }, text(title)),
  );
  const body = rows.map(({ cells, isTotal = false }) =>
    element(
      "tr",
      { class: isTotal ? "total" : undefined },
      ...cells.map((cell, index) =>
        index === 0 ? element("th", { scope: "row" }, cell) : element("td", { class: number(index) }, cell),
      ),
    ),
  );
  return scrolled(
    label,
    element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)),
  );
}

export function more(said: Words | undefined): Markup | undefined {
  return said === undefined ? undefined : element("p", { class: "muted" }, text(said));
}
