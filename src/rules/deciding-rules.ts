/**
 * Says which rules decide on a single line.
 * Promise: they are those that the classifier of a run asks, also where a line says that a message was repeated.
 */
import type { LineScanner } from "../ere/index.js";
import { verdictOf } from "./layers.js";
import { repeatedMessage } from "./classify/repeated-message.js";
import type { Rule } from "./rule.js";
import type { RuleSet } from "./rule-set.js";

/** A scanner that lives long has no more of them, whatever lines come. */
const mostMatchSets = 1 << 14;

/**
 * In: a scanner of the set, which is used for nothing else, and a line with or without its newline. Out: the rules in the
 * order in which they decide.
 */
export function decidingRules({ rules }: RuleSet, scanner: LineScanner, line: Uint8Array): readonly Rule[] {
  if (scanner.matchSetCount > mostMatchSets) {
    scanner.takeCounts();
    scanner.forgetMatchSets();
  }
  const matching = (text: Uint8Array): readonly Rule[] =>
    // An index that the set itself gave out always has its rule.
    scanner.matches(scanner.matchLine(text)).map((index) => rules[index]!);
  const isIgnored = (found: readonly Rule[]): boolean => verdictOf(found).layer === "ignored";
  const own = matching(line);
  const repeated = isIgnored(own) ? undefined : repeatedMessage(line);
  if (!repeated) return own;
  const inner = matching(repeated.line);
  return repeated.mayBeCut && isIgnored(inner) ? own : inner;
}
