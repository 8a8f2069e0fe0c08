/**
 * Says which rules match a line.
 * Promise: they come from the automaton that a run uses, so the verdict drawn from them is that of a run.
 */
import { decidingRules } from "./deciding-rules.js";
import { nearestRuleFinder, type NearestRule } from "./nearest/nearest.js";
import type { WordsCache } from "./nearest/saved-words.js";
import type { RuleSet } from "./rule-set.js";
import type { Rule } from "./rule.js";
import { withoutNewline } from "../std/text/line-text.js";

export interface Explanation {
  /** All rules that match, of whatever list, in the order in which they decide. */
  readonly matching: readonly Rule[];
  /** Where nothing ignores the line: the ignore rules that come nearest to it, the nearest first. */
  readonly nearest: readonly NearestRule[];
}

export interface LineExplainer {
  (line: Uint8Array, readAs?: Uint8Array): Explanation;
  /** Keeps the automaton's states where the rule set has a place for them. */
  readonly keepStates: () => void;
}

/**
 * Explains one line after the other, with or without its newline, each with what the rules read in its place. The verdict
 * on a line is `verdictOf(matching)`. What is built for one line serves the next, and with a cache the next process.
 */
export function lineExplainer(ruleSet: RuleSet, cache?: WordsCache): LineExplainer {
  const scanner = ruleSet.patterns.scanner({ isSelected: () => true });
  let nearestRule: ReturnType<typeof nearestRuleFinder> | undefined;
  const explain = (line: Uint8Array, readAs?: Uint8Array): Explanation => {
    const matching = readAs
      ? inOrder(
          ruleSet,
          [line, readAs].flatMap((text) => decidingRules(ruleSet, scanner, text)),
        )
      : decidingRules(ruleSet, scanner, line);
    if (matching.some(({ list }) => list === "ignored")) return { matching, nearest: [] };
    // All rules may be read for it, and a line that is ignored does without.
    nearestRule ??= nearestRuleFinder(ruleSet, cache);
    return { matching, nearest: nearestRule(withoutNewline(readAs ?? line)) };
  };
  return Object.assign(explain, { keepStates: () => scanner.keepStates() });
}

function inOrder({ rules }: RuleSet, found: readonly Rule[]): readonly Rule[] {
  const deciding = new Set(found);
  return rules.filter((rule) => deciding.has(rule));
}
