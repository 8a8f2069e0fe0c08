/**
 * Decides for whole patterns what they are: refused or not, how they are read, and what they need.
 * Promise: a pattern is refused exactly where `grep -E` refuses it, and its tree means what it means there.
 *
 * glibc checks the syntax of all patterns. grep's automaton matches what it can; glibc matches the rest
 * (back-references and, in UTF-8, most brackets and the word escapes), but only lines that pass a coarser automaton.
 */
import type { BracketExpression } from "./bracket.js";
import { coarseFilter } from "./coarse-filter.js";
import { fixedTextTree } from "./fixed-text.js";
import { Parser } from "./grammar.js";
import type { Locale } from "../alphabet/locale.js";
import { features as needBits } from "./pattern-features.js";
import { PatternFault } from "./pattern-text.js";
import type { SyntaxTree } from "./syntax-tree.js";

export interface CheckedPattern {
  /** Its place in the input. */
  readonly index: number;
  readonly text: Uint8Array;
  /** Bits of the grammar's `features`. */
  readonly features: number;
  /** Whether it can be read piece by piece from any offset where a piece starts. */
  readonly isPlainSequence: boolean;
  /** Whether grep's two readers differ in it. */
  readonly dialectsDisagree: boolean;
  /** Whether its wildcards stand for bytes that are no UTF-8 too, which grep's do not. */
  readonly takesAnyByte: boolean;
}

export interface ReadPiece {
  readonly tree: SyntaxTree;
  /** The offset after it. */
  readonly end: number;
}

export interface WholePattern {
  readonly tree: SyntaxTree;
  /** What a line must match too: grep's coarser automaton, where it reads the pattern differently. */
  readonly filter: SyntaxTree | undefined;
}

/** Whether grep's automaton, and so ours, lets lines through that the pattern does not match. */
export function needsVerification({ features, dialectsDisagree }: CheckedPattern, locale: Locale): boolean {
  if ((features & needBits.backReferences) !== 0 || (dialectsDisagree && (features & needBits.regex) !== 0))
    return true;
  if (locale === "C") return false;
  const startsAnywhere =
    (features & needBits.invalidBytes) === 0 || (features & needBits.wideCharacters) === 0;
  return (features & needBits.wordAssertions) !== 0 || !startsAnywhere;
}

/** Its tree takes some 100 bytes of memory for each byte of the text. */
const mostPatternBytes = 1 << 18;

/** Reads the patterns of one set. */
export class PatternReader {
  private readonly locale: Locale;
  private readonly brackets = new Map<string, BracketExpression>();
  private readonly parser: Parser;

  constructor(locale: Locale) {
    this.locale = locale;
    this.parser = new Parser(locale, "regex", this.brackets);
  }

  /** Reads the pattern from end to end. Throws PatternFault for one that grep refuses. */
  check(text: Uint8Array, index: number, takesAnyByte = false): CheckedPattern {
    if (text.length > mostPatternBytes)
      throw new PatternFault(0, `has ${text.length} bytes, at most ${mostPatternBytes} can be read`);
    const { parser } = this;
    const isSequence = parser.readWhole(text).kind !== "choice";
    const { dialectsDisagree, sawLiteralBrace, sawInnerAnchor, features: featuresByRegex } = parser.cursor;
    const features = dialectsDisagree ? this.featuresOnDisagreement(text, featuresByRegex) : featuresByRegex;
    const isPlainSequence =
      isSequence &&
      !dialectsDisagree &&
      !sawLiteralBrace &&
      !sawInnerAnchor &&
      (features & needBits.backReferences) === 0 &&
      // What such a byte is depends on the bytes after it, so a piece that ends in one can be cut in two ways.
      (features & needBits.invalidBytes) === 0;
    return { index, text, features, isPlainSequence, dialectsDisagree, takesAnyByte };
  }

  /** grep's automaton must read the pattern too; when it can match it alone, glibc is not asked. */
  private featuresOnDisagreement(text: Uint8Array, featuresByRegex: number): number {
    const automaton = new Parser(this.locale, "automaton", this.brackets);
    automaton.readWhole(text);
    const { features } = automaton.cursor;
    return (features & needBits.regex) === 0 ? features : featuresByRegex | needBits.regex;
  }

  /** Reads the piece that starts at an offset of a plain sequence. */
  piece({ text, takesAnyByte }: CheckedPattern, offset: number): ReadPiece {
    const tree = this.parser.readPiece(text, offset, takesAnyByte);
    return { tree, end: this.parser.cursor.offset };
  }

  whole({ text, dialectsDisagree, features, takesAnyByte }: CheckedPattern): WholePattern {
    const isLeftToRegex = (features & needBits.regex) !== 0;
    const reading = dialectsDisagree && !isLeftToRegex ? "automaton" : "regex";
    const hasFilter = dialectsDisagree && isLeftToRegex;
    const parser = new Parser(this.locale, reading, this.brackets);
    const tree = parser.readWhole(text, takesAnyByte);
    const fixed = parser.cursor.sawInnerAnchor && !isLeftToRegex ? fixedTextTree(tree) : undefined;
    return {
      tree: fixed ?? tree,
      filter: hasFilter
        ? coarseFilter(new Parser(this.locale, "filter", this.brackets).readWhole(text, takesAnyByte))
        : undefined,
    };
  }
}
