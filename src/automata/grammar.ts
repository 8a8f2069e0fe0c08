/**
 * The grammar of GNU grep's EREs: reads pieces, branches and choices of one pattern into syntax trees.
 * Promise: what grep refuses throws a PatternFault with grep's words; everything else means what it means to the reader
 * that is asked for.
 */
import { bracketEnd, readBracket, type BracketExpression } from "./bracket.js";
import { readInterval, readPlainInterval, type Interval } from "./interval.js";
import {
  anyByteTree,
  anyCharacterTree,
  anythingTree,
  byteEscape,
  lineEndTree,
  lineStartTree,
  literal,
  unicodeEscape,
} from "./leaf-trees.js";
import type { Locale } from "./locale.js";
import { needs } from "./pattern-needs.js";
import { characterLength, PatternFault } from "./pattern-text.js";
import { emptyTree, sequenceOf, type AssertionKind, type SyntaxTree } from "./syntax-tree.js";

/**
 * Whose reading: glibc's, the automaton's, or the automaton's with all that it cannot tell left open.
 * They differ in a repetition that has nothing to repeat: for `^*a` the automaton repeats the anchor, glibc skips the
 * star.
 */
export type Reading = "regex" | "automaton" | "filter";

/** Deeper nesting than this is refused: the recursion of the reader must fit the stack. */
const deepestNesting = 1000;

const [backslash, caret, dollar, dot, star, plus, question] = [0x5c, 0x5e, 0x24, 0x2e, 0x2a, 0x2b, 0x3f];
const [openGroup, closeGroup, openBracket, openBrace, bar] = [0x28, 0x29, 0x5b, 0x7b, 0x7c];
/** What `peek` gives behind the last byte. */
const nothing = -1;

const assertions = new Map<string, AssertionKind>([
  ["<", "word start"],
  [">", "word end"],
  ["b", "word boundary"],
  ["B", "no word boundary"],
  ["`", "line start"],
  ["'", "line end"],
]);

/** Reads one pattern after the other; `begin` names the next. Its fields tell what has been seen since. */
export class Parser {
  /** The next byte to read, counted from 0. */
  offset = 0;
  /** How many groups have been opened. */
  groupCount = 0;
  /** The groups that a back-reference may name here, as bits. */
  closedGroups = 0;
  /** Bits of `needs`. */
  needs = 0;
  /** Whether the readings differ. */
  sawCorner = false;
  /** Whether a brace stands for itself: how it is read can depend on what comes long after it. */
  sawLiteralBrace = false;
  /** Whether something follows an end of the line. */
  sawInnerLineEnd = false;
  private text: Uint8Array = new Uint8Array(0);
  private lateFault: PatternFault | undefined;
  private readonly locale: Locale;
  private readonly reading: Reading;
  /** The bracket expressions read so far, by text: the patterns of a set share most of them. */
  private readonly brackets: Map<string, BracketExpression>;

  constructor(locale: Locale, reading: Reading, brackets = new Map<string, BracketExpression>()) {
    this.locale = locale;
    this.reading = reading;
    this.brackets = brackets;
  }

  begin(text: Uint8Array): void {
    this.text = text;
    this.offset = 0;
    this.groupCount = 0;
    this.closedGroups = 0;
    this.needs = 0;
    this.sawCorner = false;
    this.sawLiteralBrace = false;
    this.sawInnerLineEnd = false;
    this.lateFault = undefined;
  }

  /** Reads an atom and its repetitions at the pattern's top level. */
  readPiece(): SyntaxTree {
    return this.parsePiece(0);
  }

  readWhole(text: Uint8Array): SyntaxTree {
    this.begin(text);
    const tree = this.parseChoice(0);
    // glibc has read all of the pattern before grep's automaton finds its own faults.
    if (this.lateFault !== undefined) throw this.lateFault;
    return tree;
  }

  private peek(): number {
    return this.text[this.offset] ?? nothing;
  }

  private isBranchEnd(depth: number): boolean {
    const next = this.peek();
    return next === nothing || next === bar || (next === closeGroup && depth > 0);
  }

