/**
 * Sorts lines into layers by the rules that match them.
 * Promise: the verdict on a line is that of `layers.ts` on all rules that match it.
 */
import { createClassifier, type Classifier } from "./classifier.js";
import type { Layer, Verdict } from "./layer.js";
import { verdictOf } from "./layers.js";
import type { Rule } from "./rule.js";
import type { RuleSet } from "./rule-set.js";

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

/** Equal verdicts become one object: there may be millions of sets of rules, but each rule decides in one way. */
function verdictsAsOne(): (verdict: Verdict) => Verdict {
  const [plain, marked] = [new Map<Rule | undefined, Verdict>(), new Map<Rule | undefined, Verdict>()];
  return (verdict) => {
    const known = verdict.isMarked ? marked : plain;
    const first = known.get(verdict.rule);
    if (first) return first;
    known.set(verdict.rule, verdict);
    return verdict;
  };
}
