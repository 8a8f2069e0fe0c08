/**
 * Says which rules match a line.
 * Promise: they come from the automaton that a run uses, so the verdict drawn from them is that of a run.
 */
import { decidingRules } from "./deciding-rules.js";
import { nearestRuleFinder, type NearestRule } from "./nearest/nearest.js";
import type { RuleSet } from "./rule-set.js";
import type { Rule } from "./rule.js";
import { withoutNewline } from "../std/text/line-text.js";

export interface Explanation {
  /** All rules that match, of whatever list, in the order in which they decide. */
  readonly matching: readonly Rule[];
  /** Where nothing ignores the line: the ignore rules that come nearest to it, the nearest first. */
  readonly nearest: readonly NearestRule[];
}

/**
 * Explains one line after the other, with or without its newline, each with what the rules read in its place. The verdict
 * on a line is `verdictOf(matching)`. What is built for one line serves the next.
 */
export function lineExplainer(ruleSet: RuleSet): (line: Uint8Array, readAs?: Uint8Array) => Explanation {
  const scanner = ruleSet.patterns.scanner({ isSelected: () => true });
  let nearestRule: ReturnType<typeof nearestRuleFinder> | undefined;
  return (line, readAs) => {
    const matching = readAs
      ? inOrder(
          ruleSet,
          [line, readAs].flatMap((text) => decidingRules(ruleSet, scanner, text)),
        )
      : decidingRules(ruleSet, scanner, line);
    if (matching.some(({ list }) => list === "ignored")) return { matching, nearest: [] };
    // All rules are read for it, and a line that is ignored does without.
    nearestRule ??= nearestRuleFinder(ruleSet);
    return { matching, nearest: nearestRule(withoutNewline(readAs ?? line)) };
  };
}

function inOrder({ rules }: RuleSet, found: readonly Rule[]): readonly Rule[] {
  const deciding = new Set(found);
  return rules.filter((rule) => deciding.has(rule));
}
