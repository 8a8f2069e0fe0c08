/** The sieve: verdicts by the chunk and by the line, each line counted once against what decided it. */
import { expect } from "chai";
import type { Layer } from "../../src/rules/layer.js";
import { createSieve, reportedLayers, type Sieve } from "../../src/rules/rule-classifier.js";
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

function sieveFor(...selectedLayers: readonly Layer[]): Sieve {
  const ruleSet = compileRules(rules, { locale: "UTF-8", widensHeaders: true });
  return createSieve(ruleSet, {
    selectedLayers: selectedLayers.length > 0 ? new Set(selectedLayers) : reportedLayers,
  });
}

function sift(sieve: Sieve, text: string) {
  const { chunk } = sieve;
  const bytes = Buffer.from(text, "latin1");
  chunk.set(bytes);
  const { lineCount, selectedCount, starts, ends, verdict } = sieve.sift(bytes.length);
  const selected = Array.from({ length: selectedCount }, (_, index) => {
    const line = Buffer.from(chunk.buffer, chunk.byteOffset).toString("latin1", starts[index], ends[index]);
    return `${verdict(index).layer}: ${line}`;
  });
  return { lineCount, selected };
}

describe("sieve: bytes in, verdicts out", () => {
  const expected = lines.map((line, index) => `${layersOfLines[index]}: ${line}\n`);

  it("lists what is to be reported, in order, each with its verdict", () => {
    const { lineCount, selected } = sift(sieveFor(), `${lines.join("\n")}\n`);
    expect(lineCount).to.equal(lines.length);
    expect(selected).to.deep.equal(expected.filter((line) => !line.startsWith("ignored")));
  });

  for (const layer of ["never", "violation", "remainder", "ignored"] as const) {
    it(`lists only ${layer} when only that is asked for, and counts all`, () => {
      const sieve = sieveFor(layer);
      expect(sift(sieve, `${lines.join("\n")}\n`).selected).to.deep.equal(
        expected.filter((line) => line.startsWith(layer)),
      );
      expect(sieve.layerCounts()).to.deep.equal({ never: 2, violation: 1, remainder: 2, ignored: 3 });
    });
  }

  it("a last line without its newline is a line", () => {
    expect(sift(sieveFor(), "routine\nalarm")).to.deep.equal({ lineCount: 2, selected: ["never: alarm"] });
  });

  it("one line at a time comes to the same verdicts and counts", () => {
    const sieve = sieveFor();
    const verdicts = lines.map((line) => sieve.siftLine(Buffer.from(line)).layer);
    expect(verdicts).to.deep.equal(layersOfLines);
    expect(sieve.layerCounts()).to.deep.equal({ never: 2, violation: 1, remainder: 2, ignored: 3 });
  });

  it("counts each line against the rule that decided, over all chunks", () => {
    const sieve = sieveFor();
    sift(sieve, "routine\nroutine alarm\n");
    sift(sieve, "false alarm\nroutine\n");
    const counts = [...sieve.ruleCounts()].map(([rule, count]) => [`${rule.file}:${rule.line}`, count]);
    expect(Object.fromEntries(counts)).to.deep.equal({
      "never.d/x:1": 1,
      "ignore.d/server/x:1": 2,
      "ignore.d/server/x:2": 1,
    });
  });

  it("refuses to speak of a line that is not selected", () => {
    const sieve = sieveFor();
    const { verdict } = sieve.sift(0);
    expect(() => verdict(0)).to.throw(/^bug: /);
  });
});
