/**
 * Reads single patterns for those who ask what a pattern says, not which lines it matches.
 * Promise: the tree is the one that lines are matched with, and its spans are places in the pattern's text.
 */
import type { Locale } from "../alphabet/locale.js";
import { PatternFault } from "../syntax/pattern-text.js";
import { PatternReader } from "../syntax/pattern-reader.js";
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
