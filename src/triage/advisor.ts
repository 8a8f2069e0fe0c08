/**
 * Makes rules for the kinds that are gone through, and judges those that somebody writes.
 * Promise: what a rule is said to match is what the matcher says of the lines that are kept of each kind; no rule that
 * hides a canary or a proof is offered or taken.
 */
import { escapedEre } from "../rules/nearest/rule-changes.js";
import { lineExplainer, type Explanation } from "../rules/explain.js";
import { compileRules, type RuleSet } from "../rules/rule-set.js";
import { placeOf, type Rule } from "../rules/rule.js";
import { escaped, escapedText } from "../std/text/escape.js";
import type { ByteString } from "../std/text/byte-string.js";
import { decider, whyNotRaised } from "../workshop/outcome.js";
import { dividedLine, headerPattern } from "../workshop/suggest/header-pattern.js";
import { similarRules } from "../workshop/suggest/similar-rules.js";
import { suggestAlarms, suggestRules, type MustKeep, type Suggestion } from "../workshop/suggest/suggest.js";
import type { Advice, OtherKind, OwnRule, RuleAdvice, TriageKind } from "./state.js";

export class Advisor {
  private readonly kinds: readonly TriageKind[];
  private readonly kept: readonly MustKeep[];
  private readonly ruleSet: RuleSet;
  private readonly rulesFor: (line: ByteString) => readonly Rule[];
  private readonly explain: (line: Uint8Array) => Explanation;
  private readonly now: Date;

  /** In: all kinds, which a rule for one of them may match by mistake, and lines that no rule may hide. */
  constructor(kinds: readonly TriageKind[], kept: readonly MustKeep[], ruleSet: RuleSet, now: Date) {
    this.kinds = kinds;
    this.kept = kept;
    this.ruleSet = ruleSet;
    this.rulesFor = decider(ruleSet);
    this.explain = lineExplainer(ruleSet);
    this.now = now;
  }

  adviceOn(kind: TriageKind): Advice {
    const options = { locale: this.ruleSet.locale, widensHeaders: true };
    // What raises an alarm cannot be ignored.
    const ignore =
      kind.layer === "remainder"
        ? this.suggested(kind, suggestRules([kind], this.kinds, this.kept, options))
        : { refused: "it is an alarm" };
    const raise = this.raised(kind, this.suggested(kind, suggestAlarms([kind], this.kinds, options)));
    return { ignore, raise };
  }

  /** Out: the advice with the rule that somebody wrote in the place of others, or why it is none. */
  judged(kind: TriageKind, advice: Advice, own: OwnRule): Advice | { readonly problem: string } {
    const { matches, notice } = this.compiled(own.rule);
    if (notice !== undefined) return { problem: notice };
    const missed = kind.lines.find((line) => !matches(line));
    if (missed !== undefined) return { problem: `the rule does not match ${escaped(missed)}` };
    const made = { rule: own.rule, others: this.othersOf(kind, matches) };
    const hidden = this.kept.find(({ line }) => matches(line));
    return {
      ...advice,
      ignore: hidden === undefined ? made : { refused: `it would hide ${hidden.name}` },
      raise: this.raised(kind, made),
      own,
    };
  }

  /** A rule for one line, to be edited. */
  plainRule(line: ByteString): ByteString {
    const divided = dividedLine(line, this.now);
    const header = headerPattern([divided]);
    return header === undefined
      ? `^${escapedEre(line.trimEnd())}$`
      : `${header}${escapedEre(divided.message)}$`;
  }

  private suggested(kind: TriageKind, [suggestion]: readonly Suggestion[]): RuleAdvice {
    if (suggestion === undefined) return { refused: "no rule can be made of it" };
    const { outcome } = suggestion;
    if ("refused" in outcome) return outcome;
    return { rule: outcome.rule, others: this.othersOf(kind, this.compiled(outcome.rule).matches) };
  }

  private raised(kind: TriageKind, made: RuleAdvice): RuleAdvice {
    if ("refused" in made) return made;
    const rule = { list: "violation", file: "", line: 0, text: made.rule } as const;
    const problem = kind.layer === "violation" ? undefined : whyNotRaised(kind.lines, rule, this.rulesFor);
    return problem === undefined ? made : { refused: problem };
  }

  private othersOf(kind: TriageKind, matches: (line: ByteString) => boolean): readonly OtherKind[] {
    return this.kinds.flatMap((other) => {
      if (other.shape === kind.shape) return [];
      const matched = other.lines.filter(matches).length;
      return matched === 0 ? [] : [{ shape: other.shape, count: matched }];
    });
  }

  private compiled(text: ByteString): {
    readonly matches: (line: ByteString) => boolean;
    readonly notice: string | undefined;
  } {
    const rule: Rule = { list: "ignored", file: "rule", line: 1, text };
    const { patterns, rules, notices } = compileRules([rule], {
      locale: this.ruleSet.locale,
      widensHeaders: true,
    });
    const scanner = patterns.scanner({ isSelected: () => true });
    const isOn = rules.length > 0;
    return {
      matches: (line) => isOn && scanner.matches(scanner.matchLine(Buffer.from(line, "latin1"))).length > 0,
      notice: isOn ? undefined : escapedText(notices[0]?.what ?? "the rule cannot be used"),
    };
  }

  /** Rules that come near the lines of a kind, as words. It takes longer than the advice. */
  similar({ lines }: TriageKind, { ignore: made }: Advice): readonly string[] {
    if ("refused" in made) return [];
    const { nearest } = this.explain(Buffer.from(lines[0] ?? "", "latin1"));
    return similarRules(made.rule, nearest, this.ruleSet.locale).map(({ rule, column, isContained }) => {
      const what = isContained ? "not needed beside this rule" : `stops matching at column ${column}`;
      return `${escapedText(placeOf(rule))}: ${what}`;
    });
  }
}
