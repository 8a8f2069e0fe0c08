/** Reads and compiles the rules of the settings. */
import { loadRules } from "./load-rules.js";
import { compileRules, type RuleSet } from "./rule-set.js";
import type { AutomatonCache } from "../store/cache.js";
import type { Notice } from "../std/notice.js";
import type { RuleSettings } from "./rule-settings.js";

export interface LoadedRuleSet {
  readonly ruleSet: RuleSet;
  /** Files that could not be read and rules that are off. */
  readonly notices: readonly Notice[];
}

/** With a cache, rules that an earlier run found sound are not checked again. */
export function loadRuleSet(
  { directories, level, locale }: RuleSettings,
  cache: AutomatonCache | undefined,
): LoadedRuleSet {
  const { rules, notices } = loadRules({ directories, level });
  const ruleSet = compileRules(rules, {
    locale,
    widensHeaders: true,
    ...(cache && { savedStates: (key) => cache.read(key) }),
  });
  return { ruleSet, notices: [...notices, ...ruleSet.notices] };
}
