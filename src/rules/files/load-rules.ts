/**
 * Gathers the rules of all directories.
 * Promise: what is wrong with a file or directory becomes a notice and never stops the run.
 */
import { localDay } from "../../std/local-day.js";
import { readAccountingList } from "./accounting-list.js";
import { withoutEndedRules } from "../ended-rules.js";
import { findRuleFiles, type FoundRuleFile } from "./rule-directories.js";
import type { RuleSettings } from "../rule-settings.js";
import { mostRuleBytes } from "../rule-bytes.js";
import type { Notice } from "../../std/notice.js";
import type { Rule } from "../rule.js";
import { fileSkipped, type LoadedRules, readRuleFile } from "./rule-file.js";

function readFound({ path, list, isLocal }: FoundRuleFile): LoadedRules {
  const loaded = list === "accounting" ? readAccountingList(path) : readRuleFile({ path, list });
  return isLocal ? { ...loaded, rules: loaded.rules.map((rule) => ({ ...rule, isLocal })) } : loaded;
}

/** Each file alone may be large, but not all together: past the budget a file is skipped, and the next one tried. */
function withinBudget(files: readonly FoundRuleFile[]): LoadedRules[] {
  let bytesLeft = mostRuleBytes;
  return files.map((file) => {
    const loaded = readFound(file);
    const bytes = loaded.rules.reduce((sum, { text }) => sum + text.length + ruleOverheadBytes, 0);
    if (bytes <= bytesLeft) {
      bytesLeft -= bytes;
      return loaded;
    }
    const what = `the rules of all files are larger than ${mostRuleBytes >> 20} MiB with those of this one`;
    return { rules: [], notices: [...loaded.notices, { where: file.path, what, done: fileSkipped }] };
  });
}

/** What a rule costs beside its text, so that many empty ones are many. */
const ruleOverheadBytes = 100;

export interface AllRules extends LoadedRules {
  /** Those of `titles.d`, which decide nothing: of the directory that was named last first, so that yours stand before shipped ones. */
  readonly titles: readonly Rule[];
}

/**
 * The rules at a level, in the order in which they decide, without those whose time has ended, and what is wrong with the
 * rest. Never throws.
 */
export function loadRules(
  { directories, level }: Pick<RuleSettings, "directories" | "level">,
  now = new Date(),
): AllRules {
  const found = directories.map((directory) => findRuleFiles(directory, level));
  const isTitle = ({ list }: FoundRuleFile): boolean => list === "title";
  const deciding = withinBudget(found.flatMap(({ files }) => files.filter((file) => !isTitle(file))));
  const titles = withinBudget(found.toReversed().flatMap(({ files }) => files.filter(isTitle)));
  const today = localDay(now);
  const rules = withoutEndedRules(joined(deciding, found), today);
  const ofTitles = withoutEndedRules(joined(titles, []), today);
  return { rules: rules.rules, titles: ofTitles.rules, notices: [...rules.notices, ...ofTitles.notices] };
}

function joined(
  loaded: readonly LoadedRules[],
  found: readonly { readonly notices: readonly Notice[] }[],
): LoadedRules {
  return {
    rules: loaded.flatMap(({ rules }) => rules),
    notices: [...found, ...loaded].flatMap(({ notices }) => notices),
  };
}
