/**
 * Asks the conditions of the rules that decided: what directives say beside an expression.
 * Promise: a line is asked about only where its rule has conditions, and in doubt it is told. Never throws for a line.
 */
import { readEntryOf, timestampOf } from "../entry/header.js";
import type { Condition, Layer, Verdict } from "../rules/layer.js";
import { repeatedMessage } from "../rules/classify/repeated-message.js";
import type { Rule } from "../rules/rule.js";
import type { RuleSet } from "../rules/rule-set.js";
import type { ByteString, Text } from "../std/text/byte-string.js";
import { lineText } from "../std/text/line-text.js";
import type { Notice } from "../std/notice.js";
import type { AskedLine } from "./asked-line.js";
import type { Circumstances } from "./circumstances.js";
import { conditionalRules, keyNotice, type ConditionalRule } from "./conditional-rules.js";
import type { KeyTexts } from "./key-reader.js";
import type { Family, KnownKeys } from "./known-keys.js";
import type { EarlierLine, Rates } from "./rates.js";
import type { Senders } from "./senders.js";

/** What conditions know from one line for the next, and from run to run. */
export interface ConditionState {
  readonly keys: KnownKeys;
  readonly rates: Rates;
  readonly circumstances: Circumstances;
  readonly senders: Senders;
  /** Near it are lines without a year, and at it those without a time. */
  readonly now: Date;
}

export interface ConditionOptions {
  /**
   * Whether an alarm is shown one layer lower as soon as something before it explains it. Otherwise whoever knows all
   * lines asks `explaining`.
   */
  readonly lowersAtOnce: boolean;
  /** Whether a line of a verdict is told. One that is not is kept until enough lines of its rule have come. */
  readonly isTold: (verdict: Verdict) => boolean;
}

export class Conditions {
  readonly families: readonly Family[];
  private readonly rules: ReadonlyMap<Rule, ConditionalRule>;
  private readonly hasCircumstances: boolean;
  private readonly options: ConditionOptions;
  private readonly unusable = new Set<Rule>();
  private readonly judged = new Map<Rule, Verdict[]>();
  /** Lines that came before a minimum was reached, and are to be told with the line that reached it. */
  private readonly told = new Map<Rule, EarlierLine[]>();
  private state: ConditionState | undefined;

  constructor(ruleSet: RuleSet, options: ConditionOptions) {
    const { rules, families } = conditionalRules(ruleSet);
    this.rules = rules;
    this.families = families;
    this.options = options;
    this.hasCircumstances = [...rules.keys()].some(({ directives }) => directives?.near !== undefined);
  }

  /** About rules with conditions that cannot be met, as far as lines came to them, keys without room, and senders. */
  notices(): readonly Notice[] {
    const unusable = [...this.unusable].map(keyNotice);
    const refused = [...(this.state?.keys.refused ?? [])].map(([program, lines]): Notice => ({
      where: `first-seen of "${program}"`,
      what: "there is no room for more keys",
      done: `${lines} ${lines === 1 ? "line was" : "lines were"} reported as first seen, and none is remembered`,
    }));
    return [...unusable, ...refused, ...(this.state?.senders.notices() ?? [])];
  }

  /** Whether no rule has conditions. */
  get areNone(): boolean {
    return this.rules.size === 0;
  }

  /** The names in memory of the rules that have conditions. */
  get names(): ReadonlySet<string> {
    return new Set([...this.rules.values()].map(({ name }) => name));
  }

  /** To be called before lines are judged. */
  begin(state: ConditionState): void {
    this.state = state;
    this.told.clear();
  }

  /** Whether the verdict on a line may be another one than its rule alone gives it, or tells of circumstances. */
  isAsked({ rule, isMarked }: Verdict): boolean {
    return (isMarked === true && this.hasCircumstances) || (rule !== undefined && this.rules.has(rule));
  }

  /** In: a line, and the verdict that its rule alone gives it. The same object each time is one verdict. */
  judge(line: AskedLine, verdict: Verdict): Verdict {
    const { rule, isMarked, otherwise } = verdict;
    if (isMarked) this.noteCircumstance(line);
    const conditional = rule && this.rules.get(rule);
    if (!rule || !conditional) return verdict;
    this.known.senders.suspect(line, rule);
    if (rule.list === "ignored") return this.judgeIgnored(line, verdict, rule, conditional);
    if (otherwise && this.known.senders.isSpared(line, rule)) return this.judge(line, otherwise);
    if (otherwise && this.comesTooSeldom(line, rule, conditional)) {
      const spared = this.judge(line, otherwise);
      if (!this.options.isTold(spared)) this.keep(line, rule, conditional);
      return spared;
    }
    const circumstance = this.options.lowersAtOnce ? this.explaining(verdict, this.timeOf(line)) : undefined;
    return circumstance ? this.lowered(verdict, circumstance) : verdict;
  }

