/**
 * Decides for whole patterns what they are: refused or not, how they are read, and what they need.
 * Promise: a pattern is refused exactly where `grep -E` refuses it, and its tree means what it means there.
 *
 * glibc checks the syntax of all patterns. grep's automaton matches what it can; glibc matches the rest
 * (back-references and, in UTF-8, most brackets and the word escapes), but only lines that pass a coarser automaton.
 */
import type { BracketExpression } from "./bracket.js";
import { needs as needBits, Parser } from "./grammar.js";
import type { Locale } from "./pattern-set.js";
import type { SyntaxTree } from "./syntax-tree.js";

export interface CheckedPattern {
  /** Its place in the input. */
  readonly index: number;
  readonly text: Uint8Array;
  /** Bits of the grammar's `needs`. */
  readonly needs: number;
  /** Whether it can be read piece by piece from any offset where a piece starts. */
  readonly isPlainSequence: boolean;
  /** Whether grep's two readers differ in it. */
  readonly hasCorner: boolean;
  /** How many bytes it has in common with the sound pattern checked before it. */
  readonly commonBytes: number;
}

export interface ReadPiece {
  readonly tree: SyntaxTree;
  /** The offset behind it. */
  readonly end: number;
}

export interface WholePattern {
  readonly tree: SyntaxTree;
  /** What a line must match too: grep's coarser automaton, where it reads the pattern differently. */
  readonly filter: SyntaxTree | undefined;
}

/** Whether grep's automaton, and so ours, lets lines through that the pattern does not match. */
export function needsConfirmation({ needs, hasCorner }: CheckedPattern, locale: Locale): boolean {
  if ((needs & needBits.backReferences) !== 0 || (hasCorner && (needs & needBits.regex) !== 0)) return true;
  if (locale === "C") return false;
  const startsAnywhere = (needs & needBits.invalidBytes) === 0 || (needs & needBits.wideCharacters) === 0;
  return (needs & needBits.wordAssertions) !== 0 || !startsAnywhere;
}

const bar = 0x7c;

/** Reads the patterns of one set. They are best checked in the order of their texts. */
export class PatternReader {
  private readonly locale: Locale;
  private readonly brackets = new Map<string, BracketExpression>();
  private readonly parser: Parser;
  private before: Uint8Array = new Uint8Array(0);
  /** How many bytes the patterns since the last sound one have in common with it. */
  private commonWithSound = Infinity;
  /** The ends of pieces of the pattern checked before, and the parser's state at each. Literals are read again. */
  private readonly ends: number[] = [];
  private readonly groupCounts: number[] = [];
  private readonly closedGroups: number[] = [];
  private readonly needs: number[] = [];

  constructor(locale: Locale) {
    this.locale = locale;
    this.parser = new Parser(locale, "regex", this.brackets);
  }

  /**
   * Reads the pattern from end to end, but only from where it differs from the one before: Debian's rules share two
   * thirds of their bytes with their neighbour. Throws PatternFault for a pattern that grep refuses.
   */
  check(text: Uint8Array, index: number): CheckedPattern {
    const { parser } = this;
    const commonWithBefore = commonLength(this.before, text);
    const commonBytes = Math.min(commonWithBefore, this.commonWithSound);
    // Stays so if the pattern is refused: what is common to all of a run is common to its ends.
    this.commonWithSound = commonBytes;
    parser.begin(text);
    this.resume(commonWithBefore);
    this.before = text;
    for (;;) {
      parser.skipPlainLiterals();
      if (parser.isAtEndOfPieces) break;
      parser.readPiece();
      // What follows an odd piece may change how it is read, so the next pattern is not read on from there.
      if (!parser.sawCorner && !parser.sawLiteralBrace) this.note();
    }
    const isSequence = text[parser.offset] !== bar;
    if (!isSequence) parser.closedGroups = 0;
    parser.readRest();
    const { sawCorner, sawLiteralBrace } = parser;
    const needs = sawCorner ? this.needsOfCorner(text, parser.needs) : parser.needs;
    const isPlainSequence =
      isSequence && !sawCorner && !sawLiteralBrace && (needs & needBits.backReferences) === 0;
    this.commonWithSound = Infinity;
    return { index, text, needs, isPlainSequence, hasCorner: sawCorner, commonBytes };
  }

  /** grep's automaton must read the pattern too; when it can match it alone, glibc is not asked. */
  private needsOfCorner(text: Uint8Array, needsByRegex: number): number {
    const automaton = new Parser(this.locale, "automaton", this.brackets);
    automaton.readWhole(text);
    return (automaton.needs & needBits.regex) === 0 ? automaton.needs : needsByRegex | needBits.regex;
  }

  /** Reads the piece that starts at an offset of a plain sequence. */
  piece({ text }: CheckedPattern, offset: number): ReadPiece {
    this.parser.begin(text);
    this.parser.offset = offset;
    const tree = this.parser.readPiece();
    return { tree, end: this.parser.offset };
  }

  whole({ text, hasCorner, needs }: CheckedPattern): WholePattern {
    const isLeftToRegex = (needs & needBits.regex) !== 0;
    const reading = hasCorner && !isLeftToRegex ? "automaton" : "regex";
    const hasFilter = hasCorner && isLeftToRegex;
    return {
      tree: new Parser(this.locale, reading, this.brackets).readWhole(text),
      filter: hasFilter ? new Parser(this.locale, "filter", this.brackets).readWhole(text) : undefined,
    };
  }

  private resume(common: number): void {
    let count = 0;
    // The byte behind a piece tells whether the piece goes on, so it must be common too.
    while (count < this.ends.length && (this.ends[count] ?? 0) < common) count++;
    this.ends.length = count;
    this.groupCounts.length = count;
    this.closedGroups.length = count;
    this.needs.length = count;
    if (count === 0) return;
    this.parser.offset = this.ends[count - 1] ?? 0;
    this.parser.groupCount = this.groupCounts[count - 1] ?? 0;
    this.parser.closedGroups = this.closedGroups[count - 1] ?? 0;
    this.parser.needs = this.needs[count - 1] ?? 0;
  }

  private note(): void {
    this.ends.push(this.parser.offset);
    this.groupCounts.push(this.parser.groupCount);
    this.closedGroups.push(this.parser.closedGroups);
    this.needs.push(this.parser.needs);
  }
}

/** How many bytes two texts have in common at their start. */
export function commonLength(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  let common = 0;
  while (common < length && a[common] === b[common]) common++;
  return common;
}
