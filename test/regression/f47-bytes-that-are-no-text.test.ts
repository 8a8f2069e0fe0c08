/** A byte that is no UTF-8 in a free field, as in the name of a directory, took a line from its attention rule. */
import { expect } from "chai";
import { compilePatternSet, type StatesCache } from "../../src/ere/index.js";
import type { Verdict } from "../../src/rules/layer.js";
import { createRuleClassifier, reportedLayers } from "../../src/rules/classify/rule-classifier.js";
import { compileRules } from "../../src/rules/rule-set.js";
import { placeOf, type Rule } from "../../src/rules/rule.js";
import type { RuleList } from "../../src/rules/rule-list.js";
import { proofLines, shippedRules, type Layer } from "../rules/shipped.js";

const listOf = (layer: Layer): RuleList =>
  layer === "never" ? "never" : layer === "violations" ? "violation" : "ignored";

function classifierOf(rules: readonly Rule[]): (line: string) => Verdict {
  const ruleSet = compileRules(rules, { locale: "UTF-8", widensHeaders: true });
  const classifier = createRuleClassifier(ruleSet, { selectedLayers: reportedLayers });
  return (line) => classifier.verdictOn(Buffer.from(line, "latin1"));
}

const ruleOf = (list: RuleList, text: string, line = 1): Rule => ({ list, file: list, line, text });

/** What a wildcard takes and what no class of characters takes all of. */
const anything = ["\xc3\xa9", "\xe2\x82\xac", "~", "Q"];
/** None is UTF-8: alone, cut short, too long, a surrogate, and two in a row. */
const noText = ["\xff", "\x80", "\xc3", "\xe2\x82", "\xc0\xaf", "\xed\xa0\x80", "\xff\xfe"];

describe("F47: bytes that are no UTF-8", function () {
  this.timeout(120_000);

  it("in a field that takes any text leave each shipped attention rule its lines", () => {
    const rules = shippedRules().map(({ layer, program, lineNumber, text }): Rule => ({
      list: listOf(layer),
      file: `${layer}/${program}`,
      line: lineNumber,
      text: Buffer.from(text).toString("latin1"),
    }));
    const verdictOn = classifierOf(rules);
    const provenRules = new Set<string>();
    const lost: string[] = [];
    for (const { text, expected } of proofLines()) {
      if (expected !== "never" && expected !== "violation") continue;
      const line = Buffer.from(text).toString("latin1");
      const { layer, rule } = verdictOn(line);
      const isKept = (changed: string): boolean => verdictOn(changed).layer === layer;
      for (let at = 0; at <= line.length; at++) {
        const replaced = (by: string): string => line.slice(0, at) + by + line.slice(at + 1);
        const inserted = (by: string): string => line.slice(0, at) + by + line.slice(at);
        for (const change of [replaced, inserted]) {
          if (!anything.every((by) => isKept(change(by)))) continue;
          if (rule) provenRules.add(placeOf(rule));
          lost.push(...noText.map(change).filter((changed) => !isKept(changed)));
        }
      }
    }
    expect(lost.slice(0, 20)).to.deep.equal([]);
    const attention = rules.filter(({ list }) => list === "never" || list === "violation");
    // Each rule has a line of proof, and nearly each line goes on with free text.
    expect(provenRules.size).to.be.greaterThan(0.9 * attention.length);
  });

  const wildcards = [".", "[^ ]", "[^[:space:]]", "[^a-c]", "\\W", "\\S", "(.|x)", "[^\xc3\xa9]"];
  const shapes = (wildcard: string): string[] => [
    `dir ${wildcard}+ end`,
    `^dir ${wildcard}* end$`,
    `dir ${wildcard}{1,9} end`,
    `\\<dir ${wildcard}+ end`,
    `(d)ir ${wildcard}+ en\\1`,
  ];
  for (const wildcard of wildcards)
    it(`match ${wildcard} of a rule that raises, and not of one that ignores`, () => {
      for (const shape of shapes(wildcard))
        for (const bytes of noText) {
          const line = `dir ${bytes} end${shape.includes("\\1") ? "d" : ""}`;
          const wanted = shape.replace("end$", "en[d]$");
          expect(classifierOf([ruleOf("never", wanted)])(line).layer, `never: ${wanted}`).to.equal("never");
          expect(classifierOf([ruleOf("violation", wanted)])(line).layer, wanted).to.equal("violation");
          expect(classifierOf([ruleOf("ignored", wanted)])(line).layer, `ignored: ${wanted}`).to.equal(
            "remainder",
          );
          const both = [ruleOf("never", wanted), ruleOf("never.ignore", wanted), ruleOf("ignored", wanted)];
          expect(classifierOf(both)(line).layer, `all: ${wanted}`).to.equal("never");
        }
    });

  it("are told apart where a raising and an ignoring rule begin alike", () => {
    const texts = ["^dir .* end$", "^dir .* end", "^dir [^ ]+ end", "^dir (.|y)+ end", "^d.r .* end$"];
    for (const raising of texts)
      for (const ignoring of texts) {
        const verdictOn = classifierOf([ruleOf("violation", raising), ruleOf("ignored", ignoring, 2)]);
        const ignoringOnly = classifierOf([ruleOf("ignored", ignoring)]);
        expect(verdictOn("dir \xff end").layer, `${raising} ${ignoring}`).to.equal("violation");
        expect(ignoringOnly("dir \xff end").layer).to.equal("remainder");
        expect(ignoringOnly("dir \xc3\xa9 end").layer).to.equal("ignored");
      }
  });

  it("belong to what saved states are known by", () => {
    const stored = new Map<string, Uint8Array>();
    const statesCache: StatesCache = {
      read: (key) => stored.get(key),
      store: (key, automaton) => void stored.set(key, automaton.saveStates()),
    };
    const patterns = [Buffer.from("^dir .* end$")];
    for (const takesAny of [false, true, false, true]) {
      const options = { locale: "UTF-8", trimsTrailingSpace: true, statesCache } as const;
      const { set } = compilePatternSet(patterns, { ...options, takesAnyByte: () => takesAny });
      const scanner = set.scanner({ isSelected: () => true });
      const matched = scanner.matches(scanner.matchLine(Buffer.from("dir \xff end", "latin1"))).length === 1;
      expect(matched).to.equal(takesAny);
      scanner.keepStates();
    }
    expect(stored.size).to.equal(2);
  });
});
