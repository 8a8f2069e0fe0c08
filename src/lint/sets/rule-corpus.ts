/**
 * The rules that are looked at together, in the order in which they decide, and what matches a line of theirs.
 * Promise: rules match as in a run: their headers are widened, and rules of different parts are told apart by no one.
 *
 * A part is compiled alone. Of rules that seldom change the states are kept on disk, so that an editor need not wait
 * until they are built anew for each change of one file.
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
  /** Whether a rule is one of those that seldom change. */
  readonly isSettled: (rule: Rule) => boolean;
  /** Keeps the states of those. */
  readonly statesCache?: StatesCache;
}

interface Part {
  readonly indices: readonly RuleIndex[];
  readonly scanner: LineScanner;
  readonly isSettled: boolean;
}

export class RuleCorpus {
  readonly rules: readonly Rule[];
  readonly locale: Locale;
  /** What is compiled of each rule, as latin1. */
  readonly eres: readonly string[];
  /** The rules that grep refuses, by index; the columns are those of what is compiled. */
  readonly errors: readonly PatternError[];
  private readonly widenings: readonly (HeaderWidening | undefined)[];
  private readonly parts: readonly Part[];
  private readonly headed = new Map<RuleIndex, boolean>();
  private readonly trees = new Map<RuleIndex, SyntaxTree | undefined>();
  private readonly parse: ReturnType<typeof patternParser>;

  constructor(rules: readonly Rule[], { locale, parse, isSettled, statesCache }: CorpusOptions) {
    this.rules = rules;
    this.locale = locale;
    this.parse = parse;
    const widen = headerWidener();
    this.widenings = rules.map(({ text }) => widen(text));
    this.eres = rules.map(({ text }, index) => this.widenings[index]?.pattern ?? text);
    const errors: PatternError[] = [];
    const settled = [...rules.keys()].filter((index) => isSettled(rules[index]!));
    const others = [...rules.keys()].filter((index) => !isSettled(rules[index]!));
    this.parts = [
      { indices: settled, cache: statesCache },
      { indices: others, cache: undefined },
    ].flatMap(({ indices, cache }) => {
      if (indices.length === 0) return [];
      const isRaising = (place: number): boolean => this.isAttention(indices[place] ?? -1);
      const { set, errors: faults } = compilePatternSet(
        bytesOfAll(indices.map((index) => this.eres[index] ?? "")),
        {
          locale,
          trimsTrailingSpace: true,
          matchesInDoubt: isRaising,
          takesAnyByte: isRaising,
          ...(cache && { statesCache: cache }),
        },
      );
      errors.push(...faults.map((fault) => ({ ...fault, index: indices[fault.index] ?? -1 })));
      return { indices, scanner: set.scanner({ isSelected: () => false }), isSettled: indices === settled };
    });
    this.errors = errors.sort((one, other) => one.index - other.index);
  }

  /** The ERE that is compiled. */
  bytesOf(index: RuleIndex): Uint8Array {
    return Buffer.from(this.eres[index] ?? "", "latin1");
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

  /** Whether one of the rules that do not seldom change matches a line. */
  isMatchedByOthers(line: Uint8Array): boolean {
    const part = this.parts.find(({ isSettled }) => !isSettled);
    return part !== undefined && part.scanner.matches(part.scanner.matchLine(line)).length > 0;
  }

  /** The rules that match a line, in ascending order. */
  matching(line: Uint8Array): readonly RuleIndex[] {
    const found = this.parts.flatMap(({ indices, scanner }) =>
      scanner.matches(scanner.matchLine(line)).map((place) => indices[place] ?? -1),
    );
    return this.parts.length > 1 ? found.sort((one, other) => one - other) : found;
  }

  /** Keeps what was built for the rules that seldom change. */
  keepStates(): void {
    for (const { scanner } of this.parts) scanner.keepStates();
  }
}
