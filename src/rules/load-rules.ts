/**
 * Gathers the rules of all directories.
 * Promise: what is wrong with a file or directory becomes a notice and never stops the run.
 */
import { readAccountingList } from "./accounting-list.js";
import { findRuleFiles, type FoundRuleFile } from "./rule-directories.js";
import type { RuleSettings } from "./rule-settings.js";
import { type LoadedRules, readRuleFile } from "./rule-file.js";

function readFound({ path, list }: FoundRuleFile): LoadedRules {
  return list === "accounting" ? readAccountingList(path) : readRuleFile({ path, list });
}

/** The rules at a level, in the order in which they decide, and what is wrong with the rest. Never throws. */
export function loadRules({ directories, level }: Pick<RuleSettings, "directories" | "level">): LoadedRules {
  const found = directories.map((directory) => findRuleFiles(directory, level));
  const loaded = found.flatMap(({ files }) => files).map(readFound);
  return {
    rules: loaded.flatMap(({ rules }) => rules),
    notices: [...found, ...loaded].flatMap(({ notices }) => notices),
  };
}
