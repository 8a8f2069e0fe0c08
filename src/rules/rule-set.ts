/**
 * Makes one pattern set of all rules, and knows the way back from a match to its rule.
 * Promise: a rule that does not parse, or that would hide everything, is off alone, named, and hides nothing.
 */
import { compilePatternSet } from "../automata/pattern-set.js";
import type { Locale, PatternError, PatternSet } from "../automata/pattern-set.js";
import type { Notice } from "../std/notice.js";
import { type HeaderWidening, widenHeader, writtenColumn } from "./header-forms.js";
import { emptyAlternativeColumn, everythingMatchers } from "./match-everything.js";
import { ruleSkipped } from "./rule-file.js";
import type { Rule } from "./rule.js";

export interface RuleSetOptions {
  readonly locale: Locale;
  /** Whether a rule that begins with one known form of header serves them all. */
  readonly widensHeaders: boolean;
}

export interface RuleSet {
  /** The rules that are on. A pattern's index is its rule's place here, and the first of a list decides. */
  readonly rules: readonly Rule[];
  readonly patterns: PatternSet;
  /** What was compiled for each rule, as latin1: its text, or its text with the header widened. */
  readonly eres: readonly string[];
  readonly locale: Locale;
  /** The rules that are off, and why. */
  readonly notices: readonly Notice[];
}

/** In: rules in the order in which they decide. Never throws for a bad rule. */
export function compileRules(rules: readonly Rule[], options: RuleSetOptions): RuleSet {
  const all = rules.map((rule) => wideningOf(rule, options)?.pattern ?? rule.text);
  const { locale } = options;
  const off = everythingMatchers(all, { locale, trimsTrailingSpace: true });
  const rulesOn = rules.filter((_, index) => !off.has(index));
  const eres = all.filter((_, index) => !off.has(index));
  const { set, errors } = compilePatternSet(
    eres.map((ere) => Buffer.from(ere, "latin1")),
    { locale, trimsTrailingSpace: true },
  );
  const notices = [
    ...rules.filter((_, index) => off.has(index)).map(everythingNotice),
    // An error names a pattern that was handed in, and so a rule.
    ...errors.map((error) => errorNotice(rulesOn[error.index]!, error, options)),
  ];
  return { rules: rulesOn, patterns: set, eres, locale, notices };
}

function wideningOf(rule: Rule, { widensHeaders }: RuleSetOptions): HeaderWidening | undefined {
  return widensHeaders ? widenHeader(rule.text) : undefined;
}

function errorNotice(rule: Rule, { column, reason }: PatternError, options: RuleSetOptions): Notice {
  return {
    where: `${rule.file}:${rule.line}:${writtenColumn(wideningOf(rule, options), column)}`,
    what: reason,
    done: ruleSkipped,
  };
}

function everythingNotice(rule: Rule): Notice {
  const column = emptyAlternativeColumn(rule.text);
  return {
    where: `${rule.file}:${rule.line}:${column ?? 1}`,
    what: column ? 'an empty alternative beside "|" matches every line' : "matches every line",
    done: ruleSkipped,
  };
}
