/**
 * Finds lines that an ignore rule matches and that raise an alarm all the same.
 * Promise: each line that is given is one that both rules match, and that is raised in a run.
 *
 * Nearly every rule with free text meets nearly every alarm somewhere. So what counts is whether one rule matches what
 * the other was written for: a line with the fixed words of one of them, and little else.
 */
import { verdictOf } from "../../rules/layers.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";
import type { RuleSamples } from "./rule-samples.js";

export interface Overlap {
  readonly rule: RuleIndex;
  /** The rule that raises the line. */
  readonly other: RuleIndex;
  readonly line: Uint8Array;
}

/** In: ignore rules that are asked about, and what else `overlapsOf` is to be silent about. */
export function overlapsOf(
  corpus: RuleCorpus,
  samples: RuleSamples,
  targets: readonly RuleIndex[],
): Overlap[] {
  const ignoring = new Set(targets.filter((index) => corpus.rules[index]?.list === "ignored"));
  const found = new Map<string, Overlap>();
  const look = (index: RuleIndex): void => {
    for (const { line, matching } of samples.of(index)) {
      const raising = raisingRule(corpus, matching);
      if (raising === undefined) continue;
      for (const rule of matching) {
        // Of an alarm's lines all ignore rules count, of an ignore rule's lines it alone.
        if (!ignoring.has(rule) || (corpus.isAttention(index) ? raising !== index : rule !== index)) continue;
        const key = `${rule} ${raising}`;
        if (!found.has(key)) found.set(key, { rule, other: raising, line });
      }
    }
  };
  if (ignoring.size === 0) return [];
  for (const index of corpus.rules.keys()) if (corpus.isAttention(index) || ignoring.has(index)) look(index);
  return [...found.values()].sort((one, other) => one.rule - other.rule || one.other - other.other);
}

function raisingRule(corpus: RuleCorpus, matching: readonly RuleIndex[]): RuleIndex | undefined {
  const { layer, rule } = verdictOf(matching.flatMap((index) => corpus.rules[index] ?? []));
  return layer === "never" || layer === "violation"
    ? matching.find((index) => corpus.rules[index] === rule)
    : undefined;
}