  private parseChoice(depth: number): SyntaxTree {
    const closedBefore = this.closedGroups;
    const first = this.parseBranch(depth);
    if (this.peek() !== bar) return first;
    const branches = [first];
    while (this.peek() === bar) {
      this.offset++;
      // A group of one branch cannot be referred to in another.
      const closedSoFar = this.closedGroups;
      this.closedGroups = closedBefore;
      branches.push(this.parseBranch(depth));
      this.closedGroups |= closedSoFar;
    }
    return { kind: "choice", branches };
  }

  private parseBranch(depth: number): SyntaxTree {
    const parts: SyntaxTree[] = [];
    while (!this.isBranchEnd(depth)) parts.push(this.parsePiece(depth));
    return sequenceOf(parts);
  }

  private isRepetition(): boolean {
    const next = this.peek();
    return next === star || next === plus || next === question || next === openBrace;
  }

  /** An atom with the repetitions behind it. */
  private parsePiece(depth: number): SyntaxTree {
    if (this.isRepetition()) {
      this.sawCorner = true;
      return this.reading === "regex"
        ? this.parseBehindSkippedRepetition(depth)
        : this.parseRepetitionOfNothing();
    }
    const needsBefore = this.needs;
    const atom = this.parseAtom(depth);
    if (atom.kind === "assertion" && this.isRepetition()) {
      this.sawCorner = true;
      if (this.reading === "regex") return atom;
    }
    return this.parseRepetitions(atom, needsBefore);
  }

  private parseRepetitionOfNothing(): SyntaxTree {
    const isLiteral = this.peek() === openBrace && readPlainInterval(this.text, this.offset) === undefined;
    return isLiteral ? this.parseLiteralBrace() : this.parseRepetitions(emptyTree);
  }

  /** glibc steps over a repetition that has nothing to repeat; of an interval it steps over the brace alone. */
  private parseBehindSkippedRepetition(depth: number): SyntaxTree {
    while (this.isRepetition()) this.offset++;
    if (this.peek() === nothing || this.peek() === bar) return emptyTree;
    if (this.peek() !== closeGroup) return this.parsePiece(depth);
    this.offset++;
    return this.parseRepetitions(literal(closeGroup));
  }

  private parseRepetitions(atom: SyntaxTree, needsBefore = this.needs): SyntaxTree {
    let tree = atom;
    for (;;) {
      const interval = this.readRepetition();
      if (interval === undefined) break;
      this.offset = interval.end;
      tree = repeat(tree, interval);
      // What is repeated no times is not there at all.
      if (interval.maximum === 0 && this.reading === "automaton") this.needs = needsBefore;
    }
    return this.peek() === openBrace ? sequenceOf([tree, this.parseLiteralBrace()]) : tree;
  }

  private readRepetition(): Interval | undefined {
    const end = this.offset + 1;
    switch (this.peek()) {
      case star:
        return { minimum: 0, maximum: Infinity, end };
      case plus:
        return { minimum: 1, maximum: Infinity, end };
      case question:
        return { minimum: 0, maximum: 1, end };
      case openBrace:
        return this.reading === "regex"
          ? readInterval(this.text, this.offset)
          : readPlainInterval(this.text, this.offset);
      default:
        return undefined;
    }
  }

  /** A brace that begins no interval is an atom of its own. */
  private parseLiteralBrace(): SyntaxTree {
    this.sawLiteralBrace = true;
    this.offset++;
    return this.parseRepetitions(literal(openBrace));
  }

  private parseAtom(depth: number): SyntaxTree {
    switch (this.peek()) {
      case openGroup:
        return this.parseGroup(depth);
      case openBracket:
        return this.parseBracket();
      case backslash:
        return this.parseEscape();
      case dot:
        this.offset++;
        return this.locale === "C" ? anyByteTree : anyCharacterTree;
      case caret:
        this.offset++;
        return lineStartTree;
      case dollar:
        this.offset++;
        this.noteLineEnd();
        return lineEndTree;
      default:
        return this.parseLiteral();
    }
  }

