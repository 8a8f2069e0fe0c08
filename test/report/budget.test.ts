/** The budget: however much there is to say, alarms are said first and everything is counted. */
import { expect } from "chai";
import fc from "fast-check";
import { checkLedger } from "../../src/report/ledger.js";
import type { Layer } from "../../src/rules/layer.js";
import type { Group } from "../../src/group/group.js";
import { fitReport, type FittedReport } from "../../src/report/budget.js";
import { buildReport } from "../../src/report/build-report.js";
import type { Budget } from "../../src/report/pages.js";
import { quotedPrintableBytes } from "../../src/report/render/quoted-printable.js";
import { textOf, textRenderer } from "../../src/report/render/text.js";
import { noTallies } from "../../src/report/tallies.js";
import { isLong, seed } from "../support/seed.js";

interface Kinds {
  readonly kinds: number;
  readonly lineBytes: number;
  readonly samples?: number;
  readonly count?: number;
}

function groupsOf(layer: Layer, { kinds, lineBytes, samples = 5, count = 10 }: Kinds): Group[] {
  return Array.from({ length: kinds }, (_, kind) => {
    const lines = Array.from({ length: samples }, (__, index) =>
      `${layer} kind ${kind} line ${index}. `.padEnd(lineBytes, "="),
    );
    return {
      layer,
      shape: `${layer} kind ${kind}!`,
      ...(layer === "never" ? { rule: `never.d/x:${kind}` } : {}),
      count,
      samples: lines.map((line) => ({ source: "log", line, trueLengthBytes: line.length })),
    };
  });
}

/** With what its mails say. */
interface FittedText extends FittedReport {
  readonly texts: readonly string[];
}

function fit(budget: Budget, ...groups: readonly Group[]): FittedText {
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const shown = groups.reduce((sum, { samples }) => sum + samples.length, 0);
  const ledger = [
    { source: "log", read: all, ignored: 0, duplicate: 0, reported: shown, counted: all - shown },
  ];
  const head = {
    hostname: "web1",
    to: new Date(),
    notices: [],
    tallies: noTallies,
    reportFiles: ["/full.gz"],
  };
  const fitted = fitReport(buildReport({ ...head, groups, ledger }), budget, textRenderer);
  return { ...fitted, texts: fitted.pages.map(textOf) };
}

/** What every fitted report keeps, whatever was in it. */
function expectValid(fitted: FittedText, budget: Budget): void {
  expect(fitted.texts.length).to.be.within(1, budget.maxMails);
  for (const text of fitted.texts) expect(quotedPrintableBytes(text)).to.be.at.most(budget.maxBytes);
  checkLedger(fitted.report.ledger);
  const text = fitted.texts.join("");
  for (const { line } of fitted.cut) expect(text.includes(line), line.slice(0, 40)).to.equal(false);
  const shownLines = text
    .split("\n")
    .filter((line) => /^ +(?:never|violation|remainder) kind \d+ line /.test(line));
  expect(shownLines).to.have.length(fitted.report.ledger[0]?.reported ?? 0);
}

const small = { maxBytes: 20_000, maxMails: 2 };

