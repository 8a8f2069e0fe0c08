/**
 * Tells which shipped rules match a line, by the program's own engine.
 * Promise: a rule that the engine cannot read is an error here, never a rule that matches nothing.
 */

import { compilePatternSet } from "../../src/automata/pattern-set.js";
import type { ShippedRule } from "./shipped.js";

/** Which rules match a line. Lines are matched without their trailing white space. */
export type Matcher = (line: string) => readonly ShippedRule[];

/** Compiles the rules once for many lines, in UTF-8 as the program does by default. */
export function matcherOf(rules: readonly ShippedRule[]): Matcher {
  const patterns = rules.map((rule) => Buffer.from(rule.text, "utf8"));
  const { set, errors } = compilePatternSet(patterns, { locale: "UTF-8", trimsTrailingSpace: true });
  if (errors.length > 0) {
    const named = errors.map(({ index, column, reason }) => {
      const rule = rules[index];
      return `${rule?.layer}/${rule?.program}:${rule?.lineNumber}:${column}: ${reason}`;
    });
    throw new Error(named.join("\n"));
  }
  const scanner = set.scanner({ isListed: () => false });
  const known = new Map<number, readonly ShippedRule[]>();
  return (line) => {
    const id = scanner.matchLine(Buffer.from(line, "utf8"));
    const seen = known.get(id);
    if (seen !== undefined) return seen;
    const matching = scanner.matches(id).flatMap((index) => rules[index] ?? []);
    known.set(id, matching);
    return matching;
  };
}
