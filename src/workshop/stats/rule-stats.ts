/**
 * What each rule did over the months, and what it costs.
 * Promise: a rule is called unused for no longer than its lines were counted.
 */
import { patternCosts, type PatternCost } from "../../ere/index.js";
import { dayNumber, ruleKey, type RuleHits } from "../../memory/rule-hits.js";
import { bytesOf, type RuleSet } from "../../rules/rule-set.js";
import type { Rule } from "../../rules/rule.js";

export interface RuleStats {
  readonly rule: Rule;
  /** Whether it came with the program, and so cannot be deleted for good. */
  readonly isShipped: boolean;
  /** Lines that it decided, of all months and by month, "2026-11". */
  readonly lines: number;
  readonly months: Readonly<Record<string, number>>;
  /** Days since the epoch: since when it is counted, and when it last decided a line, if it ever did. */
  readonly added: number;
  readonly last?: number;
  /** For how many days it has decided no line. */
  readonly idleDays: number;
  readonly cost: PatternCost;
}

/** In: the rules that are on, what was counted, and whether a path is one of a shipped rule. */
export function ruleStats(
  { rules, eres, locale }: RuleSet,
  { used, unused }: RuleHits,
  now: Date,
  isShipped: (file: string) => boolean,
): readonly RuleStats[] {
  const today = dayNumber(now);
  const addedOf = new Map(
    Object.entries(unused).flatMap(([day, keys]) => keys.map((key) => [key, Number(day)] as const)),
  );
  const costs = patternCosts(locale);
  const texts = bytesOf(eres);
  return rules.map((rule, index): RuleStats => {
    const key = ruleKey(rule);
    const record = used.get(key);
    // A rule that no run has read yet is counted from now on.
    const added = record?.added ?? addedOf.get(key) ?? today;
    const months = record?.months ?? {};
    return {
      rule,
      isShipped: isShipped(rule.file),
      lines: Object.values(months).reduce((sum, lines) => sum + lines, 0),
      months,
      added,
      ...(record && { last: record.last }),
      idleDays: Math.max(0, today - (record?.last ?? added)),
      // Texts and rules are of one length.
      cost: costs(texts[index]!),
    };
  });
}
