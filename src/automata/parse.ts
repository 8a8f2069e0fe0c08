/**
 * Reads a POSIX ERE in GNU grep's dialect into a syntax tree.
 * Promise: a pattern is refused exactly where `grep -E` refuses it, and means what it means there.
 *
 * grep has two readers: its own automaton and glibc's regex. glibc checks the syntax of all patterns; the automaton
 * matches what it can, glibc the rest (back-references and, in UTF-8, most brackets and the word escapes). They
 * disagree on a repetition that has nothing to repeat: for `^*a` the automaton repeats the anchor, glibc skips the
 * star. So a pattern with such a corner is read twice, and the reading of its judge counts.
 */
import { allBytes, complementOf, singleByte } from "./byte-set.js";
import { readBracket } from "./bracket.js";
import { asciiClass, asciiWord, bytesOf, unicodeClass, unicodeWord } from "./character-classes.js";
import { anyCharacter, otherCharacters, type CharacterSet } from "./character-set.js";
import { readInterval, readLeadingInterval, type Interval } from "./interval.js";
import { characterLength, PatternFault } from "./pattern-text.js";
import type { Locale } from "./pattern-set.js";
import { emptyTree, sequenceOf, type AssertionKind, type SyntaxTree } from "./syntax-tree.js";

/** What a pattern needs beyond a plain automaton. */
export interface Needs {
  readonly backReferences: boolean;
  readonly wordAssertions: boolean;
  /** Whether glibc's regex is the judge in grep, not grep's own automaton. */
  readonly regex: boolean;
}

export interface ParsedPattern {
  readonly tree: SyntaxTree;
  readonly groupCount: number;
  readonly needs: Needs;
}

/** Deeper nesting than this is refused: the recursion of reader and matcher must fit the stack. */
const deepestNesting = 1000;

/** Throws PatternFault for a pattern that grep refuses. */
export function parse(text: Uint8Array, locale: Locale): ParsedPattern {
  const regex = new Parser(text, locale, "regex");
  const byRegex = regex.parse();
  if (!regex.sawCorner) return byRegex;
  const byAutomaton = new Parser(text, locale, "automaton").parse();
  return byRegex.needs.regex ? byRegex : byAutomaton;
}

const literalTrees: readonly SyntaxTree[] = Array.from({ length: 256 }, (_, byte) => ({
  kind: "byte",
  set: singleByte(byte),
}));
const newline = 0x0a;
const anyByteTree: SyntaxTree = {
  kind: "byte",
  set: allBytes.map((word, index) => word & ~(singleByte(newline)[index] ?? 0)),
};
const anyCharacterTree: SyntaxTree = { kind: "character", set: anyCharacter };

const assertions = new Map<string, AssertionKind>([
  ["<", "word start"],
  [">", "word end"],
  ["b", "word boundary"],
  ["B", "no word boundary"],
  ["`", "line start"],
  ["'", "line end"],
]);

class Parser {
  sawCorner = false;
  private readonly text: Uint8Array;
  private readonly locale: Locale;
  private readonly reading: "regex" | "automaton";
  private offset = 0;
  private lateFault: PatternFault | undefined;
  private groupCount = 0;
  /** The groups that a back-reference may name here, as bits. */
  private closedGroups = 0;
  private readonly needs = { backReferences: false, wordAssertions: false, regex: false };

  constructor(text: Uint8Array, locale: Locale, reading: "regex" | "automaton") {
    this.text = text;
    this.locale = locale;
    this.reading = reading;
  }

  parse(): ParsedPattern {
    const tree = this.parseChoice(0);
    // glibc has read all of the pattern before grep's automaton finds its own faults.
    if (this.lateFault !== undefined) throw this.lateFault;
    return { tree, groupCount: this.groupCount, needs: this.needs };
  }

  private peek(): string {
    const byte = this.text[this.offset];
    return byte === undefined ? "" : String.fromCharCode(byte);
  }

  private isBranchEnd(depth: number): boolean {
    const next = this.peek();
    return next === "" || next === "|" || (next === ")" && depth > 0);
  }

