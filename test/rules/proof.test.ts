/**
 * Holds every shipped rule to its proof.
 * Promise: each line has the outcome that its file's name says, and no rule is there without a line that needs it.
 */

import { expect } from "chai";
import { matchingRules } from "./matcher.js";
import { layersAt, outcome, proofLines, shippedRules } from "./shipped.js";
import type { ShippedRule } from "./shipped.js";

const rules = shippedRules();
const proof = proofLines();
const matching = matchingRules(
  rules,
  proof.map((line) => line.text),
);
const judged = proof.map((line, index) => ({ ...line, matching: matching[index] ?? [] }));

function named(rule: ShippedRule): string {
  return `${rule.layer}/${rule.program}:${rule.lineNumber}`;
}

describe("shipped rules", () => {
  it("each line of proof has the outcome that its file's name says", () => {
    const wrong = judged.filter((line) =>
      line.expected === "kept"
        ? outcome(line.matching, line.layer) ===
          { never: "never", violations: "violation" }[line.layer as string]
        : outcome(line.matching, line.layer) !== line.expected,
    );
    expect(wrong.map((line) => `${line.layer}/${line.program}.${line.expected}: ${line.text}`)).to.deep.equal(
      [],
    );
  });

  it("a kept line of an ignoring level is ignored by no rule", () => {
    const hidden = judged.filter(
      (line) => line.expected === "kept" && outcome(line.matching, line.layer) === "ignored",
    );
    expect(
      hidden
        .filter((line) => line.layer !== "never" && line.layer !== "violations")
        .map((line) => `${line.layer}/${line.program}.kept: ${line.text}`),
    ).to.deep.equal([]);
  });

  it("a line is decided by a rule of its own file", () => {
    const foreign = judged.filter(
      (line) =>
        line.expected !== "kept" &&
        !line.matching.some((rule) => rule.layer === line.layer && rule.program === line.program),
    );
    expect(
      foreign.map((line) => `${line.layer}/${line.program}.${line.expected}: ${line.text}`),
    ).to.deep.equal([]);
  });

  it("taking any one rule away leaves some line of its file without its rule", () => {
    const needed = new Set<ShippedRule>();
    for (const line of judged) {
      if (line.expected === "kept") continue;
      const counted = layersAt(line.layer).filter((layer) =>
        line.expected === "ignored" ? layer !== "never" && layer !== "violations" : layer === line.layer,
      );
      const [only, ...others] = line.matching.filter((rule) => counted.includes(rule.layer));
      if (only !== undefined && others.length === 0 && only.program === line.program) needed.add(only);
    }
    expect(rules.filter((rule) => !needed.has(rule)).map(named)).to.deep.equal([]);
  });

  it("a line that should never happen is hidden at no level", () => {
    const hidden = judged.filter(
      (line) => line.expected === "never" && outcome(line.matching, "workstation") !== "never",
    );
    expect(hidden.map((line) => line.text)).to.deep.equal([]);
  });
});
