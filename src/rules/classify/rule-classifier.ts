/**
 * Sorts lines into layers by the rules that match them.
 * Promise: the verdict on a line is that of `layers.ts` on all rules that match it.
 */
import { createClassifier, type Classifier } from "./classifier.js";
import type { Layer, Verdict } from "../layer.js";
import { verdictOf } from "../layers.js";
import type { Rule } from "../rule.js";
import type { RuleSet } from "../rule-set.js";

export interface RuleClassifierOptions {
  /** Lines of these layers are selected; the others are only counted. */
  readonly selectedLayers: ReadonlySet<Layer>;
  /** Further lines to be selected, by their verdict. */
  readonly alsoSelected?: (verdict: Verdict) => boolean;
}

export const reportedLayers: ReadonlySet<Layer> = new Set(["never", "violation", "remainder"]);

export function createRuleClassifier(
  { rules, patterns }: RuleSet,
  { selectedLayers, alsoSelected }: RuleClassifierOptions,
): Classifier<Verdict> {
  const asOne = verdictsAsOne();
  return createClassifier<Verdict>(patterns, {
    verdictOf(matches) {
      const verdict = verdictOf(matches.flatMap((index) => rules[index] ?? []));
      return asOne(matches.some((index) => index >= rules.length) ? { ...verdict, isMarked: true } : verdict);
    },
    isSelected: (verdict) => selectedLayers.has(verdict.layer) || alsoSelected?.(verdict) === true,
    isIgnored: ({ layer }) => layer === "ignored",
    looksIntoRepeated: true,
  });
}

/** Equal verdicts become one object: there may be millions of sets of rules, but each rule decides in few ways. */
function verdictsAsOne(): (verdict: Verdict) => Verdict {
  const known = new Map<Rule | undefined, Verdict[]>();
  const asOne = (verdict: Verdict): Verdict => {
    const { rule, isMarked, cancelledBy } = verdict;
    const otherwise = verdict.otherwise && asOne(verdict.otherwise);
    const ofRule = known.get(rule) ?? [];
    known.set(rule, ofRule);
    const first = ofRule.find(
      (one) =>
        one.isMarked === isMarked && one.otherwise === otherwise && areSame(one.cancelledBy, cancelledBy),
    );
    if (first) return first;
    const one = otherwise ? { ...verdict, otherwise } : verdict;
    ofRule.push(one);
    return one;
  };
  return asOne;
}

function areSame(one: readonly Rule[] = [], other: readonly Rule[] = []): boolean {
  return one.length === other.length && one.every((rule, index) => rule === other[index]);
}
