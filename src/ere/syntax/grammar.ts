/**
 * The grammar of GNU grep's EREs: reads pieces, branches and choices of one pattern into syntax trees.
 * Promise: what grep refuses throws a PatternFault with grep's words; everything else means what it means to the reader
 * that is asked for.
 *
 * grep's two readers differ in a repetition that has nothing to repeat.
 */
import { AtomReader } from "./atoms.js";
import type { BracketExpression } from "./bracket.js";
import { readPlainInterval } from "./interval.js";
import { literal } from "./leaves.js";
import type { Locale } from "../alphabet/locale.js";
import { patternEnd, PatternCursor, type Reading } from "./pattern-cursor.js";
import { features } from "./pattern-features.js";
import { PatternFault } from "./pattern-text.js";
import { isRepetition, openBrace, repeat, repetitionAt } from "./repetition.js";
import { located, nothing, sequenceOf, type SyntaxTree } from "./syntax-tree.js";

/** Deeper nesting than this is refused: the recursion of the reader must fit the stack. */
const deepestNesting = 1000;

const [openGroup, closeGroup, bar] = [0x28, 0x29, 0x7c];

/** Reads one pattern after the other. */
export class Parser {
  /** Tells what has been seen of the pattern that `readWhole` or `readPiece` began. */
  readonly cursor: PatternCursor;
  private readonly atoms: AtomReader;

  constructor(locale: Locale, reading: Reading, brackets = new Map<string, BracketExpression>()) {
    this.cursor = new PatternCursor(locale, reading);
    this.atoms = new AtomReader(this.cursor, brackets);
  }

  /** `takesAnyByte`: see the cursor. */
  readWhole(text: Uint8Array, takesAnyByte = false): SyntaxTree {
    this.cursor.begin(text, takesAnyByte);
    const tree = this.parseChoice(0);
    // glibc has read all of the pattern before grep's automaton finds its own faults.
    if (this.cursor.lateFault !== undefined) throw this.cursor.lateFault;
    return tree;
  }

  /** Reads an atom and its repetitions at the pattern's top level, from an offset where such a piece starts. */
  readPiece(text: Uint8Array, offset: number, takesAnyByte: boolean): SyntaxTree {
    this.cursor.begin(text, takesAnyByte);
    this.cursor.offset = offset;
    return sequenceOf(this.parsePiece(0), offset);
  }

  private parseChoice(depth: number): SyntaxTree {
    const { cursor } = this;
    const start = cursor.offset;
    const closedBefore = cursor.closedGroups;
    const first = this.parseBranch(depth);
    if (cursor.peek() !== bar) return first;
    const branches = [first];
    while (cursor.peek() === bar) {
      cursor.offset++;
      // A group of one branch cannot be referred to in another.
      const closedSoFar = cursor.closedGroups;
      cursor.closedGroups = closedBefore;
      branches.push(this.parseBranch(depth));
      cursor.closedGroups |= closedSoFar;
    }
    return { kind: "choice", branches, start, end: cursor.offset };
  }

  private parseBranch(depth: number): SyntaxTree {
    const start = this.cursor.offset;
    const parts: SyntaxTree[] = [];
    while (!this.isBranchEnd(depth)) for (const part of this.parsePiece(depth)) parts.push(part);
    return sequenceOf(parts, start);
  }

  private isBranchEnd(depth: number): boolean {
    const next = this.cursor.peek();
    return next === patternEnd || next === bar || (next === closeGroup && depth > 0);
  }

  /** An atom with the repetitions after it, and braces after those that stand for themselves. */
  private parsePiece(depth: number): SyntaxTree[] {
    const { cursor } = this;
    if (isRepetition(cursor.peek())) {
      cursor.dialectsDisagree = true;
      return cursor.reading === "regex"
        ? this.parseAfterSkippedRepetition(depth)
        : this.parseRepetitionOfNothing();
    }
    const featuresBefore = cursor.features;
    const atom = cursor.peek() === openGroup ? this.parseGroup(depth) : this.atoms.read();
    if (atom.kind === "assertion" && isRepetition(cursor.peek())) {
      cursor.dialectsDisagree = true;
      if (cursor.reading === "regex") return [atom];
    }
    return this.parseRepetitions(atom, featuresBefore);
  }

  private parseGroup(depth: number): SyntaxTree {
    const { cursor } = this;
    const start = cursor.offset;
    if (depth >= deepestNesting) throw new PatternFault(start, "Regular expression too big");
    const number = ++cursor.groupCount;
    cursor.offset++;
    const body = this.parseChoice(depth + 1);
    if (cursor.peek() !== closeGroup) throw new PatternFault(start, "Unmatched ( or \\(");
    cursor.offset++;
    if (number <= 9) cursor.closedGroups |= 1 << number;
    return { kind: "group", number, body, start, end: cursor.offset };
  }

  private parseRepetitions(atom: SyntaxTree, featuresBefore = this.cursor.features): SyntaxTree[] {
    const { cursor } = this;
    const parts = [this.repeated(atom, featuresBefore)];
    while (cursor.peek() === openBrace) parts.push(this.repeated(this.readLiteralBrace(), cursor.features));
    return parts;
  }

  /** The atom with all its repetitions. A brace that begins no interval is none. */
  private repeated(atom: SyntaxTree, featuresBefore: number): SyntaxTree {
    const { cursor } = this;
    let tree = atom;
    for (;;) {
      const repetition = repetitionAt(cursor);
      if (repetition === undefined) return tree;
      cursor.offset = repetition.end;
      tree = repeat(tree, repetition);
      // What is repeated no times is not there at all, but the reader of single pieces must know what they name.
      if (repetition.maximum === 0)
        cursor.features = featuresBefore | (cursor.features & features.backReferences);
    }
  }

  /** A brace that begins no interval is an atom of its own. */
  private readLiteralBrace(): SyntaxTree {
    const { cursor } = this;
    cursor.sawLiteralBrace = true;
    return located(literal(openBrace), cursor.offset, ++cursor.offset);
  }

  /** The automaton repeats the empty text. */
  private parseRepetitionOfNothing(): SyntaxTree[] {
    const { cursor } = this;
    const isLiteral =
      cursor.peek() === openBrace && readPlainInterval(cursor.text, cursor.offset) === undefined;
    return this.parseRepetitions(
      isLiteral ? this.readLiteralBrace() : located(nothing, cursor.offset, cursor.offset),
    );
  }

  /** glibc steps over a repetition that has nothing to repeat; of an interval it steps over the brace alone. */
  private parseAfterSkippedRepetition(depth: number): SyntaxTree[] {
    const { cursor } = this;
    const start = cursor.offset;
    while (isRepetition(cursor.peek())) cursor.offset++;
    if (cursor.peek() === patternEnd || cursor.peek() === bar)
      return [located(nothing, start, cursor.offset)];
    if (cursor.peek() !== closeGroup) return this.parsePiece(depth);
    return this.parseRepetitions(located(literal(closeGroup), cursor.offset, ++cursor.offset));
  }
}
