/**
 * Says which rules speak about a line.
 * Promise: they come from the very automaton that a run uses, so that the verdict drawn from them is the run's.
 */
import type { RuleSet } from "./rule-set.js";
import type { Rule } from "./rule.js";

export interface Explanation {
  /** All rules that match, of whatever list, in the order in which they decide. */
  readonly matching: readonly Rule[];
  /** Where nothing ignores the line: the ignore rule that comes nearest, and the column (from 1) where it stops to match. */
  readonly nearest?: { readonly rule: Rule; readonly column: number };
}

/** In: a line with or without its newline. The verdict on it is `verdictOf(matching)`. */
export function explainLine(ruleSet: RuleSet, line: Uint8Array): Explanation {
  const scanner = ruleSet.patterns.scanner({ isListed: () => true });
  const matches = scanner.matches(scanner.matchLine(line));
  // An index that the set itself gave out always has its rule.
  return { matching: matches.map((index) => ruleSet.rules[index]!) };
}
