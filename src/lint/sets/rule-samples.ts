/**
 * Lines that a rule matches, and which other rules match each.
 * Promise: the rule matches each line that is given for it, in a run too. The same rules have the same lines.
 */
import { sampleLine, type SampleStyle } from "../../ere/index.js";
import { headers } from "./rule-languages.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";

export interface Sample {
  readonly line: Uint8Array;
  /** All rules that match it, in ascending order. */
  readonly matching: readonly RuleIndex[];
}

/** A rule that matches all of these nearly always matches all that theirs does: 262 pairs of 3.7 million are left. */
const styles: readonly SampleStyle[] = ["first", "last", "long", ...Array<SampleStyle>(3).fill("any")];

export class RuleSamples {
  private readonly corpus: RuleCorpus;
  private readonly known = new Map<RuleIndex, readonly Sample[]>();

  constructor(corpus: RuleCorpus) {
    this.corpus = corpus;
  }

  /** None where a rule's lines cannot be guessed from its tree. */
  of(index: RuleIndex): readonly Sample[] {
    let samples = this.known.get(index);
    if (samples === undefined) {
      samples = this.samplesOf(index);
      this.known.set(index, samples);
    }
    return samples;
  }

  private samplesOf(index: RuleIndex): readonly Sample[] {
    const { corpus } = this;
    const tree = corpus.treeOf(index);
    if (tree === undefined) return [];
    const isHeaded = corpus.hasHeader(index);
    const from = isHeaded ? (corpus.wideningOf(index)?.widenedBytes ?? 0) : 0;
    const random = randomNumbers(index);
    return styles.flatMap((style, number) => {
      const rest = sampleLine(tree, from, style, random);
      if (rest === undefined) return [];
      const header = isHeaded ? (headers[number % headers.length] ?? "") : "";
      // A rule that is open at its end may ask for a blank there, which no line ends in.
      return ["", "x"]
        .map((end): Sample => {
          const line = Buffer.concat([Buffer.from(header), rest, Buffer.from(end)]);
          return { line, matching: corpus.matching(line) };
        })
        .filter(({ matching }) => matching.includes(index))
        .slice(0, 1);
    });
  }
}

/** Mulberry32: the same seed gives the same numbers from 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
