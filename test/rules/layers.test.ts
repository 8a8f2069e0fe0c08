/** The table of layers: what each combination of lists means. */
import { expect } from "chai";
import type { Layer } from "../../src/rules/layer.js";
import { verdictOf } from "../../src/rules/layers.js";
import type { Rule } from "../../src/rules/rule.js";
import type { RuleList } from "../../src/rules/rule-list.js";

function ruleOf(list: RuleList, line = 1): Rule {
  return { list, file: "x", line, text: "x" };
}

const lists: readonly RuleList[] = ["never", "never.ignore", "violation", "violation.ignore", "ignored"];

/** The meaning in words, beside the table: DESIGN's sentences one by one. */
function expectedLayer(has: (list: RuleList) => boolean): Layer {
  if (has("never") && !has("never.ignore")) return "never";
  if (has("violation") && !has("violation.ignore")) return "violation";
  return has("ignored") ? "ignored" : "remainder";
}

describe("layers: what the lists mean together", () => {
  for (let mask = 0; mask < 2 ** lists.length; mask += 1) {
    const matching = lists.filter((_, bit) => mask & (2 ** bit));
    const layer = expectedLayer((list) => matching.includes(list));
    it(`${matching.join(" + ") || "nothing"} is ${layer}`, () => {
      const verdict = verdictOf(matching.map((list) => ruleOf(list)));
      const list = layer === "remainder" ? undefined : layer;
      const cancelledBy = (["never", "violation"] as const)
        .filter((one) => matching.includes(one) && matching.includes(`${one}.ignore`))
        .map((one) => ruleOf(`${one}.ignore`));
      const { cancelledBy: found = [], ...rest } = verdict;
      expect(rest).to.deep.equal(list ? { layer, rule: ruleOf(list) } : { layer });
      expect(found).to.deep.equal(layer === "never" ? [] : cancelledBy);
    });
  }

  it("the first rule of the deciding list decides", () => {
    const matching = [ruleOf("ignored", 1), ruleOf("violation", 2), ruleOf("violation", 3)];
    expect(verdictOf(matching).rule).to.equal(matching[1]);
  });

  it("of ignore rules one that was written for this host decides: it has no condition that a shipped one has", () => {
    const shipped: Rule = { ...ruleOf("ignored", 1), directives: { max: { count: 1, periodMs: 1000 } } };
    const local: Rule = { ...ruleOf("ignored", 2), isLocal: true };
    expect(verdictOf([shipped, local]).rule).to.equal(local);
    expect(verdictOf([ruleOf("never"), local]).layer).to.equal("never");
  });

  it("where conditions can spare a line, the verdict says what it is without the rule", () => {
    const min = { min: { count: 10, periodMs: 3_600_000 } };
    const never: Rule = { ...ruleOf("never"), directives: min };
    const violation: Rule = { ...ruleOf("violation"), directives: min };
    const ignored = ruleOf("ignored");
    expect(verdictOf([never, violation, ignored])).to.deep.equal({
      layer: "never",
      rule: never,
      otherwise: { layer: "violation", rule: violation, otherwise: { layer: "ignored", rule: ignored } },
    });
  });
});