  private parseChoice(depth: number): SyntaxTree {
    const closedBefore = this.closedGroups;
    const branches = [this.parseBranch(depth)];
    while (this.peek() === "|") {
      this.offset++;
      // A group of one branch cannot be referred to in another.
      const closedSoFar = this.closedGroups;
      this.closedGroups = closedBefore;
      branches.push(this.parseBranch(depth));
      this.closedGroups |= closedSoFar;
    }
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: "choice", branches };
  }

  private parseBranch(depth: number): SyntaxTree {
    const parts: SyntaxTree[] = [];
    while (!this.isBranchEnd(depth)) {
      const part = this.parsePiece(depth);
      if (part.kind !== "empty") parts.push(part);
    }
    return sequenceOf(parts);
  }

  /** An atom with the repetitions behind it. */
  private parsePiece(depth: number): SyntaxTree {
    const start = this.offset;
    if ("*+?{".includes(this.peek())) {
      this.sawCorner = true;
      if (this.reading === "regex") return this.parseBehindSkippedRepetition(depth);
      const hasOperator = this.peek() !== "{" || readLeadingInterval(this.text, start) !== undefined;
      if (hasOperator) return this.parseRepetitions(emptyTree);
      this.offset++;
      return this.parseRepetitions(literal(0x7b));
    }
    const atom = this.parseAtom(depth);
    if (this.reading === "regex" && atom.kind === "assertion") {
      if ("*+?{".includes(this.peek()) && this.peek() !== "") this.sawCorner = true;
      return atom;
    }
    return this.parseRepetitions(atom);
  }

  /** glibc steps over a repetition that has nothing to repeat; of an interval it steps over the brace alone. */
  private parseBehindSkippedRepetition(depth: number): SyntaxTree {
    while (this.peek() !== "" && "*+?{".includes(this.peek())) this.offset++;
    if (this.peek() === "" || this.peek() === "|") return emptyTree;
    if (this.peek() === ")") {
      this.offset++;
      return this.parseRepetitions(literal(0x29));
    }
    return this.parsePiece(depth);
  }

  private parseRepetitions(atom: SyntaxTree): SyntaxTree {
    let tree = atom;
    for (;;) {
      const operator = this.peek();
      let interval: Interval | undefined;
      if (operator === "*") interval = { minimum: 0, maximum: Infinity, end: this.offset + 1 };
      else if (operator === "+") interval = { minimum: 1, maximum: Infinity, end: this.offset + 1 };
      else if (operator === "?") interval = { minimum: 0, maximum: 1, end: this.offset + 1 };
      else if (operator === "{") interval = this.readInterval();
      if (interval === undefined) {
        if (operator !== "{") return tree;
        tree = sequenceOf([tree, this.parseLiteralBrace()]);
        return tree;
      }
      this.offset = interval.end;
      tree = repeat(tree, interval);
    }
  }

  private readInterval(): Interval | undefined {
    return this.reading === "regex"
      ? readInterval(this.text, this.offset)
      : readLeadingInterval(this.text, this.offset);
  }

  /** A brace that begins no interval is an atom of its own. */
  private parseLiteralBrace(): SyntaxTree {
    this.offset++;
    return this.parseRepetitions(literal(0x7b));
  }

  private parseAtom(depth: number): SyntaxTree {
    const start = this.offset;
    const next = this.peek();
    if (next === "(") return this.parseGroup(depth);
    if (next === "[") {
      const bracket = readBracket(this.text, start, this.locale);
      this.offset = bracket.end;
      if (bracket.isLeftToRegex) this.needs.regex = true;
      if (bracket.isBareClass)
        this.lateFault ??= new PatternFault(start, "character class syntax is [[:space:]], not [:space:]");
      return bracket.tree;
    }
    if (next === "\\") return this.parseEscape();
    if (next === ".") {
      this.offset++;
      return this.locale === "C" ? anyByteTree : anyCharacterTree;
    }
    if (next === "^" || next === "$") {
      this.offset++;
      return { kind: "assertion", assertion: next === "^" ? "line start" : "line end" };
    }
    return this.parseLiteral();
  }

  /** One character, of as many bytes as it has. */
  private parseLiteral(): SyntaxTree {
    const start = this.offset;
    this.offset += characterLength(this.text, start, this.locale);
    const bytes = this.text.subarray(start, this.offset);
    if (this.locale === "UTF-8" && bytes.length === 1 && (bytes[0] ?? 0) > 0x7f) this.needs.regex = true;
    return sequenceOf(Array.from(bytes, literal));
  }

  private parseGroup(depth: number): SyntaxTree {
    const start = this.offset;
    if (depth >= deepestNesting) throw new PatternFault(start, "Regular expression too big");
    const number = ++this.groupCount;
    this.offset++;
    const body = this.parseChoice(depth + 1);
    if (this.peek() !== ")") throw new PatternFault(start, "Unmatched ( or \\(");
    this.offset++;
    if (number <= 9) this.closedGroups |= 1 << number;
    return { kind: "group", number, body };
  }

  private parseEscape(): SyntaxTree {
    const start = this.offset++;
    const escaped = this.peek();
    if (escaped === "") throw new PatternFault(start, "Trailing backslash");
    const assertion = assertions.get(escaped);
    if (assertion !== undefined) {
      this.offset++;
      if (assertion.includes("word")) {
        this.needs.wordAssertions = true;
        if (this.locale === "UTF-8") this.needs.regex = true;
      }
      return { kind: "assertion", assertion };
    }
    if ("wWsS".includes(escaped)) {
      this.offset++;
      if (this.locale === "UTF-8") this.needs.regex = true;
      return this.classEscape(escaped);
    }
    if (escaped >= "1" && escaped <= "9") {
      this.offset++;
      const number = Number(escaped);
      if (((this.closedGroups >> number) & 1) === 0) throw new PatternFault(start, "Invalid back reference");
      this.needs.backReferences = true;
      this.needs.regex = true;
      return { kind: "back-reference", number };
    }
    return this.parseLiteral();
  }

  private classEscape(letter: string): SyntaxTree {
    const isWord = letter === "w" || letter === "W";
    const isNegated = letter === "W" || letter === "S";
    if (this.locale === "C") {
      const bytes = bytesOf(isWord ? asciiWord : asciiClass("space"));
      return { kind: "byte", set: isNegated ? complementOf(bytes) : bytes };
    }
    const set: CharacterSet = isWord ? unicodeWord() : unicodeClass("space");
    return { kind: "character", set: isNegated ? otherCharacters(set) : set };
  }
}

function literal(byte: number): SyntaxTree {
  const tree = literalTrees[byte];
  if (tree === undefined) throw new Error(`bug: ${byte} is not a byte`);
  return tree;
}

function repeat(body: SyntaxTree, { minimum, maximum }: Interval): SyntaxTree {
  if (maximum === 0) return emptyTree;
  if (minimum === 1 && maximum === 1) return body;
  return { kind: "repeat", body, minimum, maximum };
}
