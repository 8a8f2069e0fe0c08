/**
 * The rules that are looked at together, in the order in which they decide, and what matches a line of theirs.
 * Promise: rules match as in a run: their headers are widened, and rules of different parts are told apart by no one.
 *
 * A part is compiled alone. Of rules that were there before the states are kept on disk, so that an editor need not wait
 * until they are built anew for each change of one rule.
 */
import {
  compilePatternSet,
  type LineScanner,
  type Locale,
  type patternParser,
  type PatternError,
  type StatesCache,
  type SyntaxTree,
} from "../../ere/index.js";
import { headerWidener, type HeaderWidening } from "../../rules/headers/header-forms.js";
import { atomsOf } from "../../rules/headers/pattern-atoms.js";
import type { Rule } from "../../rules/rule.js";
import { hasAlternatives } from "../text/ere-tokens.js";
import { bytesOf as bytesOfAll } from "../../rules/rule-set.js";
import { isAttention } from "../../rules/rule-list.js";

/** A rule by its place in the corpus. */
export type RuleIndex = number;

export interface CorpusOptions {
  readonly locale: Locale;
  /** Reads patterns in this locale. */
  readonly parse: ReturnType<typeof patternParser>;
  readonly settled?: SettledPatterns;
}

/** Those of rules that were there before. */
export interface SettledPatterns {
  /** Each as `settledForm` has it; some rules may be gone. */
  readonly patterns: readonly string[];
  /** Keeps their states. */
  readonly statesCache: StatesCache;
}

interface Part {
  /** By pattern, its rules. */
  readonly rulesOf: readonly (readonly RuleIndex[])[];
  readonly scanner: LineScanner;
}

/** With so many rules that are new or gone, all of them settle. */
const mostChanged = 24;

export class RuleCorpus {
  readonly rules: readonly Rule[];
  readonly locale: Locale;
  /** What is compiled of each rule, as latin1. */
  readonly eres: readonly string[];
  /** The rules that grep refuses, by index; the columns are those of what is compiled. */
  readonly errors: readonly PatternError[];
  /** The patterns of which an automaton is kept. */
  readonly settled: readonly string[];
  private readonly widenings: readonly (HeaderWidening | undefined)[];
  private readonly parts: readonly Part[];
  private readonly headed = new Map<RuleIndex, boolean>();
  private readonly trees = new Map<RuleIndex, SyntaxTree | undefined>();
  private readonly parse: ReturnType<typeof patternParser>;

  constructor(rules: readonly Rule[], { locale, parse, settled }: CorpusOptions) {
    this.rules = rules;
    this.locale = locale;
    this.parse = parse;
    const widen = headerWidener();
    this.widenings = rules.map(({ text }) => widen(text));
    this.eres = rules.map(({ text }, index) => this.widenings[index]?.pattern ?? text);
    const forms = this.eres.map((ere, index) => `${this.isAttention(index) ? raising : hiding}${ere}`);
    this.settled = settled ? settledOf(settled.patterns, forms) : [];
    const isSettled = new Set(this.settled);
    const others = [...rules.keys()].filter((index) => !isSettled.has(forms[index] ?? ""));
    const places = new Map<string, RuleIndex[]>(this.settled.map((form) => [form, []]));
    for (const [index, form] of forms.entries()) places.get(form)?.push(index);
    const parts = [
      { patterns: [...places.keys()], rulesOf: [...places.values()], cache: settled?.statesCache },
      {
        patterns: others.map((index) => forms[index] ?? ""),
        rulesOf: others.map((index) => [index]),
        cache: undefined,
      },
    ].flatMap(({ patterns, rulesOf, cache }) =>
      patterns.length === 0 ? [] : this.compiled(patterns, rulesOf, cache),
    );
    this.parts = parts;
    this.errors = parts.flatMap(({ errors }) => errors).sort((one, other) => one.index - other.index);
  }

  private compiled(
    forms: readonly string[],
    rulesOf: readonly (readonly RuleIndex[])[],
    statesCache: StatesCache | undefined,
  ): Part & { readonly errors: readonly PatternError[] } {
    const isRaising = (place: number): boolean => forms[place]?.startsWith(raising) === true;
    const { set, errors } = compilePatternSet(bytesOfAll(forms.map((form) => form.slice(1))), {
      locale: this.locale,
      trimsTrailingSpace: true,
      matchesInDoubt: isRaising,
      takesAnyByte: isRaising,
      ...(statesCache && { statesCache }),
    });
    return {
      rulesOf,
      scanner: set.scanner({ isSelected: () => false }),
      errors: errors.flatMap((error) => (rulesOf[error.index] ?? []).map((index) => ({ ...error, index }))),
    };
  }

  /** The ERE that is compiled. */
  bytesOf(index: RuleIndex): Uint8Array {
    return Buffer.from(this.eres[index] ?? "", "latin1");
  }

  /** What the lines that a rule matches depend on, and which of them have a header. */
  identityOf(index: RuleIndex): readonly string[] {
    const rule = this.rules[index];
    return [rule?.list ?? "", rule?.text ?? "", this.eres[index] ?? ""];
  }

  isAttention(index: RuleIndex): boolean {
    const rule = this.rules[index];
    return rule !== undefined && isAttention(rule.list);
  }

  wideningOf(index: RuleIndex): HeaderWidening | undefined {
    return this.widenings[index];
  }

  /** Whether each line that the rule matches has one of the forms of headers, with any host. */
  hasHeader(index: RuleIndex): boolean {
    let isHeaded = this.headed.get(index);
    if (isHeaded === undefined) {
      isHeaded = this.beginsWithHeader(index);
      this.headed.set(index, isHeaded);
    }
    return isHeaded;
  }

  private beginsWithHeader(index: RuleIndex): boolean {
    const widening = this.wideningOf(index);
    const text = this.rules[index]?.text ?? "";
    // Without the blank after the host, the host is left as it is written.
    if (widening === undefined || text[widening.writtenBytes - 1] !== " ") return false;
    // In "^(header )?" the header may be missing, and in "^header a|b" the second alternative has none.
    for (const { end } of atomsOf(text, 1)) return end <= widening.writtenBytes && !hasAlternatives(text);
    return false;
  }

  /** Of what is compiled; undefined for a rule that grep refuses. */
  treeOf(index: RuleIndex): SyntaxTree | undefined {
    if (!this.trees.has(index)) this.trees.set(index, this.parse(this.bytesOf(index)));
    return this.trees.get(index);
  }

  /** The rules that match a line, in ascending order. */
  matching(line: Uint8Array): readonly RuleIndex[] {
    const found = this.parts.flatMap(({ rulesOf, scanner }) =>
      scanner.matches(scanner.matchLine(line)).flatMap((place) => rulesOf[place] ?? []),
    );
    return found.sort((one, other) => one - other);
  }

  /** Keeps what was built for the settled patterns. */
  keepStates(): void {
    for (const { scanner } of this.parts) scanner.keepStates();
  }
}

/** How a pattern is named in `settled`: whether it raises lines, which decides what it takes, and its ERE. */
const [raising, hiding] = ["!", " "];

/** The patterns that were settled before, or all of now where too many have changed. */
function settledOf(before: readonly string[], now: readonly string[]): readonly string[] {
  const [known, wanted] = [new Set(before), new Set(now)];
  const changed = [...wanted].filter((form) => !known.has(form)).length;
  const gone = before.filter((form) => !wanted.has(form)).length;
  return changed + gone > mostChanged ? [...wanted] : before;
}
