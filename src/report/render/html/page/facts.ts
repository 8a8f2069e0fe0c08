/** The sections of the report file that tell of the run. */
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
  VolumeRow,
} from "../../../outline/outline.js";
import { formatCount } from "../../wording.js";
import { element, joined, text, type Markup } from "../markup.js";
import { anchorOf } from "./kinds.js";
import { dataTable, more, phrase, section, type DataRow } from "./pieces.js";

export function notSeen(listed: Listed<NotSeen>): Markup | undefined {
  if (listed.rows.length === 0) return undefined;
  const rows = listed.rows.map(({ what, details }) =>
    element(
      "p",
      {},
      element("b", {}, phrase(what)),
      ...details.map((detail) => joined([text(" "), phrase(detail)])),
    ),
  );
  return section("s-not-seen", "Not seen", "", ...rows, more(listed.more));
}

/** `linked`: the kinds that the page has. */
export function timeline(listed: Listed<Happening>, linked: ReadonlySet<string>): Markup | undefined {
  if (listed.rows.length === 0) return undefined;
  const rows = listed.rows.map(({ time, id, what }) => {
    const anchor = id !== undefined && linked.has(id) ? anchorOf(id) : undefined;
    const said = anchor === undefined ? text(what) : element("a", { href: `#${anchor}` }, text(what));
    return element("li", {}, element("time", {}, text(time)), element("span", {}, said));
  });
  const list = element("ol", { class: "time" }, ...rows);
  return section("s-time", "In order", "all sources", list, more(listed.more));
}

export function inventory(known: Inventory | undefined): Markup | undefined {
  if (known === undefined) return undefined;
  const families = known.families.map(({ family, keys }) =>
    element(
      "details",
      { class: "plain" },
      element("summary", {}, text(family.quoted)),
      element("ul", {}, ...keys.map((key) => element("li", {}, text(key.quoted)))),
    ),
  );
  const count = formatCount(known.keyCount);
  return section("s-known", "Known on this host from now on", count, ...families, more(known.more));
}

export function logins(said: Logins | undefined): Markup | undefined {
  if (said === undefined) return undefined;
  const { sentence, letIn, addresses, users } = said;
  const table = dataTable(
    "Refused logins by address",
    [
      { title: "Address", isNumber: false },
      { title: "Refused", isNumber: true },
    ],
    addresses.rows.map((row) => ({
      cells: [loginText(row), text(formatCount(row.count))],
    })),
  );
  return section(
    "s-logins",
    "Logins",
    "",
    element("p", {}, text(sentence)),
    ...letIn.map((one) => element("p", {}, element("b", { class: "mark" }, text(one)))),
    addresses.rows.length === 0 ? undefined : table,
    more(addresses.more),
    users === undefined ? undefined : element("p", { class: "muted" }, phrase(users)),
  );
}

function loginText({ address, letInAt, note }: LoginRow): Markup {
  const letIn =
    letInAt === undefined
      ? undefined
      : joined([element("br"), element("b", { class: "mark" }, text(`let in at ${letInAt}`))]);
  const about = note === undefined ? undefined : joined([element("br"), text(note.quoted)]);
  return joined([element("code", {}, text(address)), letIn, about]);
}

export function volume({ rows, more: rest }: Listed<VolumeRow>): Markup | undefined {
  if (rows.length === 0) return undefined;
  const table = dataTable(
    "Volume",
    [
      { title: "Source, or what was ignored", isNumber: false },
      { title: "change", isNumber: true },
      { title: "lines", isNumber: true },
      { title: "most before", isNumber: true },
      { title: "up to", isNumber: true },
    ],
    rows.map(({ what, change, lines, most, at }) => ({
      cells: [
        text(what.quoted),
        text(change),
        text(formatCount(lines)),
        text(most === 0 ? "none" : formatCount(most)),
        text(at),
      ],
    })),
  );
  return section("s-volume", "Volume", "lines an hour", table, more(rest));
}

export function ignored(rows: readonly IgnoredRow[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  const table = dataTable(
    "Ignored lines",
    [
      { title: "Counted", isNumber: false },
      { title: "Lines", isNumber: false },
    ],
    rows.map(({ file, by, counts }) => ({
      cells: [
        text(file === undefined ? "by rule file" : [file.quoted, by ?? ""].join(" ").trim()),
        phrase(counts),
      ],
    })),
  );
  return section("s-ignored", "Ignored", "", table);
}

export function ledger({ columns, rows, total, notes }: Ledger): Markup | undefined {
  if (rows.length === 0) return undefined;
  const [read = "read", ...parts] = columns;
  const rowOf = ({ name, figures }: LedgerLine, isTotal: boolean): DataRow => ({
    cells: [phrase(name), ...figures.map((figure) => text(formatCount(figure)))],
    isTotal,
  });
  const table = dataTable(
    "Ledger",
    [{ title: "Source", isNumber: false }, ...columns.map((title) => ({ title, isNumber: true }))],
    [...rows.map((row) => rowOf(row, false)), ...(total ? [rowOf(total, true)] : [])],
  );
  const said = notes.map((note) => element("p", { class: "muted" }, phrase(note)));
  return section("s-ledger", "Ledger", `${read} = ${parts.join(" + ")}`, table, ...said);
}