  /** One character, of as many bytes as it has. */
  private parseLiteral(): SyntaxTree {
    const start = this.offset;
    const first = this.text[start] ?? 0;
    if (first < 0x80 || this.locale === "C") {
      this.offset++;
      return literal(first);
    }
    const length = characterLength(this.text, start, this.locale);
    this.offset += length;
    if (length === 1) {
      this.needs |= needs.regex | needs.invalidBytes;
      return this.unlessFilter(literal(first), true);
    }
    return sequenceOf(Array.from(this.text.subarray(start, this.offset), literal));
  }

  private parseGroup(depth: number): SyntaxTree {
    const start = this.offset;
    if (depth >= deepestNesting) throw new PatternFault(start, "Regular expression too big");
    const number = ++this.groupCount;
    this.offset++;
    const body = this.parseChoice(depth + 1);
    if (this.peek() !== closeGroup) throw new PatternFault(start, "Unmatched ( or \\(");
    this.offset++;
    if (number <= 9) this.closedGroups |= 1 << number;
    return { kind: "group", number, body };
  }

  private parseBracket(): SyntaxTree {
    const start = this.offset;
    const bracket = this.readBracket(start);
    this.offset += bracket.length;
    if (bracket.isLeftToRegex) this.needs |= needs.regex;
    if (bracket.isWide) this.needs |= needs.wideCharacters;
    if (bracket.isBareClass)
      this.lateFault ??= new PatternFault(start, "character class syntax is [[:space:]], not [:space:]");
    return this.unlessFilter(bracket.tree, bracket.isLeftToRegex);
  }

  private readBracket(start: number): BracketExpression {
    const { brackets, locale } = this;
    const end = bracketEnd(this.text, start);
    if (end === undefined) return readBracket(this.text, start, locale);
    const key = latin1(this.text, start, end);
    let bracket = brackets.get(key);
    if (bracket === undefined) {
      bracket = readBracket(this.text, start, locale);
      brackets.set(key, bracket);
    }
    return bracket;
  }

  private parseEscape(): SyntaxTree {
    const start = this.offset++;
    const next = this.peek();
    if (next === nothing) throw new PatternFault(start, "Trailing backslash");
    const escaped = String.fromCharCode(next);
    const isUtf8 = this.locale === "UTF-8";
    const assertion = assertions.get(escaped);
    if (assertion !== undefined) {
      this.offset++;
      if (assertion === "line end") this.noteLineEnd();
      const isAboutWords = assertion !== "line start" && assertion !== "line end";
      if (isAboutWords)
        this.needs |= needs.wordAssertions | (isUtf8 ? needs.regex | needs.wideCharacters : 0);
      const tree: SyntaxTree = { kind: "assertion", assertion };
      return isAboutWords && isUtf8 && this.reading === "filter" ? emptyTree : tree;
    }
    if (escaped === "w" || escaped === "W" || escaped === "s" || escaped === "S") {
      this.offset++;
      if (isUtf8) this.needs |= needs.regex | needs.wideCharacters;
      return this.unlessFilter(isUtf8 ? unicodeEscape(escaped) : byteEscape(escaped), isUtf8);
    }
    if (escaped >= "1" && escaped <= "9") {
      this.offset++;
      const number = Number(escaped);
      if (((this.closedGroups >> number) & 1) === 0) throw new PatternFault(start, "Invalid back reference");
      this.needs |= needs.backReferences | needs.regex;
      return this.unlessFilter({ kind: "back-reference", number }, true);
    }
    return this.parseLiteral();
  }

  private noteLineEnd(): void {
    if (this.offset < this.text.length) this.sawInnerLineEnd = true;
  }

  private unlessFilter(tree: SyntaxTree, isLeftToRegex: boolean): SyntaxTree {
    return isLeftToRegex && this.reading === "filter" ? anythingTree : tree;
  }
}

function latin1(text: Uint8Array, start: number, end: number): string {
  return Buffer.from(text.buffer, text.byteOffset + start, end - start).toString("latin1");
}

function repeat(body: SyntaxTree, { minimum, maximum }: Interval): SyntaxTree {
  if (maximum === 0) return emptyTree;
  if (minimum === 1 && maximum === 1) return body;
  return { kind: "repeat", body, minimum, maximum };
}
