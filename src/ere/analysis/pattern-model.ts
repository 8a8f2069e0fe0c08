/**
 * The patterns of a set as the analysis walks them: trees of letters, and the matcher for those that a tree does not tell.
 * Promise: a pattern whose lines its tree does not tell exactly is known as such, with the reason.
 */
import type { CharacterSet } from "../alphabet/character-set.js";
import type { Locale } from "../alphabet/locale.js";
import { Verifier } from "../nfa/verifier.js";
import { checkPatterns } from "../syntax/check-patterns.js";
import type { CheckedPatterns, PatternError } from "../syntax/checked-patterns.js";
import { features } from "../syntax/pattern-features.js";
import type { CheckedPattern } from "../syntax/pattern-reader.js";
import { CharacterTrees, leavesOf, NotModelled, type CharacterMeaning } from "./character-trees.js";
import { LetterTrees, type LetterTree } from "./letter-trees.js";
import { wordSets } from "./letter-classes.js";
import { lettersOf, type Letters } from "./letters.js";

export interface ModelOptions {
  readonly locale: Locale;
  /** Whether a pattern's wildcards, by its index, stand for bytes that are no UTF-8 too. */
  readonly takesAnyByte?: (index: number) => boolean;
}

/** How much a tree tells of its pattern: all; or it takes more lines than the pattern; or nothing. */
export type Exactness =
  | { readonly kind: "exact" }
  | { readonly kind: "takes more"; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string };

const exact: Exactness = { kind: "exact" };
const strayBytes: Exactness = { kind: "unknown", reason: "has bytes that are no UTF-8" };

export class PatternModel {
  readonly errors: readonly PatternError[];
  readonly letters: Letters;
  readonly letterTrees: LetterTrees;
  readonly hasWordAssertions: boolean;
  private readonly locale: Locale;
  private readonly checked: CheckedPatterns;
  private readonly byIndex: ReadonlyMap<number, CheckedPattern>;
  private readonly exactness = new Map<number, Exactness>();
  private readonly trees = new Map<number, CharacterMeaning>();
  private readonly verifiers = new Map<number, Verifier>();

  constructor(patterns: readonly Uint8Array[], { locale, takesAnyByte }: ModelOptions) {
    this.locale = locale;
    this.checked = checkPatterns(patterns, locale, takesAnyByte);
    const { valid, errors } = this.checked;
    this.errors = errors;
    this.byIndex = new Map(valid.map((pattern) => [pattern.index, pattern]));
    this.hasWordAssertions = valid.some((pattern) => (pattern.features & features.wordAssertions) !== 0);
    this.letters = this.readTrees();
    this.letterTrees = new LetterTrees(this.letters);
  }

  /** Undefined for a pattern that grep refuses. */
  exactnessOf(index: number): Exactness | undefined {
    const pattern = this.byIndex.get(index);
    return pattern && (this.exactness.get(index) ?? exactnessOf(pattern));
  }

  /** Undefined where nothing is known of its lines. */
  treeOf(index: number): LetterTree | undefined {
    const tree = this.trees.get(index);
    return tree && this.letterTrees.of(tree);
  }

  /** As the matcher says. A pattern with back-references that gives up does not match, as in a run. */
  matches(index: number, line: Uint8Array): boolean {
    const pattern = this.byIndex.get(index);
    if (pattern === undefined) return false;
    let verifier = this.verifiers.get(index);
    if (verifier === undefined) {
      verifier = new Verifier(this.checked.reader.whole(pattern), pattern.features, this.locale);
      this.verifiers.set(index, verifier);
    }
    return verifier.verify(line) === "match";
  }

  private readTrees(): Letters {
    const trees = new CharacterTrees(this.locale);
    const leaves = new Set<CharacterSet>(this.hasWordAssertions ? wordSets(this.locale) : []);
    for (const pattern of this.checked.valid) {
      const tree = this.treeFrom(pattern, trees);
      if (tree === undefined) {
        this.exactness.set(pattern.index, strayBytes);
        continue;
      }
      this.trees.set(pattern.index, tree);
      for (const leaf of leavesOf(tree)) leaves.add(leaf);
    }
    const { letters, told } = lettersOf([...leaves], this.locale);
    if (told.length < leaves.size) this.leaveOutWhatIsNotTold(new Set(told));
    return letters;
  }

  private treeFrom(pattern: CheckedPattern, trees: CharacterTrees): CharacterMeaning | undefined {
    if ((pattern.features & features.invalidBytes) !== 0) return undefined;
    try {
      return trees.of(this.checked.reader.whole(pattern).tree);
    } catch (fault) {
      if (fault instanceof NotModelled) return undefined;
      throw fault;
    }
  }

  private leaveOutWhatIsNotTold(told: ReadonlySet<CharacterSet>): void {
    const reason = "the patterns name too many different characters";
    for (const [index, tree] of this.trees) {
      if ([...leavesOf(tree)].every((leaf) => told.has(leaf))) continue;
      this.trees.delete(index);
      this.exactness.set(index, { kind: "unknown", reason });
    }
  }
}

function exactnessOf({ features: bits, dialectsDisagree }: CheckedPattern): Exactness {
  if ((bits & features.backReferences) !== 0) return { kind: "takes more", reason: "uses a back-reference" };
  if (dialectsDisagree && (bits & features.regex) !== 0)
    return { kind: "takes more", reason: "is read differently by the two matchers in grep" };
  return exact;
}
