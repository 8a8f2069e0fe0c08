/**
 * Sorts lines into layers by the bytes, chunk by chunk.
 * Promise: each line is counted once against what decided it, and no string is made of a line that is not listed.
 */
import type { MatchSetId } from "../automata/pattern-set.js";
import type { RuleSet } from "../rules/rule-set.js";
import type { Rule } from "../rules/rule.js";
import type { Layer, Verdict } from "./layer.js";
import { verdictOf } from "./layers.js";

export interface SieveOptions {
  /** Lines of these layers are listed; the others are only counted. */
  readonly listedLayers: ReadonlySet<Layer>;
  /** Further lines to be listed, by their verdict. */
  readonly alsoListed?: (verdict: Verdict) => boolean;
}

/** What one chunk came to. The arrays are reused by the next `sift`; entries past `listedCount` are stale. */
export interface SiftedLines {
  readonly lineCount: number;
  readonly listedCount: number;
  /** Where each listed line starts in the chunk, in bytes. */
  readonly starts: Uint32Array;
  /** Where each listed line ends, behind its newline if it has one. */
  readonly ends: Uint32Array;
  /** The verdict on a listed line, by its place in the arrays. */
  readonly verdict: (listedIndex: number) => Verdict;
}

export interface Sieve {
  /** Fill it from its start with whole lines, then `sift`. Read it anew after each call. */
  readonly chunk: Uint8Array;
  sift(lengthBytes: number): SiftedLines;
  /** One line of any length, with or without its newline. */
  siftLine(line: Uint8Array): Verdict;
  isListed(verdict: Verdict): boolean;
  /** Lines since the sieve was made that were not listed, as the automaton counted them. */
  unlistedCount(): number;
  /** Lines by layer since the sieve was made. */
  layerCounts(): Readonly<Record<Layer, number>>;
  /** Lines by deciding rule since the sieve was made; a rule that decided none is not in it. */
  ruleCounts(): ReadonlyMap<Rule, number>;
  /** How many states the automaton has, and the states, to be kept on disk. */
  readonly stateCount: number;
  saveStates(): Uint8Array;
}

export const reportedLayers: ReadonlySet<Layer> = new Set(["never", "violation", "remainder"]);

export function createSieve(ruleSet: RuleSet, { listedLayers, alsoListed }: SieveOptions): Sieve {
  const { rules, patterns } = ruleSet;
  const isListed = (verdict: Verdict): boolean =>
    listedLayers.has(verdict.layer) || alsoListed?.(verdict) === true;
  const judge = (matches: readonly number[]): Verdict =>
    // An index that the set itself gave out always has its rule.
    verdictOf(matches.map((index) => rules[index]!));
  const scanner = patterns.scanner({ isListed: (matches) => isListed(judge(matches)) });

  const verdicts = new Map<MatchSetId, Verdict>();
  const verdictOn = (id: MatchSetId): Verdict => {
    const known = verdicts.get(id);
    if (known) return known;
    const verdict = judge(scanner.matches(id));
    verdicts.set(id, verdict);
    return verdict;
  };

  return {
    get chunk() {
      return scanner.chunk;
    },
    sift(lengthBytes) {
      const { lineCount, listedCount, starts, ends, matchSets } = scanner.scan(lengthBytes);
      return {
        lineCount,
        listedCount,
        starts,
        ends,
        verdict(listedIndex) {
          const id = matchSets[listedIndex];
          if (id === undefined || listedIndex >= listedCount)
            throw new RangeError(`bug: line ${listedIndex} of ${listedCount} listed`);
          return verdictOn(id);
        },
      };
    },
    siftLine: (line) => verdictOn(scanner.matchLine(line)),
    isListed,
    unlistedCount() {
      let count = 0;
      for (const [id, lines] of scanner.counts()) if (!isListed(verdictOn(id))) count += lines;
      return count;
    },
    layerCounts() {
      const counts: Record<Layer, number> = { never: 0, violation: 0, remainder: 0, ignored: 0 };
      for (const [id, lines] of scanner.counts()) counts[verdictOn(id).layer] += lines;
      return counts;
    },
    ruleCounts() {
      const counts = new Map<Rule, number>();
      for (const [id, lines] of scanner.counts()) {
        const { rule } = verdictOn(id);
        if (rule) counts.set(rule, (counts.get(rule) ?? 0) + lines);
      }
      return counts;
    },
    get stateCount() {
      return scanner.stateCount;
    },
    saveStates: () => scanner.saveStates(),
  };
}
