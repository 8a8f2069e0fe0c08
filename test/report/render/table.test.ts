/** Tables of a terminal: columns as long as they fit, and nothing left out where they do not. */
import { expect } from "chai";
import type { Table } from "../../../src/report/render/page.js";
import { setTable } from "../../../src/report/render/table.js";
import { columnsOf } from "../../../src/std/text/columns.js";

const cells = (...texts: string[]) => texts.map((text) => [{ text }]);
const linesOf = (table: Table, width: number): string[] =>
  setTable(table, width).map((line) =>
    line
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  );

const ledger: Table = {
  kind: "table",
  indent: 2,
  headColumns: 1,
  align: ["left", "right", "right", "right", "right"],
  isHeadWhole: false,
  hasNames: true,
  isFlowing: false,
  rows: [
    cells("source", "read", "ignored", "reported", "counted"),
    cells("auth.log", "9,874", "9,660", "4", "210"),
    cells("\u65e5\u8a8c.log", "3", "3", "0", "0"),
    cells("cafe\u0301.log", "1,377", "1,352", "4", "21"),
  ],
};

describe("tables of a terminal", () => {
  it("wide characters take two columns, and what stands on another none", () => {
    expect(linesOf(ledger, 80)).to.deep.equal([
      "  source     read  ignored  reported  counted",
      "  auth.log  9,874    9,660         4      210",
      "  \u65e5\u8a8c.log      3        3         0        0",
      "  cafe\u0301.log  1,377    1,352         4       21",
    ]);
  });

  it("the head of a row stands above the figures where there is no room beside them", () => {
    expect(linesOf(ledger, 41)).to.deep.equal([
      "       read  ignored  reported  counted",
      "  auth.log",
      "      9,874    9,660         4      210",
      "  \u65e5\u8a8c.log",
      "          3        3         0        0",
      "  cafe\u0301.log",
      "      1,377    1,352         4       21",
    ]);
  });

  it("one long head does not move the others", () => {
    const long = "/var/log/apps/with/a/name/that/is/longer.log";
    const lines = linesOf({ ...ledger, rows: [...ledger.rows, cells(long, "1", "1", "0", "0")] }, 60);
    expect(lines.slice(1, 2)).to.deep.equal(["  auth.log  9,874    9,660         4      210"]);
    expect(lines.slice(-2)).to.deep.equal([`  ${long}`, "                1        1         0        0"]);
  });

  it("figures that do not fit at all stand with the names of their columns", () => {
    expect(linesOf({ ...ledger, rows: ledger.rows.slice(0, 2) }, 30)).to.deep.equal([
      "  auth.log",
      "      read 9,874, ignored",
      "      9,660, reported 4,",
      "      counted 210",
    ]);
  });

  const flowing: Table = {
    ...ledger,
    indent: 0,
    headColumns: 2,
    align: ["left", "left", "left"],
    hasNames: false,
    isFlowing: true,
    rows: [
      cells("a81c", "root logged in", "new, 00:52:08, from 203.0.113.200 and elsewhere"),
      cells("d15c", "disk read error x3,000", "all hour"),
    ],
  };

  it("the last column may be broken, and stays a column", () => {
    expect(linesOf(flowing, 62)).to.deep.equal([
      "a81c  root logged in          new, 00:52:08, from",
      "                              203.0.113.200 and elsewhere",
      "d15c  disk read error x3,000  all hour",
    ]);
    for (let width = 20; width <= 132; width += 1)
      for (const table of [flowing, ledger])
        for (const line of linesOf(table, width))
          expect(columnsOf(line), `${width}: ${line}`).to.be.at.most(width);
  });
});
