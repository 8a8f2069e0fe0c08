/**
 * Sorts lines into layers by the bytes, chunk by chunk.
 * Promise: each line is counted once against what decided it, and no string is made of a line that is not selected.
 */
import { createLineJudge, type JudgedLines, type LineJudge } from "./classifier.js";
import type { RuleSet } from "./rule-set.js";
import type { Rule } from "./rule.js";
import type { Layer, Verdict } from "./layer.js";
import { verdictOf } from "./layers.js";

export interface SieveOptions {
  /** Lines of these layers are selected; the others are only counted. */
  readonly selectedLayers: ReadonlySet<Layer>;
  /** Further lines to be selected, by their verdict. */
  readonly alsoSelected?: (verdict: Verdict) => boolean;
}

export type SiftedLines = JudgedLines<Verdict>;

export interface Sieve extends LineJudge<Verdict> {
  /** Lines by layer since the sieve was made. */
  layerCounts(): Readonly<Record<Layer, number>>;
  /** Lines by deciding rule since the sieve was made; a rule that decided none is not in it. */
  ruleCounts(): ReadonlyMap<Rule, number>;
}

export const reportedLayers: ReadonlySet<Layer> = new Set(["never", "violation", "remainder"]);

export function createSieve(
  { rules, patterns }: RuleSet,
  { selectedLayers, alsoSelected }: SieveOptions,
): Sieve {
  const lines = createLineJudge<Verdict>(
    patterns,
    // An index that the set itself gave out always has its rule.
    (matches) => verdictOf(matches.map((index) => rules[index]!)),
    (verdict) => selectedLayers.has(verdict.layer) || alsoSelected?.(verdict) === true,
  );
  return Object.assign(lines, {
    layerCounts() {
      const counts: Record<Layer, number> = { never: 0, violation: 0, remainder: 0, ignored: 0 };
      for (const [{ layer }, count] of lines.verdictCounts()) counts[layer] += count;
      return counts;
    },
    ruleCounts() {
      const counts = new Map<Rule, number>();
      for (const [{ rule }, count] of lines.verdictCounts())
        if (rule) counts.set(rule, (counts.get(rule) ?? 0) + count);
      return counts;
    },
  });
}
