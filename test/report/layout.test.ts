/** The layout: data in the order in which it is read, for whatever form of report. */
import { expect } from "chai";
import { sampleOf, type Block } from "../../src/report/block.js";
import { fitReport } from "../../src/report/budget.js";
import { buildReport } from "../../src/report/build-report.js";
import type { Renderer } from "../../src/report/render/renderer.js";
import { sampleParts } from "../support/sample-report.js";

/** A form of report that is not text: each block as a line of JSON, whatever it is. */
const jsonLines: Renderer = {
  contentType: "application/jsonl",
  size: (block) => Buffer.byteLength(`${JSON.stringify(block)}\n`),
  render: (blocks) => Buffer.from(blocks.map((block) => `${JSON.stringify(block)}\n`).join("")),
};

function kindsOf(blocks: readonly Block[]): string {
  return blocks.map(({ kind }) => kind).join(", ");
}

describe("layout: a report as blocks", () => {
  it("begins with head and notices, then the sections from the worst on, and ends with the ledger", () => {
    const { pages } = fitReport(buildReport(sampleParts()), { maxBytes: 2 ** 20, maxMails: 1 }, jsonLines);
    expect(pages).to.have.length(1);
    expect(kindsOf(pages[0] ?? [])).to.equal(
      "head, notices heading, notice, notice, " +
        "section heading, group, group, sample, " +
        "section heading, group, " +
        "section heading, group, group, group, group, sample, sample, sample, sample, more, group, " +
        "group, sample, sample, sample, sample, more, ledger",
    );
  });

  it("is fitted by the sizes that its renderer gives, whatever the form", () => {
    const report = buildReport(sampleParts());
    const whole = jsonLines.render(
      fitReport(report, { maxBytes: 2 ** 20, maxMails: 1 }, jsonLines).pages[0] ?? [],
    );
    const budget = { maxBytes: whole.length - 300, maxMails: 1 };
    const { pages, cut } = fitReport(report, budget, jsonLines);
    expect(pages).to.have.length(1);
    const [page = []] = pages;
    expect(jsonLines.render(page).length).to.be.within(1, budget.maxBytes);
    expect(cut.length).to.be.greaterThan(0);
    const shown = new Set(page.map(sampleOf));
    for (const sample of cut) expect(shown.has(sample), sample.line).to.equal(false);
    const alarms = report.sections[0]?.groups.flatMap(({ samples }) => samples) ?? [];
    for (const sample of alarms) expect(shown.has(sample), sample.line).to.equal(true);
  });
});
