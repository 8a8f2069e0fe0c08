/**
 * Reads single patterns for those who ask what a pattern says, not which lines it matches.
 * Promise: the tree is the one that lines are matched with, and its spans are places in the pattern's text.
 */
import type { Locale } from "../alphabet/locale.js";
import { PatternFault } from "../syntax/pattern-text.js";
import { placesOf } from "../syntax/pattern-size.js";
import { needsVerification, PatternReader } from "../syntax/pattern-reader.js";
import type { SyntaxTree } from "../syntax/syntax-tree.js";

/**
 * A reader of many patterns, each the bytes of one ERE without its newline. Out: undefined for a pattern that grep
 * refuses. One reader for many patterns remembers the bracket expressions that they share.
 */
export function patternParser(locale: Locale): (text: Uint8Array) => SyntaxTree | undefined {
  const reader = new PatternReader(locale);
  return (text) => {
    try {
      return reader.whole(reader.check(text, 0)).tree;
    } catch (fault) {
      if (fault instanceof PatternFault) return undefined;
      throw fault;
    }
  };
}

/** What a pattern costs a set. */
export interface PatternCost {
  /** Bytes, characters and assertions with its intervals written out: what it may add to the automaton of all. */
  readonly places: number;
  /** Whether lines that the automaton finds for it are matched once more, by walking the pattern alone. */
  readonly isVerified: boolean;
}

/** In: the bytes of one ERE. A pattern that grep refuses costs nothing. */
export function patternCosts(locale: Locale): (text: Uint8Array) => PatternCost {
  const reader = new PatternReader(locale);
  return (text) => {
    try {
      const pattern = reader.check(text, 0);
      return {
        places: placesOf(reader.whole(pattern).tree),
        isVerified: needsVerification(pattern, locale),
      };
    } catch (fault) {
      if (fault instanceof PatternFault) return { places: 0, isVerified: false };
      throw fault;
    }
  };
}
