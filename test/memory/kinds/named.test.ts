import { expect } from "chai";
import { newInNewestReport, type NamedKind } from "../../../src/memory/kinds/named.js";
import { noCounts } from "../../../src/memory/kinds/usual.js";

const report = Date.parse("2026-03-04T11:00:02Z");
const earlier = report - 3_600_000;
const told = { ...noCounts, peaks: [[2931, 4]] as const };

function kind(id: string, firstMs: number, lastMs: number, counts: typeof noCounts = told): NamedKind {
  return { id, record: { layer: "remainder", shape: id, firstMs, lastMs, reports: 1, day: 1, counts } };
}

describe("kinds that were new in the newest report", () => {
  it("are those that it told first", () => {
    const kinds = [
      kind("new", report, report),
      kind("known", earlier, report),
      kind("past", earlier, earlier),
    ];
    expect(newInNewestReport(kinds).map(({ id }) => id)).to.deep.equal(["new"]);
  });

  it("are none where it told what was known, or where nothing was told yet", () => {
    expect(newInNewestReport([kind("known", earlier, report), kind("past", earlier, earlier)])).to.deep.equal(
      [],
    );
    expect(newInNewestReport([kind("learnt", earlier, earlier, noCounts)])).to.deep.equal([]);
    expect(newInNewestReport([])).to.deep.equal([]);
  });
});
