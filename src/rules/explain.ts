/**
 * Says which rules match a line.
 * Promise: they come from the automaton that a run uses, so the verdict drawn from them is that of a run.
 */
import { decidingRules } from "./deciding-rules.js";
import { nearestRule, type NearestRule } from "./nearest.js";
import type { RuleSet } from "./rule-set.js";
import type { Rule } from "./rule.js";

export interface Explanation {
  /** All rules that match, of whatever list, in the order in which they decide. */
  readonly matching: readonly Rule[];
  /** Where nothing ignores the line: the ignore rule that comes nearest to it, if one does. */
  readonly nearest?: NearestRule;
}

/** In: a line with or without its newline. The verdict on it is `verdictOf(matching)`. */
export function explainLine(ruleSet: RuleSet, line: Uint8Array): Explanation {
  const scanner = ruleSet.patterns.scanner({ isSelected: () => true });
  const matching = decidingRules(ruleSet, scanner, line);
  if (matching.some(({ list }) => list === "ignored")) return { matching };
  const nearest = nearestRule(ruleSet, withoutNewline(line));
  return nearest ? { matching, nearest } : { matching };
}

function withoutNewline(line: Uint8Array): Uint8Array {
  return line.at(-1) === 0x0a ? line.subarray(0, -1) : line;
}
