/**
 * `logwinnow rules audit`: says which lines that must never be hidden the rules hide.
 * Promise: they are judged by the rules of a run, whose notices are told.
 */
import type { RuleOptions } from "../../config/config.js";
import { shippedRuleDirectory } from "../../config/defaults.js";
import { findCanaries, hiddenCanaries } from "../../lint/canaries.js";
import { findingAsJson, findingAsText } from "../../lint/finding.js";
import { loadRuleSet } from "../../rules/load-rule-set.js";
import type { RuleSettings } from "../../rules/rule-settings.js";
import { sayNotices } from "../../std/standard-error.js";
import { writeText } from "../../std/standard-output.js";
import { openCache } from "../../store/caches/open-cache.js";
import type { LintOutcome } from "./lint.js";

export interface RulesAuditOptions extends RuleOptions {
  /** Files of canaries beside ours and those of the rule directories. */
  readonly files: readonly string[];
  readonly json: boolean;
}

export function rulesAudit({ files, json }: RulesAuditOptions, settings: RuleSettings): LintOutcome {
  const { ruleSet, notices } = loadRuleSet(settings, openCache());
  sayNotices(notices);
  const directories = [shippedRuleDirectory, ...settings.directories.map(({ path }) => path)];
  const { canaries, findings } = findCanaries(directories, files);
  const hidden = hiddenCanaries(canaries, ruleSet);
  const all = [...findings, ...hidden];
  if (json) writeText(all.map(findingAsJson).join(""));
  else {
    const rules = new Set(hidden.map(({ other }) => other)).size;
    const sum =
      hidden.length === 0
        ? `none of ${canaries.length} canaries is hidden\n`
        : `hidden: ${hidden.length} of ${canaries.length} canaries; rules that hide them: ${rules}\n`;
    writeText(all.map(findingAsText).join("") + sum);
  }
  return all.length > 0 ? "faults" : "clean";
}
