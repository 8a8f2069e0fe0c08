/** The classifier of rules: verdicts by the chunk and by the line, each line counted once against what decided it. */
import { expect } from "chai";
import type { Layer, Verdict } from "../../src/rules/layer.js";
import type { Classifier } from "../../src/rules/classify/classifier.js";
import { createRuleClassifier, reportedLayers } from "../../src/rules/classify/rule-classifier.js";
import { compileRules } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";

const rules: readonly Rule[] = [
  { list: "never", file: "never.d/x", line: 1, text: "alarm" },
  { list: "never.ignore", file: "never.ignore.d/x", line: 1, text: "false alarm" },
  { list: "violation", file: "violations.d/x", line: 1, text: "denied" },
  { list: "ignored", file: "ignore.d/server/x", line: 1, text: "^routine" },
  { list: "ignored", file: "ignore.d/server/x", line: 2, text: "alarm$" },
];

const lines = [
  "routine one",
  "something new",
  "alarm",
  "false alarm",
  "routine but denied",
  "routine alarm! ",
  "",
  "routine two",
];
const layersOfLines: readonly Layer[] = [
  "ignored",
  "remainder",
  "never",
  "ignored",
  "violation",
  "never",
  "remainder",
  "ignored",
];

function classifierFor(...selectedLayers: readonly Layer[]): Classifier<Verdict> {
  const ruleSet = compileRules(rules, { locale: "UTF-8", widensHeaders: true });
  return createRuleClassifier(ruleSet, {
    selectedLayers: selectedLayers.length > 0 ? new Set(selectedLayers) : reportedLayers,
  });
}

function classify(classifier: Classifier<Verdict>, text: string) {
  const bytes = Buffer.from(text, "latin1");
  classifier.buffer.set(bytes);
  const classified = classifier.classify({ kind: "lines", lengthBytes: bytes.length });
  const selected = Array.from({ length: classified.selectedCount }, (_, index) => {
    const line = Buffer.from(classified.line(index)).toString("latin1");
    expect(classified.trueLengthBytes(index)).to.equal(line.length);
    return `${classified.verdict(index).layer}: ${line}`;
  });
  const compact = Buffer.from(classified.compact()).toString("latin1");
  expect(compact).to.equal(selected.map((line) => line.replace(/^\w+: /, "")).join(""));
  return { lineCount: classified.lineCount, selected };
}

function countsByLayer(classifier: Classifier<Verdict>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [{ layer }, count] of classifier.takeCounts()) counts[layer] = (counts[layer] ?? 0) + count;
  return counts;
}

