/**
 * Lines that a rule matches, and which other rules match each.
 * Promise: the rule matches each line that is given for it, in a run too. The same rules have the same lines.
 */
import { sampleLine, type SampleStyle, type SyntaxTree } from "../../ere/index.js";
import type { KnownAnswers } from "../known-answers.js";
import { headers } from "./rule-languages.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";

export interface Sample {
  readonly line: Uint8Array;
  /** All rules that match it, in ascending order. */
  readonly matching: readonly RuleIndex[];
}

/** A rule that matches all of these nearly always matches all that theirs does: 262 pairs of 3.7 million are left. */
const styles: readonly SampleStyle[] = ["first", "last", "long", ...Array<SampleStyle>(3).fill("any")];
const moreStyles = Array<SampleStyle>(64).fill("any");

export class RuleSamples {
  private readonly corpus: RuleCorpus;
  private readonly answers: KnownAnswers;
  private readonly known = new Map<RuleIndex, readonly Sample[]>();

  constructor(corpus: RuleCorpus, answers: KnownAnswers) {
    this.corpus = corpus;
    this.answers = answers;
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

  /** Other ones, for a question that takes too long: a line that answers it may be among them. */
  moreOf(index: RuleIndex): readonly Sample[] {
    return this.recalled(["more"], index, () => this.findSamples(index, moreStyles));
  }

  /** A line for each of the words, in which the rule's fields are that word where they can be. */
  withWords(index: RuleIndex, words: readonly string[]): readonly Sample[] {
    return this.recalled(["words", ...words], index, () => this.findWithWords(index, words));
  }

  private findWithWords(index: RuleIndex, words: readonly string[]): readonly Sample[] {
    const tree = this.corpus.treeOf(index);
    if (tree === undefined) return [];
    const lines = new Map<string, Uint8Array>();
    for (const word of ["", ...words]) {
      const rest = this.restOf(index, tree, ["first", () => 0, Buffer.from(word)]);
      if (rest) lines.set(Buffer.from(rest).toString("latin1"), rest);
    }
    // The first one is without any of them.
    return [...lines.values()].slice(1).flatMap((rest) => this.tried(index, rest, 0));
  }

  private samplesOf(index: RuleIndex): readonly Sample[] {
    return this.recalled(["samples"], index, () => this.findSamples(index, styles));
  }

  /** Which rules match the lines is asked anew: the others may have changed. */
  private recalled(
    question: readonly string[],
    index: RuleIndex,
    find: () => readonly Sample[],
  ): readonly Sample[] {
    const { corpus } = this;
    let found: readonly Sample[] | undefined;
    const lines = this.answers.recall([...question, ...corpus.identityOf(index)], () => {
      found = find();
      return found.map(({ line }) => Buffer.from(line).toString("latin1"));
    });
    return (
      found ??
      lines.map((text) => {
        const line = Buffer.from(text, "latin1");
        return { line, matching: corpus.matching(line) };
      })
    );
  }

  private findSamples(index: RuleIndex, wanted: readonly SampleStyle[]): readonly Sample[] {
    const tree = this.corpus.treeOf(index);
    if (tree === undefined) return [];
    // By its text, so that its lines are the same whatever other rules there are.
    const random = randomNumbers(this.corpus.bytesOf(index));
    return wanted.flatMap((style, number) => {
      const rest = this.restOf(index, tree, [style, random]);
      return rest ? this.tried(index, rest, number) : [];
    });
  }

  /** What follows the header, where the rule has one. */
  private restOf(
    index: RuleIndex,
    tree: SyntaxTree,
    [style, random, word]: readonly [SampleStyle, () => number, Uint8Array?],
  ): Uint8Array | undefined {
    const from = this.corpus.hasHeader(index) ? (this.corpus.wideningOf(index)?.widenedBytes ?? 0) : 0;
    return sampleLine(tree, from, style, random, word);
  }

  private tried(index: RuleIndex, rest: Uint8Array, number: number): readonly Sample[] {
    const { corpus } = this;
    const header = corpus.hasHeader(index) ? (headers[number % headers.length] ?? "") : "";
    // A rule that is open at its end may ask for a blank there, which no line ends in.
    return ["", "x"]
      .map((end): Sample => {
        const line = Buffer.concat([Buffer.from(header), rest, Buffer.from(end)]);
        return { line, matching: corpus.matching(line) };
      })
      .filter(({ matching }) => matching.includes(index))
      .slice(0, 1);
  }
}

/** Mulberry32 from an FNV-1a hash: the same text gives the same numbers from 0 to 1. */
function randomNumbers(text: Uint8Array): () => number {
  let state = text.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
