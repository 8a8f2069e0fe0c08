/**
 * Holds every shipped rule to its proof.
 * Promise: each line has the outcome that its file's name says, and no rule is there without a line that needs it.
 */

import { expect } from "chai";
import { keysOf, keyText } from "./keys.js";
import { matcherOf } from "./matcher.js";
import { isIgnoring, layersAt, outcome, proofLines, shippedRules } from "./shipped.js";
import type { Outcome, ProofLine, ShippedRule } from "./shipped.js";

const rules = shippedRules();
const proof = proofLines();
const match = matcherOf(rules);
const keyOf = keysOf(rules);

/** What becomes of a line once what it tells of is known. */
function onceKnown(expected: Outcome): Outcome {
  return expected === "first-seen" ? "ignored" : expected;
}

function keyShown(text: string, matching: readonly ShippedRule[]): string {
  const key = keyOf(text, matching);
  return key === undefined ? "" : keyText(key);
}

function shown(line: ProofLine): string {
  return `${line.layer}/${line.program}.${line.expected}: ${line.text}`;
}

describe("shipped rules", () => {
  it("give each line the outcome that its file's name says", () => {
    const wrong = proof.filter(
      (line) =>
        line.expected !== "kept" && outcome(match(line.text), line.layer) !== onceKnown(line.expected),
    );
    expect(wrong.map(shown)).to.deep.equal([]);
  });

  it("tell what is first seen: no line that is dropped makes it known", () => {
    const known = new Set(
      proof
        .filter(({ expected }) => expected === "ignored")
        .flatMap(({ text }) => keyOf(text, match(text)) ?? [])
        .map(keyText),
    );
    const wrong = proof.filter(({ expected, text }) => {
      if (expected !== "first-seen") return false;
      const key = keyOf(text, match(text));
      return key === undefined || known.has(keyText(key));
    });
    expect(wrong.map(shown)).to.deep.equal([]);
  });

  it("leave a kept line alone: no ignoring file's kept line is dropped, no alarming file's raises an alarm", () => {
    const wrong = proof.filter((line) => {
      if (line.expected !== "kept") return false;
      const found = outcome(match(line.text), line.layer);
      return isIgnoring(line.layer)
        ? found === "ignored"
        : match(line.text).some((rule) => rule.layer === line.layer);
    });
    expect(wrong.map(shown)).to.deep.equal([]);
  });

  it("decide a line by a rule of its own file", () => {
    const foreign = proof.filter(
      (line) =>
        line.expected !== "kept" &&
        !match(line.text).some((rule) => rule.layer === line.layer && rule.program === line.program),
    );
    expect(foreign.map(shown)).to.deep.equal([]);
  });

  it("are all needed: without any one some line of its file has no rule, or is not counted or qualified as it says", () => {
    const needed = new Set<ShippedRule>();
    for (const line of proof) {
      if (line.expected === "kept") continue;
      const counted = layersAt(line.layer).filter((layer) =>
        isIgnoring(line.layer) ? isIgnoring(layer) : layer === line.layer,
      );
      const matching = match(line.text).filter((rule) => counted.includes(rule.layer));
      const [first, next] = matching;
      if (first?.program !== line.program) continue;
      const isKeyOther = keyShown(line.text, matching) !== keyShown(line.text, matching.slice(1));
      if (first.directives !== next?.directives || isKeyOther) needed.add(first);
    }
    const idle = rules.filter((rule) => !needed.has(rule));
    expect(idle.map((rule) => `${rule.layer}/${rule.program}:${rule.lineNumber}`)).to.deep.equal([]);
  });

  it("hide a line that should never happen at no level", () => {
    const hidden = proof.filter(
      (line) => line.expected === "never" && outcome(match(line.text), "workstation") !== "never",
    );
    expect(hidden.map(shown)).to.deep.equal([]);
  });

  it("come with lines whose origin is told", () => {
    const untold = proof.filter((line) => !/^(recorded|made by hand)/u.test(line.origin));
    expect(untold.map(shown)).to.deep.equal([]);
  });
});
