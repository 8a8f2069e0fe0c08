/**
 * Tries rules against lines beside the rules that are there.
 * Promise: a line counts as hidden by a rule exactly where a run with the rule would ignore it and one without would not.
 */
import { readEntryOf } from "../entry/header.js";
import { shapeOf } from "../group/shape.js";
import { createClassifier, type Classifier } from "../rules/classify/classifier.js";
import type { LinesChunk } from "../rules/classify/classified-lines.js";
import { verdictOf } from "../rules/layers.js";
import type { Layer, Verdict } from "../rules/layer.js";
import { compileRules, type RuleSetOptions } from "../rules/rule-set.js";
import type { Rule } from "../rules/rule.js";
import type { Notice } from "../std/notice.js";
import type { ByteString } from "../std/text/byte-string.js";
import { lineText } from "../std/text/line-text.js";

/** Lines of one kind. */
export interface TriedKind {
  readonly shape: ByteString;
  lines: number;
  /** The first of them. */
  readonly sample: ByteString;
}

/** What one rule does. */
export interface TriedRule {
  readonly rule: Rule;
  /** Lines that it matches; what follows are parts of them. */
  hits: number;
  /** That the other rules ignore too. */
  ignoredAnyway: number;
  /** That another rule raises all the same. */
  raisedAnyway: number;
  /** That have another verdict for it: of an ignore rule, those that it hides. */
  changed: number;
  /** The kinds of those that are changed, most lines first once the trial is over; at most a thousand. */
  readonly kinds: Map<ByteString, TriedKind>;
  readonly first: ByteString[];
}

export interface TrialOptions extends RuleSetOptions {
  /** Lines that are kept of each rule. */
  readonly mostFirst: number;
}

const mostKinds = 1000;

/** The verdict on a line without the tried rules and with them. */
export interface TrialVerdict {
  readonly tried: readonly Rule[];
  readonly before: Layer;
  readonly after: Verdict;
}

export class Trial {
  readonly rules: readonly TriedRule[];
  /** Rules that are off, tried ones and others. */
  readonly notices: readonly Notice[];
  lines = 0;
  matched = 0;
  /** For whoever reads lines by himself, and hands them to `count`. */
  readonly classifier: Classifier<TrialVerdict>;
  private readonly byRule: ReadonlyMap<Rule, TriedRule>;
  private readonly mostFirst: number;
  private readonly now = new Date();

  /** In: the rules to try, and those that are there beside them. */
  constructor(tried: readonly Rule[], others: readonly Rule[], { mostFirst, ...options }: TrialOptions) {
    this.mostFirst = mostFirst;
    const { rules, patterns, notices } = compileRules([...tried, ...others], options);
    this.notices = notices;
    const isTried = new Set(tried);
    this.rules = tried.map((rule) => ({
      rule,
      hits: 0,
      ignoredAnyway: 0,
      raisedAnyway: 0,
      changed: 0,
      kinds: new Map(),
      first: [],
    }));
    this.byRule = new Map(this.rules.map((one) => [one.rule, one]));
    this.classifier = createClassifier<TrialVerdict>(patterns, {
      verdictOf: (matches) => {
        const matching = matches.flatMap((index) => rules[index] ?? []);
        return {
          tried: matching.filter((rule) => isTried.has(rule)),
          before: verdictOf(matching.filter((rule) => !isTried.has(rule))).layer,
          after: verdictOf(matching),
        };
      },
      isSelected: ({ tried: found }) => found.length > 0,
      isIgnored: ({ after }) => after.layer === "ignored",
      looksIntoRepeated: true,
    });
  }

  /** Where a reader puts the next lines. */
  get buffer(): Uint8Array {
    return this.classifier.buffer;
  }

  take(chunk: LinesChunk): void {
    const lines = this.classifier.classify(chunk);
    this.lines += lines.lineCount;
    this.matched += lines.selectedCount;
    for (let index = 0; index < lines.selectedCount; index++) {
      const readAs = lines.readAs(index);
      this.count(lines.verdict(index), lineText(lines.line(index)), readAs && lineText(readAs));
    }
  }

  /** The rules that are tried and match a line. */
  matching(line: Uint8Array): readonly Rule[] {
    return this.classifier.verdictOn(line).tried;
  }

  /** In: a line that the classifier selected, without its newline, and what it reads as in another form. */
  count({ tried, before, after }: TrialVerdict, line: ByteString, readAs: ByteString | undefined): void {
    for (const rule of tried) {
      const one = this.byRule.get(rule);
      if (one === undefined) continue;
      one.hits++;
      if (one.first.length < this.mostFirst) one.first.push(line);
      if (before !== after.layer) this.countChanged(one, line, readAs);
      else if (before === "ignored") one.ignoredAnyway++;
      else one.raisedAnyway++;
    }
  }

  private countChanged(one: TriedRule, line: ByteString, readAs: ByteString | undefined): void {
    one.changed++;
    const shape = shapeOf(readEntryOf(line, readAs, this.now));
    const kind = one.kinds.get(shape);
    if (kind !== undefined) kind.lines++;
    else if (one.kinds.size < mostKinds) one.kinds.set(shape, { shape, lines: 1, sample: line });
  }
}
