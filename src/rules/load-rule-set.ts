/** Reads and compiles the rules of the settings. */
import type { StatesCache } from "../ere/index.js";
import { loggedHostNames } from "../std/host-name.js";
import { loadRules } from "./files/load-rules.js";
import { compileRules, type RuleSet } from "./rule-set.js";
import type { Notice } from "../std/notice.js";
import type { Rule } from "./rule.js";
import { RuleTitles } from "./titles/rule-titles.js";
import type { RuleSettings } from "./rule-settings.js";

export interface LoadedRuleSet {
  readonly ruleSet: RuleSet;
  readonly titles: RuleTitles;
  /** Files that could not be read and rules that are off. */
  readonly notices: readonly Notice[];
}

/** With a cache, rules that an earlier run found nothing wrong with are not checked again. `markersFor` says what else lines are looked for by, which decides nothing. Rules whose time has ended `now` are off. */
export function loadRuleSet(
  { directories, level, locale }: RuleSettings,
  cache: StatesCache | undefined,
  markersFor: (rules: readonly Rule[]) => readonly string[] = () => [],
  now = new Date(),
): LoadedRuleSet {
  const { rules, titles: titleRules, notices } = loadRules({ directories, level }, now);
  const ruleSet = compileRules(rules, {
    locale,
    widensHeaders: true,
    hosts: loggedHostNames(),
    markers: markersFor(rules),
    ...(cache && { statesCache: cache }),
  });
  const titles = new RuleTitles({ locale, rules: ruleSet.rules, eres: ruleSet.eres, titles: titleRules });
  const aboutRules = [...notices, ...ruleSet.notices, ...titles.notices].map((notice): Notice => ({
    about: "bad rule",
    ...notice,
  }));
  return { ruleSet, titles, notices: aboutRules };
}
