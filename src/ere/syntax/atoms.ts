/**
 * Reads the atoms that hold no other: characters, dots, anchors, bracket expressions, escapes.
 * Promise: what grep refuses throws a PatternFault with grep's words; what an atom needs is noted at the cursor.
 */
import { bracketEnd, readBracket, type BracketExpression } from "./bracket.js";
import { anything } from "./coarse-filter.js";
import {
  anyOneByte,
  anyOneCharacter,
  byteEscape,
  lineEnd,
  lineStart,
  literal,
  unicodeEscape,
  withAnyByte,
} from "./leaves.js";
import { patternEnd, type PatternCursor } from "./pattern-cursor.js";
import { features } from "./pattern-features.js";
import { characterLength, PatternFault } from "./pattern-text.js";
import { located, nothing, type AssertionKind, type Meaning, type SyntaxTree } from "./syntax-tree.js";

const [backslash, caret, dollar, dot, openBracket] = [0x5c, 0x5e, 0x24, 0x2e, 0x5b];

const assertions = new Map<string, AssertionKind>([
  ["<", "word start"],
  [">", "word end"],
  ["b", "word boundary"],
  ["B", "no word boundary"],
  ["`", "line start"],
  ["'", "line end"],
]);

export class AtomReader {
  private readonly cursor: PatternCursor;
  /** The bracket expressions read so far, by text: the patterns of a set share most of them. */
  private readonly brackets: Map<string, BracketExpression>;

  constructor(cursor: PatternCursor, brackets: Map<string, BracketExpression>) {
    this.cursor = cursor;
    this.brackets = brackets;
  }

  /** Reads the atom at the cursor, where there is a byte. */
  read(): SyntaxTree {
    const start = this.cursor.offset;
    const meaning = this.readMeaning();
    return located(meaning, start, this.cursor.offset);
  }

  private readMeaning(): Meaning {
    const { cursor } = this;
    switch (cursor.peek()) {
      case openBracket:
        return this.readBracket();
      case backslash:
        return this.readEscape();
      case dot:
        cursor.offset++;
        return cursor.locale === "C" ? anyOneByte : this.wildcard(anyOneCharacter);
      case caret:
        this.noteLineStart(cursor.offset++);
        return lineStart;
      case dollar:
        cursor.offset++;
        this.noteLineEnd();
        return lineEnd;
      default:
        return this.readLiteral();
    }
  }

  /** One character, of as many bytes as it has. */
  private readLiteral(): Meaning {
    const { cursor } = this;
    const start = cursor.offset;
    const first = cursor.text[start] ?? 0;
    if (first < 0x80 || cursor.locale === "C") {
      cursor.offset++;
      return literal(first);
    }
    const length = characterLength(cursor.text, start, cursor.locale);
    cursor.offset += length;
    if (length === 1) {
      cursor.features |= features.regex | features.invalidBytes;
      return this.unlessFilter(literal(first), true);
    }
    const bytes = cursor.text.subarray(start, cursor.offset);
    const parts = Array.from(bytes, (byte, i) => located(literal(byte), start + i, start + i + 1));
    return { kind: "sequence", parts };
  }

  private readBracket(): Meaning {
    const { cursor } = this;
    const start = cursor.offset;
    const bracket = this.bracketAt(start);
    cursor.offset += bracket.length;
    if (bracket.isLeftToRegex) cursor.features |= features.regex;
    if (bracket.isWide) cursor.features |= features.wideCharacters;
    if (bracket.isBareClass)
      cursor.lateFault ??= new PatternFault(start, "character class syntax is [[:space:]], not [:space:]");
    const meaning = bracket.isNegated ? this.wildcard(bracket.meaning) : bracket.meaning;
    return this.unlessFilter(meaning, bracket.isLeftToRegex);
  }

  private bracketAt(start: number): BracketExpression {
    const { brackets } = this;
    const { text, locale } = this.cursor;
    const end = bracketEnd(text, start);
    if (end === undefined) return readBracket(text, start, locale);
    const key = latin1(text, start, end);
    let bracket = brackets.get(key);
    if (bracket === undefined) {
      bracket = readBracket(text, start, locale);
      brackets.set(key, bracket);
    }
    return bracket;
  }

  private readEscape(): Meaning {
    const { cursor } = this;
    const start = cursor.offset++;
    const next = cursor.peek();
    if (next === patternEnd) throw new PatternFault(start, "Trailing backslash");
    const escaped = String.fromCharCode(next);
    const assertion = assertions.get(escaped);
    if (assertion !== undefined) return this.readAssertion(start, assertion);
    if (escaped === "w" || escaped === "W" || escaped === "s" || escaped === "S") {
      cursor.offset++;
      if (cursor.locale === "C") return byteEscape(escaped);
      cursor.features |= features.regex | features.wideCharacters;
      const meaning = unicodeEscape(escaped);
      const isNegated = escaped === "W" || escaped === "S";
      return this.unlessFilter(isNegated ? this.wildcard(meaning) : meaning, true);
    }
    if (escaped >= "1" && escaped <= "9") return this.readBackReference(start, Number(escaped));
    return this.readLiteral();
  }

  private readAssertion(start: number, assertion: AssertionKind): Meaning {
    const { cursor } = this;
    cursor.offset++;
    if (assertion === "line start") this.noteLineStart(start);
    if (assertion === "line end") this.noteLineEnd();
    const meaning: Meaning = { kind: "assertion", assertion };
    if (assertion === "line start" || assertion === "line end") return meaning;
    cursor.features |= features.wordAssertions;
    if (cursor.locale === "C") return meaning;
    cursor.features |= features.regex | features.wideCharacters;
    return cursor.reading === "filter" ? nothing : meaning;
  }

  private readBackReference(start: number, number: number): Meaning {
    const { cursor } = this;
    cursor.offset++;
    if (((cursor.closedGroups >> number) & 1) === 0) throw new PatternFault(start, "Invalid back reference");
    cursor.features |= features.backReferences | features.regex;
    return this.unlessFilter({ kind: "back-reference", number }, true);
  }

  /** What stands for all characters but some. */
  private wildcard(meaning: Meaning): Meaning {
    return this.cursor.takesAnyByte ? withAnyByte(meaning) : meaning;
  }

  private noteLineStart(start: number): void {
    if (start > 0) this.cursor.sawInnerAnchor = true;
  }

  private noteLineEnd(): void {
    if (this.cursor.peek() !== patternEnd) this.cursor.sawInnerAnchor = true;
  }

  private unlessFilter(meaning: Meaning, isLeftToRegex: boolean): Meaning {
    return isLeftToRegex && this.cursor.reading === "filter" ? anything : meaning;
  }
}

function latin1(text: Uint8Array, start: number, end: number): string {
  return Buffer.from(text.buffer, text.byteOffset + start, end - start).toString("latin1");
}
