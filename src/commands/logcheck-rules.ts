/**
 * Loads logcheck's rules for a run.
 * Promise: a rule that is broken or would hide every line is switched off alone, and named.
 */
import type { ToolLocale } from "../logcheck/locale.js";
import { readRuleDirectories } from "../logcheck/etc.js";
import { buildRuleTree, withoutHiding, type RuleTree } from "../logcheck/rule-tree.js";
import { compileTree, createPlacementSieve, type PlacementSieve } from "../logcheck/sieve.js";
import type { ReportLevel, Settings } from "../logcheck/settings.js";
import { patternsThatMatchEverything } from "../rules/match-everything.js";
import type { Notice } from "../std/notice.js";
import { useCache } from "./cache.js";

export interface LogcheckRules {
  readonly tree: RuleTree;
  readonly sieve: PlacementSieve;
  /** Rules that are off. */
  readonly notices: readonly Notice[];
  /** To be called at the end: keeps what the automaton has built. */
  readonly keepStates: () => void;
}

/** Throws LogcheckError for files that cannot be read. */
export function loadLogcheckRules(settings: Settings, level: ReportLevel, locale: ToolLocale): LogcheckRules {
  const whole = buildRuleTree(readRuleDirectories(settings, level), locale.characters);
  const { set, errors } = compileTree(whole, locale.characters);
  const matchingEverything = patternsThatMatchEverything(set);
  const tree = withoutHiding(whole, matchingEverything);
  const sieve = createPlacementSieve(tree, set);
  const { crackingIgnore, violationsIgnore, ignore } = whole.files;
  const hiding = new Set(
    [...crackingIgnore, ...violationsIgnore, ...ignore].flatMap((file) => file.patterns),
  );
  const notices = [
    ...errors.flatMap(({ index, column, reason }) =>
      noticesAt(whole, index, `:${column}`, reason, "rule skipped, its lines are reported"),
    ),
    ...[...matchingEverything]
      .filter((index) => hiding.has(index))
      .flatMap((index) =>
        noticesAt(whole, index, "", "matches every line", "rule skipped, the lines are reported"),
      ),
  ];
  return { tree, sieve, notices, keepStates: useCache({ patterns: set }, sieve) };
}

function noticesAt(tree: RuleTree, index: number, column: string, what: string, done: string): Notice[] {
  const origins = tree.origins[index] ?? [];
  return origins.map(({ path, line }) => ({ where: `${path}:${line}${column}`, what, done }));
}
