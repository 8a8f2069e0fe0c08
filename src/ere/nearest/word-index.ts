/**
 * An index of the words that are written in many patterns.
 * Promise: a line is compared with the patterns that have a word of it only, however many there are.
 */
import { wordsOf, type FixedWords } from "./fixed-words.js";

/** What a word that a pattern needs and the line lacks weighs, and one that it may have, beside one that both have. */
const [missingWeight, possibleWeight] = [0.6, 0.8];
/** Variants of one pattern among those that are named. */
const mostOfPattern = 3;

/** A word of the line's beginning that ends in a colon. */
const tag = /^(?:\S+ +){1,6}?(\S*[A-Za-z]\S*):(?: |$)/;
const mostUntagged = 4;
/** Of the best score; but of so many, all are compared. */
const [leastShare, fewest] = [0.25, 20];

interface Entry {
  /** Variants. */
  readonly needing: number[];
  readonly allowing: number[];
  /** How many patterns have the word. */
  patterns: number;
  lastPattern: number;
}

export class WordIndex {
  private readonly byWord = new Map<string, Entry>();
  /** By variant: its pattern, and the words that it needs. */
  private readonly patterns: number[] = [];
  private readonly needed: (readonly string[])[] = [];
  private weights: Float64Array | undefined;
  private scores = new Float64Array(0);

  /** Adds the next variant, of the pattern that was last added or of the next one. */
  add(pattern: number, { needed, possible }: FixedWords): void {
    const index = this.patterns.push(pattern) - 1;
    this.needed.push(needed);
    for (const word of needed) this.entryFor(word, pattern).needing.push(index);
    for (const word of possible) this.entryFor(word, pattern).allowing.push(index);
    this.weights = undefined;
  }

  /** Whether a line has all words that a variant needs. */
  hasNeeded(variant: number, line: string): boolean {
    const words = wordsOf(line);
    return this.needed[variant]?.every((word) => words.has(word)) === true;
  }

  /** The variants that have the most in common with a line, best first, a few of each pattern. In: the line as latin1. */
  nearest(line: string, most: number): number[] {
    const weights = (this.weights ??= this.weigh());
    const { scores } = this;
    const touched: number[] = [];
    const add = (index: number, score: number): void => {
      if (scores[index] === 0) {
        touched.push(index);
        scores[index] = -missingWeight * weights[index]! || -Number.MIN_VALUE;
      }
      scores[index]! += score;
    };
    for (const word of wordsOf(line)) {
      const entry = this.byWord.get(word);
      if (entry === undefined) continue;
      const weight = this.weightOf(entry);
      for (const index of entry.needing) add(index, (1 + missingWeight) * weight);
      for (const index of entry.allowing) add(index, possibleWeight * weight);
    }
    touched.sort((one, other) => scores[other]! - scores[one]! || one - other);
    const least = leastShare * (scores[touched[0] ?? 0] ?? 0);
    const similar = touched.filter((index, place) => place < fewest || scores[index]! >= least);
    const chosen = this.firstOf(this.tagFirst(similar, line), most);
    for (const index of touched) scores[index] = 0;
    return chosen;
  }

  /** Where the line's tag is a word that patterns have: those that have it, and a few others. */
  private tagFirst(variants: readonly number[], line: string): readonly number[] {
    const words = tag.exec(line)?.[1]?.match(/[A-Za-z]{2,}/g) ?? [];
    const entries = words.flatMap((word) => this.byWord.get(word) ?? []);
    const tagged = new Set(entries.flatMap(({ needing, allowing }) => [...needing, ...allowing]));
    if (tagged.size === 0) return variants;
    const others = variants.filter((variant) => !tagged.has(variant)).slice(0, mostUntagged);
    return [...variants.filter((variant) => tagged.has(variant)), ...others];
  }

  private firstOf(variants: readonly number[], most: number): number[] {
    const counts = new Map<number, number>();
    const chosen: number[] = [];
    for (const variant of variants) {
      const pattern = this.patterns[variant] ?? 0;
      const count = (counts.get(pattern) ?? 0) + 1;
      counts.set(pattern, count);
      if (count > mostOfPattern) continue;
      if (chosen.push(variant) === most) break;
    }
    return chosen;
  }

  private entryFor(word: string, pattern: number): Entry {
    let entry = this.byWord.get(word);
    if (entry === undefined) {
      entry = { needing: [], allowing: [], patterns: 0, lastPattern: -1 };
      this.byWord.set(word, entry);
    }
    if (entry.lastPattern !== pattern) entry.patterns++;
    entry.lastPattern = pattern;
    return entry;
  }

  /** By variant, all words that it needs. */
  private weigh(): Float64Array {
    this.scores = new Float64Array(this.patterns.length);
    return Float64Array.from(this.needed, (words) =>
      words.reduce((sum, word) => sum + this.weightOf(this.byWord.get(word)!), 0),
    );
  }

  /** The fewer patterns have a word, the more it says. */
  private weightOf({ patterns }: Entry): number {
    const all = (this.patterns.at(-1) ?? 0) + 1;
    return Math.log(1 + all / (1 + patterns));
  }
}
