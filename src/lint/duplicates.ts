/**
 * Takes out the rules that say the same as one before them.
 * Promise: a rule that is taken out has the text, the list, the level and the effect of another one; so all that is said
 * of that one holds for it. However often a rule is repeated, it is looked at once.
 */
import type { Level, Rule } from "../rules/rule.js";
import { placeOf } from "../rules/rule.js";
import type { Finding } from "./finding.js";

export interface WithoutDuplicates {
  /** In their order. */
  readonly rules: readonly Rule[];
  /** About those that are asked about. */
  readonly findings: readonly Finding[];
}

export function withoutDuplicates(
  rules: readonly Rule[],
  levelOf: (rule: Rule) => Level | undefined,
  isAsked: (rule: Rule) => boolean,
): WithoutDuplicates {
  const firsts = new Map<string, Rule>();
  const findings: Finding[] = [];
  const tell = (rule: Rule, other: Rule): void => {
    if (!isAsked(rule) || rule.directives?.allow?.includes("equal") === true) return;
    const place = placeOf(other);
    const message = `has the same text as ${place}: one can be deleted`;
    findings.push({ file: rule.file, line: rule.line, column: 1, kind: "equal", message, other: place });
  };
  // What is asked about stays, and of the others what it repeats goes.
  const ordered = [...rules.filter(isAsked), ...rules.filter((rule) => !isAsked(rule))];
  for (const rule of ordered) {
    const key = JSON.stringify([rule.list, levelOf(rule), rule.isLocal, rule.text, effectsOf(rule)]);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, rule);
    else if (isAsked(rule)) tell(rule, first);
    else tell(first, rule);
  }
  const kept = new Set(firsts.values());
  return { rules: rules.filter((rule) => kept.has(rule)), findings };
}

/** What its comment says that it does; not what it says to people. */
export function effectsOf({ directives = {} }: Rule): string {
  const { owner: _, reason: _reason, added: _added, allow: _allow, ...effects } = directives;
  return JSON.stringify(effects);
}
