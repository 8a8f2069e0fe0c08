/**
 * Makes one pattern set of all rules, and knows the way back from a match to its rule.
 * Promise: a rule that does not parse, or that would hide everything, is off alone, named, and hides nothing.
 */
import { compilePatternSet } from "../ere/index.js";
import type { Locale, PatternError, PatternSet, PatternSetOptions, StatesCache } from "../ere/index.js";
import type { Notice } from "../std/notice.js";
import { headerWidener, writtenColumn } from "./headers/header-forms.js";
import { emptyAlternativeColumn, hostPatterns, universalPatterns } from "./headers/universal-patterns.js";
import { ruleSkipped } from "./files/rule-file.js";
import type { Rule } from "./rule.js";
import { isAttention } from "./rule-list.js";

export interface RuleSetOptions {
  readonly locale: Locale;
  /** Whether a rule that begins with one known form of header serves them all. */
  readonly widensHeaders: boolean;
  /** Has the states that an earlier run kept. Where there are some of these rules, nothing is checked anew. */
  readonly statesCache?: StatesCache;
  /** The names that this host has in its logs: a rule that would hide every line of one of them is off. */
  readonly hosts?: readonly string[];
  /** EREs that decide nothing: the verdict on a line that one of them matches says so. Widened as rules are. */
  readonly markers?: readonly string[];
}

export interface RuleSet {
  /**
   * The rules that are on. A pattern's index is its rule's place here, and the first of a list decides; the patterns
   * after them are markers.
   */
  readonly rules: readonly Rule[];
  readonly patterns: PatternSet;
  /** What was compiled for each rule, as latin1: its text, or its text with the header widened. */
  readonly eres: readonly string[];
  /** For each rule whose header was widened, the header as it is written. */
  readonly headers: readonly (string | undefined)[];
  readonly locale: Locale;
  /** The rules that are off, and why. */
  readonly notices: readonly Notice[];
}

/** In: rules in the order in which they decide. Never throws for a bad rule. */
export function compileRules(rules: readonly Rule[], options: RuleSetOptions): RuleSet {
  const widen = widenerFor(options);
  const widened = rules.map(({ text }) => widen(text));
  const eres = rules.map(({ text }, index) => widened[index]?.pattern ?? text);
  const headers = rules.map(({ text }, index) => {
    const bytes = widened[index]?.writtenBytes;
    return bytes === undefined ? undefined : text.slice(0, bytes);
  });
  const { isKnown, ...compiled } = compile(rules, eres, options);
  const whole = { ...compiled, headers };
  // States are only ever kept of a set without such rules: one that is known has none.
  const off = isKnown ? new Map<number, Notice>() : universalNotices(rules, eres, options);
  if (off.size === 0) return whole;
  const isOn = (_: unknown, index: number): boolean => !off.has(index);
  const { isKnown: _, ...rest } = compile(rules.filter(isOn), eres.filter(isOn), options);
  return { ...rest, headers: headers.filter(isOn), notices: [...off.values(), ...rest.notices] };
}

interface CompiledRules extends Omit<RuleSet, "headers"> {
  /** Whether states that an earlier run kept were found and valid. */
  readonly isKnown: boolean;
}

function compile(rules: readonly Rule[], eres: readonly string[], options: RuleSetOptions): CompiledRules {
  const widen = widenerFor(options);
  const markers = (options.markers ?? []).map((marker) => widen(marker)?.pattern ?? marker);
  const isAttentionAt = (index: number): boolean => {
    const rule = rules[index];
    return rule !== undefined && isAttention(rule.list);
  };
  const { set, errors, isKnown } = compilePatternSet(bytesOf([...eres, ...markers]), {
    ...patternOptions(options),
    // A rule with a back-reference that takes too long hides nothing, and raises what it would have raised.
    matchesInDoubt: isAttentionAt,
    // Nobody gets past an alarm by a byte that is no character. What ignores stays strict, as grep is; markers hide nothing.
    takesAnyByte: (index) => isAttentionAt(index) || index >= rules.length,
    ...(options.statesCache && { statesCache: options.statesCache }),
  });
  // An error names a pattern that was handed in, and so a rule.
  const notices = errors.map((error) => errorNotice(rules[error.index]!, error, options));
  return { rules, patterns: set, isKnown, eres, locale: options.locale, notices };
}

/** The bytes of EREs. All are views of one piece: to make bytes of each alone takes ten times as long. */
export function bytesOf(eres: readonly string[]): Uint8Array[] {
  const { buffer, byteOffset } = Buffer.from(eres.join(""), "latin1");
  let end = byteOffset;
  return eres.map((ere) => {
    const start = end;
    end += ere.length;
    return new Uint8Array(buffer, start, ere.length);
  });
}

function patternOptions({ locale, hosts }: RuleSetOptions): PatternSetOptions {
  // What is known of rules was found out for hosts of these names.
  return { locale, trimsTrailingSpace: true, ...(hosts && { checkedFor: hosts.join(" ") }) };
}

function widenerFor({ widensHeaders }: RuleSetOptions): ReturnType<typeof headerWidener> {
  return widensHeaders ? headerWidener() : () => undefined;
}

function errorNotice(rule: Rule, { column, reason }: PatternError, options: RuleSetOptions): Notice {
  return {
    where: `${rule.file}:${rule.line}:${writtenColumn(widenerFor(options)(rule.text), column)}`,
    what: reason,
    done: ruleSkipped,
  };
}

/** About the rules that match every line, by their places in ascending order. */
function universalNotices(
  rules: readonly Rule[],
  eres: readonly string[],
  options: RuleSetOptions,
): ReadonlyMap<number, Notice> {
  const everywhere = universalPatterns(eres, patternOptions(options));
  const here = hostPatterns(eres, options.hosts ?? [], patternOptions(options));
  const notices = [...rules.entries()].flatMap(([index, rule]): [number, Notice][] => {
    if (everywhere.has(index)) return [[index, universalNotice(rule)]];
    // To raise every line of a host may be what is wanted, to hide them is not.
    if (!here.has(index) || isAttention(rule.list)) return [];
    const where = `${rule.file}:${rule.line}:1`;
    return [[index, { where, what: "matches every line of this host", done: ruleSkipped }]];
  });
  return new Map(notices);
}

function universalNotice(rule: Rule): Notice {
  const column = emptyAlternativeColumn(rule.text);
  return {
    where: `${rule.file}:${rule.line}:${column ?? 1}`,
    what: column ? 'an empty alternative beside "|" matches every line' : "matches every line",
    done: ruleSkipped,
  };
}