  private judgeIgnored(line: AskedLine, verdict: Verdict, rule: Rule, conditional: ConditionalRule): Verdict {
    const { max } = rule.directives ?? {};
    const unseen = conditional.keys && this.unseen(line, rule, conditional.keys.family);
    if (unseen) return this.made("violation", verdict, unseen);
    if (max && this.count(line, conditional, max.periodMs) > max.count)
      return this.made("remainder", verdict, "too many");
    if (this.known.senders.isSuspect(line, rule)) return this.made("violation", verdict, "suspect");
    return verdict;
  }

  /** Undefined where the line's key is known, or learnt. */
  private unseen(line: AskedLine, rule: Rule, family: Text): "first seen" | "no room" | undefined {
    const texts = this.textsOf(line, rule);
    if (texts === undefined) return "first seen";
    const sight = this.known.keys.see(family, keyOf(texts));
    if (sight === "no room") return sight;
    return sight === "new" ? "first seen" : undefined;
  }

  /** Remembers what a line of before has to tell, where it is to be learnt. */
  learn(line: AskedLine, { rule }: Verdict): void {
    const family = rule && this.rules.get(rule)?.keys?.family;
    const texts = family && this.textsOf(line, rule);
    if (family && texts) this.known.keys.learn(family, keyOf(texts));
  }

  private comesTooSeldom(line: AskedLine, rule: Rule, conditional: ConditionalRule): boolean {
    const { min } = rule.directives ?? {};
    if (min === undefined) return false;
    if (this.count(line, conditional, min.periodMs) < min.count) return true;
    const earlier = this.known.rates.take(conditional.name, min.periodMs, this.timeOf(line));
    if (earlier.length > 0) this.told.set(rule, [...(this.told.get(rule) ?? []), ...earlier]);
    return false;
  }

  private keep(line: AskedLine, { directives }: Rule, { name }: ConditionalRule): void {
    const { source, bytes, trueLengthBytes } = line;
    const kept = { source, line: lineText(bytes), trueLengthBytes, timestampMs: this.timeOf(line) };
    if (directives?.min) this.known.rates.keep(name, directives.min.periodMs, kept);
  }

  /** The verdict as it is handed out with its line. */
  handedOut(line: AskedLine, verdict: Verdict): Verdict {
    const { rule, because } = verdict;
    if (rule === undefined || because !== "first seen") return verdict;
    const family = rule.directives?.family;
    const seen = (this.textsOf(line, rule) ?? ["unknown"]).join(", ");
    return { ...verdict, firstSeen: family === undefined ? seen : `${family}: ${seen}` };
  }

  /** The lines that came before a rule's minimum was reached and were not told then. They are told once. */
  takeEarlier(rule: Rule): readonly EarlierLine[] {
    const earlier = this.told.get(rule) ?? [];
    this.told.delete(rule);
    return earlier;
  }

  /** By what a rule with `first-seen` knows a line; undefined where that is not to be found. */
  textsOf({ bytes, readAs }: AskedLine, rule: Rule): KeyTexts | undefined {
    const reader = this.rules.get(rule)?.keys?.reader();
    if (reader === undefined) this.unusable.add(rule);
    // A line of another form may be matched by what is read in its place, or as it is.
    return (readAs && reader?.textsOf(readAs)) ?? reader?.textsOf(bytes);
  }

  /** What explains an alarm of a rule with `near` at a time; undefined where nothing does. */
  explaining({ rule }: Verdict, timestampMs: number): Condition | undefined {
    const near = rule?.directives?.near;
    return near && this.known.circumstances.explaining(near, timestampMs);
  }

  /** The verdict one layer lower, never hidden. */
  lowered(verdict: Verdict, because: Condition): Verdict {
    return this.made(verdict.layer === "never" ? "violation" : "remainder", verdict, because);
  }

  private noteCircumstance({ bytes, readAs }: AskedLine): void {
    const [line, read] = [lineText(bytes), readAs && lineText(readAs)];
    this.known.circumstances.note(read ?? line, readEntryOf(line, read, this.known.now));
  }

  private count(line: AskedLine, { name }: ConditionalRule, periodMs: number): number {
    const times = repeatedMessage(line.readAs ?? line.bytes)?.times ?? 1;
    return this.known.rates.add(name, periodMs, this.timeOf(line), times);
  }

  /** What is read in a line's place may state less than it does. */
  private timeOf({ bytes }: AskedLine): number {
    const { now } = this.known;
    return timestampOf(bytes, now) ?? now.getTime();
  }

  /** A verdict of the rule of another: the same object each time. */
  private made(layer: Layer, from: Verdict, because: Condition): Verdict {
    const { rule, cancelledBy } = from;
    if (rule === undefined) return from;
    const ofRule = this.judged.get(rule) ?? [];
    const known = ofRule.find(
      (one) => one.because === because && one.layer === layer && one.cancelledBy === cancelledBy,
    );
    if (known) return known;
    const verdict: Verdict = { layer, rule, because, ...(cancelledBy && { cancelledBy }) };
    this.judged.set(rule, [...ofRule, verdict]);
    return verdict;
  }

  private get known(): ConditionState {
    if (this.state === undefined) throw new Error("bug: conditions are asked before they begin");
    return this.state;
  }
}

function keyOf(texts: KeyTexts): ByteString {
  return texts.join("\n");
}
