/** The sections of an HTML mail that tell of the run: what was not seen, logins, volume, ledger, and what can be done. */
import type {
  Happening,
  IgnoredRow,
  Inventory,
  Ledger,
  LedgerLine,
  Listed,
  Logins,
  LoginRow,
  NotSeen,
  Outline,
  ProgramRow,
  VolumeRow,
} from "../../../outline/outline.js";
import { formatCount, volumeWords } from "../../wording.js";
import { element, joined, text, type Markup } from "../markup.js";
import { moreLine, timeCell } from "./kinds.js";
import {
  bold,
  code,
  dataTable,
  layoutTable,
  paragraph,
  phrase,
  quoted,
  sectionHeading,
  small,
  withBar,
  words,
  type DataRow,
} from "./pieces.js";
import { inColour } from "./style.js";

export function notSeen({ rows, more }: Listed<NotSeen>): Markup | undefined {
  if (rows.length === 0) return undefined;
  return joined([
    sectionHeading("Not seen"),
    ...rows.map(({ what, details }) =>
      withBar(
        "violation",
        10,
        small("text", element("b", {}, phrase(what))),
        ...details.map((detail) => small("muted", phrase(detail))),
      ),
    ),
    moreLine(more),
  ]);
}

export function timeline({ rows, more }: Listed<Happening>): Markup | undefined {
  if (rows.length === 0) return undefined;
  const cell = "padding:0 0 6px;font-size:15px;line-height:20px";
  return joined([
    sectionHeading("In order", "all sources"),
    layoutTable(
      undefined,
      ...rows.map(({ time, id, what }) => {
        const said = id === undefined ? words(what) : element("b", {}, words(what));
        const colour = id === undefined ? "muted" : "text";
        return element(
          "tr",
          {},
          timeCell(time),
          element("td", { ...inColour(colour, cell), valign: "top" }, said),
        );
      }),
    ),
    moreLine(more),
  ]);
}

export function byProgram({ rows, more }: Listed<ProgramRow>): Markup | undefined {
  if (rows.length === 0) return undefined;
  return joined([
    sectionHeading("By program"),
    dataTable(
      [
        { title: "Program", isNumber: false },
        { title: "New", isNumber: false },
      ],
      rows.map(({ program, facts }) => ({
        cells: [program === undefined ? text("others") : quoted(program), words(facts)],
      })),
    ),
    moreLine(more),
  ]);
}

export function inventory(known: Inventory | undefined): Markup | undefined {
  if (known === undefined) return undefined;
  return joined([
    sectionHeading("Known on this host from now on", formatCount(known.keyCount)),
    ...known.families.map(({ family, keys }) =>
      paragraph(
        "text",
        element("b", {}, quoted(family)),
        ...keys.flatMap((key) => [element("br"), quoted(key)]),
      ),
    ),
    moreLine(known.more),
  ]);
}

export function logins(said: Logins | undefined): Markup | undefined {
  if (said === undefined) return undefined;
  const { sentence, letIn, addresses, users } = said;
  return joined([
    sectionHeading("Logins"),
    paragraph("text", words(sentence)),
    ...letIn.map((one) => paragraph("text", bold("alarm", words(one)))),
    addresses.rows.length === 0
      ? undefined
      : dataTable(
          [
            { title: "Address", isNumber: false },
            { title: "Refused", isNumber: true },
          ],
          addresses.rows.map((row) => ({ cells: [loginText(row), text(formatCount(row.count))] })),
        ),
    moreLine(addresses.more),
    users === undefined ? undefined : paragraph("muted", phrase(users)),
  ]);
}

function loginText({ address, letInAt, note }: LoginRow): Markup {
  return joined([
    code("text", "", words(address)),
    letInAt === undefined
      ? undefined
      : joined([element("br"), bold("alarm", text("let in at "), text(letInAt))]),
    note === undefined ? undefined : joined([element("br"), quoted(note)]),
  ]);
}

export function volume({ rows, more }: Listed<VolumeRow>): Markup | undefined {
  if (rows.length === 0) return undefined;
  return joined([
    sectionHeading("Volume", "lines an hour"),
    ...rows.map((row) =>
      paragraph(
        "text",
        element("b", {}, quoted(row.what)),
        text(" "),
        bold("violation", words(row.change)),
        element("br"),
        words(volumeWords(row)),
      ),
    ),
    moreLine(more),
  ]);
}

export function ignored(rows: readonly IgnoredRow[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  return joined([
    sectionHeading("Ignored", "lines"),
    ...rows.map(({ file, by, counts }) =>
      paragraph(
        "muted",
        file === undefined ? undefined : element("b", {}, quoted(file)),
        by === undefined ? undefined : joined([text(" "), words(by)]),
        text(" "),
        phrase(counts),
      ),
    ),
  ]);
}

export function ledger({ columns, rows, total, notes }: Ledger): Markup | undefined {
  if (rows.length === 0) return undefined;
  const [read = "read", ...parts] = columns;
  const rowOf = ({ name, figures }: LedgerLine, isTotal: boolean): DataRow => ({
    cells: [phrase(name), ...figures.map((figure) => text(formatCount(figure)))],
    isTotal,
  });
  return joined([
    sectionHeading("Ledger", `${read} = ${parts.join(" + ")}`),
    dataTable(
      [{ title: "Source", isNumber: false }, ...columns.map((title) => ({ title, isNumber: true }))],
      [...rows.map((row) => rowOf(row, false)), ...(total ? [rowOf(total, true)] : [])],
    ),
    ...notes.map((note) => element("div", { style: "padding:6px 0 0" }, small("muted", phrase(note)))),
  ]);
}

export function actions({ heading, rows }: Outline["actions"]): Markup | undefined {
  if (rows.length === 0) return undefined;
  return joined([
    sectionHeading("What you can do", heading.replace(/:$/, "")),
    ...rows.map(({ command, does }) =>
      element(
        "div",
        { style: "padding:0 0 10px" },
        code("text", ";font-weight:600", words(command)),
        element("br"),
        element("span", inColour("muted", "font-size:14px;line-height:20px"), words(does)),
      ),
    ),
  ]);
}
