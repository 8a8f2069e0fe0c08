/**
 * Classifies lines by logcheck's sections, chunk by chunk.
 * Promise: each line gets the sections that `place` decides, and is counted once.
 */
import { createClassifier, type Classifier } from "../../rules/classify/classifier.js";
import {
  compilePatternSet,
  type Compilation,
  type Locale,
  type PatternSet,
  type StatesCache,
} from "../../ere/index.js";
import type { RuleTree } from "./rule-tree.js";
import { isPlaced, place, type Placement } from "./sections.js";

/** Compiles all rules of a tree into one automaton. Lines are matched without their trailing white space. */
export function compileTree(tree: RuleTree, locale: Locale, statesCache?: StatesCache): Compilation {
  const { cracking, violations } = tree.files;
  const raising = new Set([...cracking, ...violations].flatMap((file) => file.patterns));
  return compilePatternSet(tree.patterns, {
    locale,
    trimsTrailingSpace: true,
    ...(statesCache && { statesCache }),
    // A rule that is too costly to decide raises the line and hides nothing.
    matchesInDoubt: (pattern) => raising.has(pattern),
  });
}

/**
 * In: a tree, and the compiled patterns of this tree or of one with more rules. A line that belongs to no section is
 * ignored.
 */
export function createPlacementClassifier(tree: RuleTree, patterns: PatternSet): Classifier<Placement> {
  // Equal placements become one object: there may be millions of sets of rules.
  const known = new Map<string, Placement>();
  const placed = (matches: readonly number[]): Placement => {
    const placement = place(tree, matches);
    const key = JSON.stringify(placement);
    const first = known.get(key) ?? placement;
    known.set(key, first);
    return first;
  };
  return createClassifier(patterns, {
    verdictOf: placed,
    isSelected: isPlaced,
    isIgnored: (placement) => !isPlaced(placement),
  });
}