describe("the classifier of rules: bytes in, verdicts out", () => {
  const expected = lines.map((line, index) => `${layersOfLines[index]}: ${line}\n`);
  const counts = { never: 2, violation: 1, remainder: 2, ignored: 3 };

  it("selects what is to be reported, in order, each with its verdict", () => {
    const { lineCount, selected } = classify(classifierFor(), `${lines.join("\n")}\n`);
    expect(lineCount).to.equal(lines.length);
    expect(selected).to.deep.equal(expected.filter((line) => !line.startsWith("ignored")));
  });

  for (const layer of ["never", "violation", "remainder", "ignored"] as const) {
    it(`selects only ${layer} when only that is asked for, and counts all`, () => {
      const classifier = classifierFor(layer);
      expect(classify(classifier, `${lines.join("\n")}\n`).selected).to.deep.equal(
        expected.filter((line) => line.startsWith(layer)),
      );
      expect(countsByLayer(classifier)).to.deep.equal(counts);
    });
  }

  it("a last line without its newline is a line", () => {
    expect(classify(classifierFor(), "routine\nalarm")).to.deep.equal({
      lineCount: 2,
      selected: ["never: alarm"],
    });
  });

  it("one line at a time comes to the same verdicts and counts", () => {
    const classifier = classifierFor();
    const verdicts = lines.map((line) => classifier.verdictOn(Buffer.from(line)).layer);
    expect(verdicts).to.deep.equal(layersOfLines);
    expect(countsByLayer(classifier)).to.deep.equal(counts);
  });

  it("a line that no buffer holds goes the same way, with its true length", () => {
    const classifier = classifierFor();
    const bytes = Buffer.from("alarm at length\n");
    const long = classifier.classify({ kind: "long line", bytes, trueLengthBytes: 20_000_000 });
    expect(long).to.deep.include({ lineCount: 1, selectedCount: 1 });
    expect(long.line(0)).to.equal(bytes);
    expect(long.trueLengthBytes(0)).to.equal(20_000_000);
    expect(long.verdict(0).layer).to.equal("never");
    expect(long.compact()).to.equal(bytes);
    const routine = Buffer.from("routine at length\n");
    const ignored = classifier.classify({ kind: "long line", bytes: routine, trueLengthBytes: 18 });
    expect(ignored).to.deep.include({ lineCount: 1, selectedCount: 0 });
    expect(ignored.compact()).to.have.length(0);
    expect(countsByLayer(classifier)).to.deep.equal({ never: 1, ignored: 1 });
  });

  it("counts each line once against the rule that decided, since the last call", () => {
    const classifier = classifierFor();
    const take = (): Record<string, number> =>
      Object.fromEntries(
        [...classifier.takeCounts()].map(([{ rule }, count]) => [`${rule?.file}:${rule?.line}`, count]),
      );
    classify(classifier, "routine\nroutine alarm\n");
    classify(classifier, "false alarm\nroutine\n");
    expect(take()).to.deep.equal({
      "never.d/x:1": 1,
      "ignore.d/server/x:1": 2,
      "ignore.d/server/x:2": 1,
    });
    expect(take()).to.deep.equal({});
    classify(classifier, "routine\n");
    expect(take()).to.deep.equal({ "ignore.d/server/x:1": 1 });
  });

  it("a line that is read as another is decided by the rules that match either, counted once, and handed out as it was", () => {
    const classifier = classifierFor();
    const read: readonly (readonly [line: string, readAs: string | undefined, layer: Layer])[] = [
      ["{1}", "routine", "ignored"],
      ["{2}", "alarm", "never"],
      ["{3}", "nothing", "remainder"],
      ["routine of its own form", "nothing", "ignored"],
      ["routine and denied", "routine", "violation"],
      ["{false alarm}", "alarm", "ignored"],
      ["routine", undefined, "ignored"],
      ["{4}", "web1: message repeated 5 times: [ alarm]", "never"],
    ];
    const bytes = Buffer.from(read.map(([line]) => `${line}\n`).join(""));
    classifier.buffer.set(bytes);
    const readAs = read.map(([, reading]) => (reading === undefined ? undefined : Buffer.from(reading)));
    const classified = classifier.classify({ kind: "lines", lengthBytes: bytes.length, readAs });
    expect(classified.lineCount).to.equal(read.length);
    const expectedLines = read.filter(([, , layer]) => layer !== "ignored");
    const selected = expectedLines.map((_, index) => [
      Buffer.from(classified.line(index)).toString(),
      Buffer.from(classified.readAs(index) ?? []).toString(),
      classified.verdict(index).layer,
    ]);
    expect(classified.selectedCount).to.equal(selected.length);
    expect(selected).to.deep.equal(
      expectedLines.map(([line, reading, layer]) => [`${line}\n`, reading, layer]),
    );
    expect(Buffer.from(classified.compact()).toString()).to.equal(
      expectedLines.map(([line]) => `${line}\n`).join(""),
    );
    expect(countsByLayer(classifier)).to.deep.equal({ ignored: 4, never: 2, remainder: 1, violation: 1 });
  });

  it("a long line that is read as another is decided so, but not where it was cut", () => {
    const classifier = classifierFor();
    const layerOf = (trueLengthBytes: number): Layer | undefined => {
      const chunk = { kind: "long line", bytes: Buffer.from("{1}\n"), trueLengthBytes } as const;
      const classified = classifier.classify({ ...chunk, readAs: Buffer.from("routine") });
      return classified.selectedCount === 0 ? undefined : classified.verdict(0).layer;
    };
    expect([layerOf(4), layerOf(5)]).to.deep.equal([undefined, "remainder"]);
    expect(countsByLayer(classifier)).to.deep.equal({ ignored: 1, remainder: 1 });
  });

  it("refuses to speak of a line that is not selected", () => {
    const none = classifierFor().classify({ kind: "lines", lengthBytes: 0 });
    expect(() => none.verdict(0)).to.throw(/^bug: /);
  });
});
