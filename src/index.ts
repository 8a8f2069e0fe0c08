/**
 * The program's rules as a module: which layer a line falls into, and which rule says so.
 * Promise: the same rules decide in the same way as for `logwinnow filter` and the hourly job.
 */
import { oneLine, type Locale } from "./ere/index.js";
import { decidingRules } from "./rules/deciding-rules.js";
import type { Layer, Verdict } from "./rules/layer.js";
import { verdictOf } from "./rules/layers.js";
import { loadRuleSet } from "./rules/load-rule-set.js";
import type { Level, Rule } from "./rules/rule.js";
import type { RuleList } from "./rules/rule-list.js";
import type { Notice } from "./std/notice.js";

export type { Layer, Level, Locale, Notice, Rule, RuleList, Verdict };

export interface OpenRulesOptions {
  /** Which ignore rules are read: "paranoid" reads the fewest, "workstation" the most. "server" where nothing is said. */
  readonly level?: Level;
  /** How bytes become characters. "UTF-8" where nothing is said. */
  readonly locale?: Locale;
}

export interface Rules {
  /**
   * The layer of a line, and the rule that decided; the remainder has none. In: a line as text or as bytes, with or
   * without its newline. Throws RangeError for a text of several lines.
   */
  classify(line: string | Uint8Array): Verdict;
  /** What is wrong with rules and directories. A rule named here is off, and hides nothing. */
  readonly notices: readonly Notice[];
}

/**
 * Reads and compiles the rules below directories in logwinnow's layout or logcheck's, in the order in which they decide.
 * A directory with none of the known subdirectories, or a file, holds ignore rules itself. Never rejects for a bad rule
 * or a missing directory: that is a notice, and lines are reported.
 */
export async function openRules(
  directories: readonly string[],
  { level = "server", locale = "UTF-8" }: OpenRulesOptions = {},
): Promise<Rules> {
  const settings = { directories: directories.map((path) => ({ path, isNamed: true })), level, locale };
  const { ruleSet, notices } = loadRuleSet(settings, undefined);
  const scanner = ruleSet.patterns.scanner({ isSelected: () => false });
  return {
    classify(line) {
      return verdictOf(decidingRules(ruleSet, scanner, oneLine(line)));
    },
    notices,
  };
}
