/** The ledger in words: the columns that say something, and where the text of counted lines is. */
import { expect } from "chai";
import type { LedgerRow } from "../../../src/report/document.js";
import { frameDetails, ledgerBlocks } from "../../../src/report/frame.js";
import { ledgerText } from "../../../src/report/render/ledger-text.js";
import { noTallies } from "../../../src/report/tallies.js";

const auth = { source: "auth.log", read: 9, ignored: 9, duplicate: 0, reported: 0, counted: 0 };

function lines(
  ledger: readonly LedgerRow[],
  reportFiles: readonly string[] = ["full/1.gz"],
  shownCut = 0,
): string[] {
  const blocks = ledgerBlocks({ ledger, tallies: noTallies, reportFiles }, shownCut, frameDetails[0]);
  return blocks.map(ledgerText).join("").split("\n").slice(3, -1);
}

describe("ledger-text: each row adds up", () => {
  it("read, ignored and reported are there also where they are 0; nothing else is", () => {
    expect(lines([auth])).to.deep.equal([
      "            read  ignored  reported",
      "  auth.log     9        9         0",
    ]);
  });

  it("one line of each sort is spoken of in the singular", () => {
    expect(lines([{ ...auth, ignored: 7, duplicate: 1, counted: 1 }])).to.deep.equal([
      "            read  ignored  duplicate  reported  counted",
      "  auth.log     9        7          1         0        1",
      "",
      "  1 line repeats an event already reported from another source.",
      "",
      "  1 line is only counted: its text is in the report file",
      "    full/1.gz",
    ]);
  });

  it("a column that one source needs is there for all, and for their total", () => {
    const kernel = { ...auth, source: "kern.log", read: 2000, ignored: 0, counted: 2000 };
    expect(lines([auth, kernel], ["full/1.gz", "full/2.gz"])).to.deep.equal([
      "             read  ignored  reported  counted",
      "  auth.log      9        9         0        0",
      "  kern.log  2,000        0         0    2,000",
      "  total     2,009        9         0    2,000",
      "",
      "  2,000 lines are only counted: their text is in the report files",
      "    full/1.gz",
      "    full/2.gz",
    ]);
  });

  it("lines that are shown cut are named beside those that are only counted", () => {
    expect(lines([{ ...auth, ignored: 8, reported: 1 }], ["full/1.gz"], 1)).to.deep.equal([
      "            read  ignored  reported",
      "  auth.log     9        8         1",
      "",
      "  1 line is shown cut: its text is in the report file",
      "    full/1.gz",
    ]);
    expect(lines([{ ...auth, ignored: 4, reported: 2, counted: 3 }], ["full/1.gz"], 2)).to.include(
      "  3 lines are only counted, 2 lines are shown cut: their text is in the report file",
    );
  });

  it("sources that gave nothing share a row, one alone keeps its name", () => {
    const idle = (name: string) => ({ ...auth, source: name, read: 0, ignored: 0 });
    expect(lines([auth, idle("a"), idle("b")])).to.deep.equal([
      "                  read  ignored  reported",
      "  auth.log           9        9         0",
      "  2 idle sources     0        0         0",
      "  total              9        9         0",
    ]);
    expect(lines([auth, idle("a")])).to.include("  a            0        0         0");
  });

  it("a run that writes no report file names none", () => {
    expect(lines([{ ...auth, ignored: 8, counted: 1 }], [])).to.have.length(2);
  });
});
