import { expect } from "chai";
import type { LedgerRow } from "../../../src/report/document.js";
import { ledgerOf, shortestNames } from "../../../src/report/outline/summary/ledger.js";
import { richestLimits } from "../../../src/report/outline/limits.js";
import { plainText } from "../../../src/report/outline/kind/quoted.js";

const row = (source: string, reported = 0): LedgerRow => ({
  source,
  read: 10,
  ignored: 10 - reported,
  duplicate: 0,
  reported,
  counted: 0,
});

describe("the ledger of a mail", () => {
  it("calls a source by the end of its path, as long as needed to tell it from others", () => {
    const paths = ["/var/log/a/error.log", "/var/log/b/error.log", "/var/log/syslog", "journal"];
    expect([...shortestNames(paths).values()].sort()).to.deep.equal([
      "a/error.log",
      "b/error.log",
      "journal",
      "syslog",
    ]);
  });

  it("adds up, also where some sources share a row", () => {
    const ledger = Array.from({ length: 30 }, (_, index) => row(`/var/log/${index}`, index === 29 ? 3 : 0));
    const limits = { ...richestLimits, ledgerRows: 4 };
    const { rows, total, columns } = ledgerOf({ ledger, reportFiles: [] }, 0, limits);
    expect(columns).to.deep.equal(["read", "ignored", "reported", "counted"]);
    expect(rows.map(({ name }) => plainText(name))).to.include.members(["29", "26 more"]);
    const sums = columns.map((_, column) => rows.reduce((sum, line) => sum + (line.figures[column] ?? 0), 0));
    expect(sums).to.deep.equal(total?.figures);
    expect(sums).to.deep.equal([300, 297, 3, 0]);
  });
});
