/**
 * Tells which shipped rules match a line, loaded as the program loads them.
 * Promise: a rule that the program cannot use is an error here, never a rule that matches nothing.
 */

import { compileRules } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";
import { formatNotice } from "../../src/std/notice.js";
import type { ShippedRule } from "./shipped.js";

/** Which rules match a line. Lines are matched without their trailing white space. */
export type Matcher = (line: string) => readonly ShippedRule[];

/** Compiles the rules once for many lines: in UTF-8, with their headers widened, as by default. */
export function matcherOf(rules: readonly ShippedRule[]): Matcher {
  const shippedAs = new Map<Rule, ShippedRule>(
    rules.map((rule) => [
      { list: "ignored", file: `${rule.layer}/${rule.program}`, line: rule.lineNumber, text: rule.text },
      rule,
    ]),
  );
  const ruleSet = compileRules([...shippedAs.keys()], { locale: "UTF-8", widensHeaders: true });
  if (ruleSet.notices.length > 0) throw new Error(ruleSet.notices.map(formatNotice).join("\n"));
  const scanner = ruleSet.patterns.scanner({ isSelected: () => false });
  const known = new Map<number, readonly ShippedRule[]>();
  return (line) => {
    const id = scanner.matchLine(Buffer.from(line, "utf8"));
    const seen = known.get(id);
    if (seen !== undefined) return seen;
    const matching = scanner.matches(id).flatMap((index) => {
      const rule = ruleSet.rules[index];
      return (rule && shippedAs.get(rule)) ?? [];
    });
    known.set(id, matching);
    return matching;
  };
}
