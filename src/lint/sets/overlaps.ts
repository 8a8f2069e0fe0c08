/**
 * Finds lines that an ignore rule matches and that raise an alarm all the same.
 * Promise: each line that is given is one that both rules match, and that is raised in a run.
 *
 * Nearly every rule with free text meets nearly every alarm somewhere. So what counts is whether one rule matches what
 * the other was written for: a line with the fixed words of one of them, and little else; or a line of the ignore rule in
 * which a field is one of the alarm's words, as in "login of [a-z]+" and "login of root".
 */
import { verdictOf } from "../../rules/layers.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";
import type { RuleSamples } from "./rule-samples.js";
import { beginningsOf, mayMeet, wordsOf, type Beginnings } from "./rule-words.js";

export interface Overlap {
  readonly rule: RuleIndex;
  /** The rule that raises the line. */
  readonly other: RuleIndex;
  readonly line: Uint8Array;
}

/** Of one rule, how many alarms that are like it lend their words, and how many words are tried in its fields. */
const [mostAlike, mostWords] = [4, 16];

/** In: rules that are asked about. Out: in the order of the rules. */
export function overlapsOf(
  corpus: RuleCorpus,
  samples: RuleSamples,
  targets: readonly RuleIndex[],
): Overlap[] {
  const ignoring = targets.filter((index) => corpus.rules[index]?.list === "ignored");
  if (ignoring.length === 0) return [];
  const alarms = [...corpus.rules.keys()]
    .filter((index) => corpus.isAttention(index))
    .map((index) => new Alarm(corpus, index));
  const found = new Map<string, Overlap>();
  const note = (rule: RuleIndex, other: RuleIndex, line: Uint8Array): void => {
    const key = `${rule} ${other}`;
    const known = found.get(key);
    if (known === undefined || line.length < known.line.length) found.set(key, { rule, other, line });
  };
  const isIgnoring = new Set(ignoring);
  const met = new Set<Alarm>();
  for (const rule of ignoring) {
    const own = beginningsOf(corpus, rule);
    const meeting = alarms.filter(({ beginnings }) => mayMeet(own, beginnings));
    // A line of an alarm of any program names none that a rule knows.
    for (const alarm of meeting) if (own === undefined || alarm.beginnings !== undefined) met.add(alarm);
    const words = wordsToTry(rule, meeting, corpus);
    for (const { line, matching } of [...samples.of(rule), ...samples.withWords(rule, words)]) {
      const other = raisingRule(corpus, matching);
      if (other !== undefined) note(rule, other, line);
    }
  }
  for (const { index } of met)
    for (const { line, matching } of samples.of(index))
      if (raisingRule(corpus, matching) === index)
        for (const rule of matching) if (isIgnoring.has(rule)) note(rule, index, line);
  return [...found.values()].sort((one, other) => one.rule - other.rule || one.other - other.other);
}

class Alarm {
  readonly index: RuleIndex;
  readonly beginnings: Beginnings;
  private readonly corpus: RuleCorpus;
  private known: readonly string[] | undefined;

  constructor(corpus: RuleCorpus, index: RuleIndex) {
    this.corpus = corpus;
    this.index = index;
    this.beginnings = beginningsOf(corpus, index);
  }

  get words(): readonly string[] {
    return (this.known ??= wordsOf(this.corpus, this.index));
  }
}

/**
 * Of alarms of the same program that have a word in common with the rule: some alarm has nearly every word, and a field
 * that is one says nothing by itself.
 */
function wordsToTry(rule: RuleIndex, meeting: readonly Alarm[], corpus: RuleCorpus): readonly string[] {
  const own = new Set(wordsOf(corpus, rule));
  const alike = meeting
    .filter(({ beginnings }) => beginnings !== undefined)
    .map(({ words }) => ({ words, shared: words.filter((word) => own.has(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((one, other) => other.shared - one.shared)
    .slice(0, mostAlike);
  const words = new Set(alike.flatMap((alarm) => alarm.words));
  return [...words].filter((word) => !own.has(word)).slice(0, mostWords);
}

function raisingRule(corpus: RuleCorpus, matching: readonly RuleIndex[]): RuleIndex | undefined {
  const { layer, rule } = verdictOf(matching.flatMap((index) => corpus.rules[index] ?? []));
  return layer === "never" || layer === "violation"
    ? matching.find((index) => corpus.rules[index] === rule)
    : undefined;
}
