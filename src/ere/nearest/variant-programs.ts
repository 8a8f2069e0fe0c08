/**
 * Many patterns as programs to align lines with, found by the words that they share with a line.
 * Promise: each pattern is there with all that it may match, unless it is too large, and the memory is bounded.
 */
import type { Locale } from "../alphabet/locale.js";
import { partsOf, type SyntaxTree } from "../syntax/syntax-tree.js";
import { patternParser } from "../analysis/parse-patterns.js";
import { EditLeaves } from "./edit-leaves.js";
import { editProgramOf, type EditProgram } from "./edit-program.js";
import { fixedWordsOf, type FixedWords } from "./fixed-words.js";
import { prunedFor } from "./pruned.js";
import { variantsOf } from "./variants.js";
import { WordIndex } from "./word-index.js";

export interface Candidate {
  /** The pattern's place among the patterns. */
  readonly index: number;
  readonly program: EditProgram;
  /** What is added to its cost. */
  readonly handicap: number;
  /** What stands in the pattern's place for this line. */
  readonly instead?: Uint8Array;
}

/** Of words in any order, which say little. */
const wordsHandicap = 40;

/** Of a program that is aligned as it is. */
const mostPlaces = 2500;
/** Programs that are kept for the next line, in steps. */
const mostSteps = 1 << 20;
/** Patterns whose trees are kept: those that were split, and those that are cut down for each line. */
const [mostSplit, mostLarge] = [100, 10];
/** Of those, candidates for one line. */
const mostPruned = 1;

/** By pattern, the words of each of its variants. */
export type PatternWords = readonly (readonly FixedWords[])[];

export class VariantPrograms {
  /** For another one of the same patterns, which need not read them then. */
  readonly patternWords: PatternWords;
  private readonly eres: readonly Uint8Array[];
  private readonly locale: Locale;
  private readonly parse: (ere: Uint8Array) => SyntaxTree | undefined;
  private readonly words = new WordIndex();
  private readonly leaves = new EditLeaves();
  /** By variant, its pattern, and the first variant of that. */
  private readonly patterns: number[] = [];
  private readonly firsts: number[] = [];
  /** By variant, or below 0 by what stands in place of a pattern. */
  private readonly programs = new Map<number, EditProgram | undefined>();
  private steps = 0;
  /** Of variants that are cut down for each line. */
  private readonly large = new Map<number, SyntaxTree>();
  /** Of the patterns that were split lately, since their variants come together. */
  private readonly variants = new Map<number, readonly SyntaxTree[]>();

  /** All patterns are read where their words are not known. One that grep refuses is never near. */
  constructor(eres: readonly Uint8Array[], locale: Locale, known?: PatternWords) {
    this.eres = eres;
    this.locale = locale;
    this.parse = patternParser(locale);
    this.patternWords = known ?? eres.map((ere) => this.wordsOf(ere));
    for (const [index, variants] of this.patternWords.entries()) {
      const first = this.patterns.length;
      for (const words of variants) {
        this.words.add(index, words);
        this.patterns.push(index);
        this.firsts.push(first);
      }
    }
  }

  private wordsOf(ere: Uint8Array): readonly FixedWords[] {
    const tree = this.parse(ere);
    return tree ? variantsOf(tree).map(fixedWordsOf) : [];
  }

  /**
   * The variants that have the most in common with a line, best first. In: the line as latin1, and an ERE that stands in
   * place of a pattern for this line, where one does.
   */
  candidates(
    line: string,
    most: number,
    insteadOf: (pattern: number) => Uint8Array | undefined,
  ): Candidate[] {
    let pruned = 0;
    const replaced = new Set<number>();
    return this.words.nearest(line, most).flatMap((variant) => {
      const index = this.patterns[variant] ?? 0;
      const instead = insteadOf(index);
      const other = instead && this.programOf(-1 - index, () => this.parse(instead));
      if (instead && other) {
        if (replaced.has(index)) return [];
        replaced.add(index);
        return { index, program: other, handicap: 0, instead };
      }
      const whole = this.programOf(variant, () => this.treeOf(variant));
      if (whole) return { index, program: whole, handicap: 0 };
      // To cut one down takes as long as all else; the best is first.
      const isWanted = pruned < mostPruned && this.words.hasNeeded(variant, line);
      const program = isWanted ? this.prunedProgram(variant, line) : undefined;
      if (program === undefined) return [];
      pruned++;
      return { index, program, handicap: wordsHandicap };
    });
  }

  /** Of a list of words in a loop, which is near to everything and takes long to align: of those that the line has. */
  private prunedProgram(variant: number, line: string): EditProgram | undefined {
    let tree = this.large.get(variant);
    if (tree === undefined) {
      tree = this.treeOf(variant);
      if (tree === undefined) return undefined;
      if (this.large.size >= mostLarge) this.large.clear();
      this.large.set(variant, tree);
    }
    return editProgramOf(prunedFor(tree, line), this.leaves, this.locale, mostPlaces);
  }

  /** Of a pattern that is none of these; and whether it takes just what the pattern matches. */
  programFor(ere: Uint8Array): { readonly program: EditProgram; readonly isExact: boolean } | undefined {
    const tree = this.parse(ere);
    const program = tree && editProgramOf(tree, this.leaves, this.locale);
    return program && { program, isExact: isExact(partsOf(tree)) };
  }

  private programOf(key: number, treeOf: () => SyntaxTree | undefined): EditProgram | undefined {
    if (this.programs.has(key)) return this.programs.get(key);
    const tree = treeOf();
    const program = tree && editProgramOf(tree, this.leaves, this.locale, mostPlaces);
    if (this.steps > mostSteps) {
      this.programs.clear();
      this.steps = 0;
    }
    this.programs.set(key, program);
    this.steps += program?.length ?? 0;
    return program;
  }

  private treeOf(variant: number): SyntaxTree | undefined {
    return this.variantsOf(this.patterns[variant] ?? 0)[variant - (this.firsts[variant] ?? 0)];
  }

  private variantsOf(index: number): readonly SyntaxTree[] {
    let variants = this.variants.get(index);
    if (variants === undefined) {
      const tree = this.parse(this.eres[index] ?? new Uint8Array());
      variants = tree ? variantsOf(tree) : [];
      if (this.variants.size >= mostSplit) this.variants.clear();
      if (variants.length > 1) this.variants.set(index, variants);
    }
    return variants;
  }
}

/** An alignment does not know edges of words, back-references and anchors inside of a pattern. */
function isExact(parts: readonly SyntaxTree[]): boolean {
  return parts.every((part, index) => {
    const isOuter = index === 0 || index === parts.length - 1;
    switch (part.kind) {
      case "assertion":
        return isOuter && part.assertion === (index === 0 ? "line start" : "line end");
      case "group":
      case "repeat":
        return isExact([nothingHere, part.body, nothingHere]);
      case "sequence":
        return isExact([nothingHere, ...part.parts, nothingHere]);
      case "choice":
        return isExact([nothingHere, ...part.branches, nothingHere]);
      default:
        return part.kind !== "back-reference";
    }
  });
}

const nothingHere: SyntaxTree = { kind: "empty", start: 0, end: 0 };
