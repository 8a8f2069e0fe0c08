/** One mail of bounded size: however much there is to say, alarms are said first and everything is counted. */
import { expect } from "chai";
import fc from "fast-check";
import { checkLedger } from "../../src/report/ledger.js";
import { fitReport, type FittedReport } from "../../src/report/outline/fit.js";
import { quotedPrintableBytes } from "../../src/report/render/quoted-printable.js";
import { textForm, textOf } from "../../src/report/render/text.js";
import type { Group } from "../../src/group/group.js";
import type { Layer } from "../../src/rules/layer.js";
import { groupOf, reportOf } from "../support/outline-report.js";
import { isLong, seed } from "../support/seed.js";

interface Kinds {
  readonly kinds: number;
  readonly lineBytes: number;
  readonly samples?: number;
  readonly count?: number;
}

function groupsOf(layer: Layer, { kinds, lineBytes, samples = 5, count = 10 }: Kinds): Group[] {
  return Array.from({ length: kinds }, (_, kind) =>
    groupOf({
      kind: Buffer.from(`${layer[0]}${String(kind).padStart(5, "0")}`).toString("hex"),
      layer,
      shape: `app: ${layer} kind ${kind}`,
      ...(layer === "never" ? { rule: `never.d/x:${kind}` } : {}),
      lines: Array.from({ length: samples }, (__, index) =>
        `Mar  4 10:00:00 db7 app: ${layer} kind ${kind} line ${index}. `.padEnd(lineBytes, "x"),
      ),
      count,
    }),
  );
}

function fit(maxBytes: number, ...groups: readonly Group[]): FittedReport & { readonly text: string } {
  const report = reportOf(groups, { reportFiles: ["/full.gz"] });
  const fitted = fitReport(report, [textForm(maxBytes)]);
  return { ...fitted, text: textOf(fitted.outline) };
}

/** What every fitted report keeps, whatever was in it. */
function expectValid({ text, report, cut }: ReturnType<typeof fit>, maxBytes: number): void {
  expect(quotedPrintableBytes(text)).to.be.at.most(maxBytes);
  checkLedger(report.ledger);
  const shown = text.match(/^ {4}10:00:00 app: [a-z]+ kind \d+ line \d/gm) ?? [];
  expect(shown).to.have.length(report.ledger[0]?.reported ?? 0);
  const { samples } = {
    samples: report.sections.flatMap(({ groups }) => groups.flatMap((one) => one.samples)),
  };
  expect(shown.length + cut.length).to.equal(samples.length);
}

const usual = 64_000;

describe("one mail of bounded size", () => {
  it("shows all of a few alarms", () => {
    const fitted = fit(usual, ...groupsOf("never", { kinds: 3, lineBytes: 90, count: 5 }));
    expectValid(fitted, usual);
    expect(fitted.cut).to.deep.equal([]);
  });

  it("lets noise give way before alarms", () => {
    const alarms = groupsOf("never", { kinds: 30, lineBytes: 300, count: 5 });
    const fitted = fit(20_000, ...alarms, ...groupsOf("remainder", { kinds: 600, lineBytes: 200 }));
    expectValid(fitted, 20_000);
    for (let kind = 0; kind < 30; kind++) expect(fitted.text).to.include(`app: never kind ${kind} line 0.`);
    expect(fitted.text)
      .to.include("/full.gz")
      .and.to.match(/ more kinds, [\d,]+ lines/);
  });

  it("counts kinds that find no room, and tells of how many programs' they are", () => {
    const { outline, text } = fit(usual, ...groupsOf("remainder", { kinds: 5000, lineBytes: 100, count: 7 }));
    const shown = outline.look.rows.length;
    expect(shown).to.equal(25);
    expect(text).to.include(`${(5000 - shown).toLocaleString("en-US")} more kinds, 34,825 lines`);
    expect(outline.byProgram.rows.map(({ facts }) => facts)).to.deep.equal(["5,000 kinds, 35,000 lines"]);
  });

  it("has a row for each of 400 kinds of alarms, and no more than there is room for of their lines", () => {
    const fitted = fit(usual, ...groupsOf("never", { kinds: 400, lineBytes: 1000 }));
    expectValid(fitted, usual);
    expect(fitted.outline.alarmRows.rows).to.have.length(400);
    expect(fitted.report.ledger[0]?.reported).to.be.greaterThan(100);
  });

  it("cuts one endless line, and no other kind loses by it", () => {
    const endless = groupsOf("remainder", { kinds: 20, lineBytes: 65_536, samples: 1, count: 1 });
    const others = (["never", "violation"] as const).flatMap((layer) =>
      groupsOf(layer, { kinds: 1, lineBytes: 100, samples: 1, count: 1 }),
    );
    const fitted = fit(usual, ...endless, ...others);
    expectValid(fitted, usual);
    expect(fitted.text)
      .to.include("app: never kind 0 line 0")
      .and.include("app: violation kind 0 line 0")
      .and.include("[cut, 65,536 bytes]");
    expect(fitted.shortened).to.have.length(20);
  });

  it("has something to say where a mail may hold nothing", () => {
    const { outline, report } = fit(10, ...groupsOf("never", { kinds: 2, lineBytes: 80 }));
    expect(outline.counts.alarms).to.equal(2);
    checkLedger(report.ledger);
  });

  const kinds = (layer: Layer): fc.Arbitrary<Group[]> =>
    fc
      .record({
        kinds: fc.nat(30),
        lineBytes: fc.constantFrom(60, 200, 1500, 9000),
        samples: fc.integer({ min: 1, max: 5 }),
        count: fc.integer({ min: 5, max: 5000 }),
      })
      .map((shape) => groupsOf(layer, shape));

  it("whatever there is: the mail keeps its size, and noise gives way before alarms", () => {
    const property = fc.property(
      fc.integer({ min: 4096, max: 64_000 }),
      kinds("never"),
      kinds("violation"),
      kinds("remainder"),
      (maxBytes, never, violation, remainder) => {
        const fitted = fit(maxBytes, ...never, ...violation, ...remainder);
        expectValid(fitted, maxBytes);
        const isNoiseShown = fitted.outline.look.rows.length > 0;
        const shownAlarms = fitted.outline.alarms.rows.length;
        expect(isNoiseShown && shownAlarms < never.length).to.equal(false);
      },
    );
    fc.assert(property, { seed, numRuns: isLong ? 1000 : 60 });
  });
});

describe("the size of a text in quoted-printable", () => {
  const cases: Readonly<Record<string, number>> = { "": 0, "a\n": 3, "=\n": 5, "é\n": 8, "a \n": 6 };
  for (const [text, bytes] of Object.entries(cases))
    it(JSON.stringify(text), () => {
      expect(quotedPrintableBytes(text)).to.equal(bytes);
    });
});
