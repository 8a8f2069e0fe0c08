/**
 * What the sections of an HTML mail are made of. Space is made by cells of tables, since Word takes it from nothing else.
 * Promise: headings are in order, and tables that only lay out say so to those who have the mail read to them.
 */
import type { Words } from "../../../../std/text/byte-string.js";
import type { Phrase, Quoted } from "../../../outline/parts.js";
import { logText } from "../log-text.js";
import { element, joined, markupOf, text, type Attributes, type Child, type Markup } from "../markup.js";
import type { TextColour } from "../tokens.js";
import { monospace } from "../tokens.js";
import { barOf, breaksWords, codeGround, fonts, inColour, overLine } from "./style.js";

const layout: Attributes = {
  role: "presentation",
  width: "100%",
  cellpadding: 0,
  cellspacing: 0,
  border: 0,
};
const blank = markupOf("&nbsp;");

/** Words of our own. Addresses among them are no links either; times and short words need not be broken up. */
export function words(said: Words): Markup {
  return said.length > 100 || /\w\.\w|::|[a-z]:\w/.test(said) ? logText(said) : text(said);
}

export function quoted({ quoted: said }: Quoted): Markup {
  return logText(said);
}

/** Words and what they quote. */
export function phrase(pieces: Phrase): Markup {
  return joined(pieces.map((piece) => (typeof piece === "string" ? words(piece) : quoted(piece))));
}

/** A table that only lays out. */
export function layoutTable(style: string | undefined, ...rows: readonly Child[]): Markup {
  return element("table", style === undefined ? layout : { ...layout, style }, ...rows);
}

/** A cell across the page, alone in its row. */
export function row(cell: Attributes, ...children: readonly Child[]): Markup {
  return element("tr", {}, element("td", cell, ...children));
}

/** The bar across the top. */
export function topBar(colour: TextColour): Markup {
  return row(barOf(colour, "height:4px;line-height:4px;font-size:1px"), blank);
}

/** A heading of a section; `aside` stands after it in small letters. */
export function sectionHeading(title: Words, aside: Words = ""): Markup {
  const small = inColour("muted", "font-weight:400;font-size:14px");
  return element(
    "h2",
    inColour("text", `margin:24px 0 8px;${fonts.heading}`),
    text(title),
    aside === "" ? undefined : joined([text(" "), element("span", small, words(aside))]),
  );
}

/** What is about one kind, with a bar of its colour at the left. */
export function withBar(colour: TextColour, space: number, ...children: readonly Child[]): Markup {
  return layoutTable(
    undefined,
    row(
      { style: `padding:0 0 ${space}px` },
      layoutTable(
        undefined,
        element(
          "tr",
          {},
          element("td", { ...barOf(colour, "width:3px;font-size:0"), width: 3 }, blank),
          element("td", { style: "padding:0 0 0 11px" }, ...children),
        ),
      ),
    ),
  );
}

/** Log text on its ground. */
export function codeBlock(...lines: readonly Child[]): Markup {
  const cell = codeGround(`padding:6px 10px;${fonts.log};${breaksWords};-ms-word-break:break-all`);
  return layoutTable("margin:6px 0 0", row(cell, ...lines));
}

export function code(colour: TextColour, style: string, ...children: readonly Child[]): Markup {
  return element("code", inColour(colour, `font:13px/20px ${monospace}${style}`), ...children);
}

export function bold(colour: TextColour, ...children: readonly Child[]): Markup {
  return element("b", inColour(colour), ...children);
}

export function paragraph(colour: TextColour, ...children: readonly Child[]): Markup {
  return element("p", inColour(colour, `margin:6px 0;${fonts.small};${breaksWords}`), ...children);
}

/** Small text in a block of its own, closer than a paragraph. */
export function small(colour: TextColour, ...children: readonly Child[]): Markup {
  return element("div", inColour(colour, `${fonts.small};${breaksWords}`), ...children);
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
export function dataTable(columns: readonly Column[], rows: readonly DataRow[]): Markup {
  const cellOf = (index: number, isHead: boolean, weight: number, cell: Markup): Markup => {
    const [isNumber, isFirst] = [columns[index]?.isNumber === true, index === 0];
    const space = `padding:4px ${isNumber ? "0 4px 6px" : "10px 4px 0"};font-weight:${weight};${breaksWords}`;
    const scope = isHead ? { scope: "col" } : isFirst ? { scope: "row" } : {};
    const attributes = {
      ...scope,
      ...overLine(isHead ? "muted" : "text", space),
      align: isNumber ? "right" : "left",
      valign: "top",
    };
    return element(isHead || isFirst ? "th" : "td", attributes, cell);
  };
  return element(
    "table",
    { role: "table", width: "100%", cellpadding: 0, cellspacing: 0, border: 0, style: fonts.figures },
    element("tr", {}, ...columns.map(({ title }, index) => cellOf(index, true, 400, text(title)))),
    ...rows.map(({ cells, isTotal = false }) =>
      element("tr", {}, ...cells.map((cell, index) => cellOf(index, false, isTotal ? 700 : 400, cell))),
    ),
  );
}