describe("budget: alarms first, everything counted", () => {
  it("what fits is shown whole, in one text", () => {
    const fitted = fit(small, ...groupsOf("never", { kinds: 1, lineBytes: 80 }));
    expectValid(fitted, small);
    expect(fitted.texts).to.have.length(1);
    expect(fitted.cut).to.deep.equal([]);
  });

  it("more than one text's worth goes into the next, nothing cut", () => {
    const fitted = fit(small, ...groupsOf("remainder", { kinds: 20, lineBytes: 80 }));
    expectValid(fitted, small);
    expect(fitted.texts).to.have.length(2);
    expect(fitted.cut).to.deep.equal([]);
  });

  it("noise gives way before alarms: all lines of alarms, at least one of each kind", () => {
    const alarms = groupsOf("never", { kinds: 3, lineBytes: 300 });
    const noise = groupsOf("remainder", { kinds: 60, lineBytes: 100 });
    const fitted = fit(small, ...alarms, ...noise);
    expectValid(fitted, small);
    const text = fitted.texts.join("");
    for (const { samples } of alarms) for (const { line } of samples) expect(text).to.include(line);
    for (const { samples } of noise) expect(text).to.include(samples[0]?.line);
    expect(fitted.cut.length).to.be.greaterThan(0);
    expect(text).to.include("/full.gz");
  });

  it("a kind whose lines find no room keeps its exact count", () => {
    const noise = groupsOf("remainder", { kinds: 100, lineBytes: 900, count: 1234 });
    const fitted = fit(small, ...noise);
    expectValid(fitted, small);
    const text = fitted.texts.join("");
    for (const { shape } of noise) expect(text).to.match(new RegExp(`1,234 lines, not shown: ${shape}\n`));
  });

  it("kinds that find no room at all are counted, and the alarm is still first", () => {
    const alarms = groupsOf("never", { kinds: 1, lineBytes: 100, samples: 1, count: 1 });
    const fitted = fit(
      small,
      ...alarms,
      ...groupsOf("remainder", { kinds: 5000, lineBytes: 100, count: 7, samples: 1 }),
    );
    expectValid(fitted, small);
    const text = fitted.texts.join("");
    expect(fitted.texts[0]).to.include(alarms[0]?.samples[0]?.line);
    const shown = text.match(/7 lines, not shown/g)?.length ?? 0;
    const [, kinds, lines] = /([\d,]+) more kinds of ([\d,]+) lines did not fit/.exec(text) ?? [];
    expect(Number(kinds?.replaceAll(",", "")) + shown).to.equal(5000);
    expect(Number(lines?.replaceAll(",", ""))).to.equal((5000 - shown) * 7);
  });

  it("more alarms than fit: as many as can be, the rest counted", () => {
    const fitted = fit(small, ...groupsOf("never", { kinds: 3000, lineBytes: 200 }));
    expectValid(fitted, small);
    expect(fitted.report.ledger[0]?.reported).to.be.greaterThan(20);
  });

  it("one endless line costs its own kind its words, and no other kind", () => {
    const endless = groupsOf("remainder", { kinds: 40, lineBytes: 65_536, samples: 1, count: 1 });
    const alarm = groupsOf("never", { kinds: 1, lineBytes: 100, samples: 1, count: 1 });
    const other = groupsOf("violation", { kinds: 1, lineBytes: 100, samples: 1, count: 1 });
    const fitted = fit(small, ...alarm, ...other, ...endless);
    expectValid(fitted, small);
    expect(fitted.texts.join(""))
      .to.include(alarm[0]?.samples[0]?.line)
      .and.to.include(other[0]?.samples[0]?.line);
    expect(fitted.cut).to.have.length(40);
  });

  it("without grouping, as many lines as fit, from the first on", () => {
    const lines = groupsOf("remainder", { kinds: 1, lineBytes: 80, samples: 5000, count: 5000 });
    const ungrouped = lines.map((group) => ({ ...group, shape: "" }));
    const fitted = fit(small, ...ungrouped);
    expectValid(fitted, small);
    expect(fitted.report.ledger[0]?.reported).to.be.greaterThan(99);
    expect(fitted.texts[0]).to.include(" remainder kind 0 line 0. ");
  });

  it("without grouping, lines that find no room are counted", () => {
    const lines = groupsOf("remainder", { kinds: 1, lineBytes: 30_000, samples: 3, count: 3 });
    const ungrouped = lines.map((group) => ({ ...group, shape: "" }));
    const fitted = fit(small, ...ungrouped);
    expectValid(fitted, small);
    expect(fitted.texts.join("")).to.include("\n  3 lines, not shown\n");
  });

  it("a budget that holds nothing still gets one text", () => {
    const budget = { maxBytes: 10, maxMails: 1 };
    const fitted = fit(budget, ...groupsOf("never", { kinds: 2, lineBytes: 80 }));
    expect(fitted.texts).to.have.length(1);
    expect(fitted.texts[0]).to.include("20 alarms");
    checkLedger(fitted.report.ledger);
  });
});

describe("budget: the size of a text in quoted-printable", () => {
  const cases: Readonly<Record<string, number>> = { "": 0, "a\n": 3, "=\n": 5, "é\n": 8, "a \n": 6 };
  for (const [text, bytes] of Object.entries(cases)) {
    it(JSON.stringify(text), () => {
      expect(quotedPrintableBytes(text)).to.equal(bytes);
    });
  }
});

describe("budget: whatever is to be said", () => {
  const kinds = (layer: Layer) =>
    fc
      .record({
        kinds: fc.nat(30),
        lineBytes: fc.constantFrom(40, 200, 1500, 9000),
        samples: fc.integer({ min: 1, max: 5 }),
        count: fc.integer({ min: 5, max: 5000 }),
      })
      .map((shape) => groupsOf(layer, shape));

  it("mails stay in their bounds, shown and cut lines are all there are, alarms are cut last", () => {
    const everything = [fc.integer({ min: 2000, max: 50_000 }), fc.integer({ min: 1, max: 4 })] as const;
    const property = fc.property(
      ...everything,
      kinds("never"),
      kinds("violation"),
      kinds("remainder"),
      (maxBytes, maxMails, never, violation, remainder) => {
        const budget = { maxBytes, maxMails };
        const fitted = fit(budget, ...never, ...violation, ...remainder);
        expectValid(fitted, budget);
        const isNoiseShown = /^ +remainder kind \d+ line /m.test(fitted.texts.join(""));
        const isAlarmCut = fitted.cut.some(({ line }) => line.startsWith("never"));
        expect(isNoiseShown && isAlarmCut).to.equal(false);
      },
    );
    fc.assert(property, { seed, numRuns: isLong ? 1000 : 100 });
  });
});
