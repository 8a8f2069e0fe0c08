/**
 * Reads bracket expressions, `[^a-z[:digit:]]`, as GNU grep does.
 * Promise: what grep refuses is refused in grep's words, with the column of what is wrong.
 *
 * A backslash is an ordinary byte here, the first `]` too. In UTF-8 a range takes single bytes as its ends only:
 * glibc knows no order of other characters and says "Invalid collation character".
 */
import { singleByte, type ByteSet } from "../alphabet/byte-set.js";
import { asciiClass, bytesOf, isClassName, unicodeClass } from "../alphabet/character-classes.js";
import { characterSetOf, otherCharacters, unionOf, type CharacterSet } from "../alphabet/character-set.js";
import { characterLength, PatternFault } from "./pattern-text.js";
import type { Locale } from "../alphabet/locale.js";
import type { Meaning } from "./syntax-tree.js";
import { decodeCharacter } from "../alphabet/utf8.js";

export interface BracketExpression {
  readonly meaning: Meaning;
  /** In bytes, with both brackets. */
  readonly length: number;
  readonly isNegated: boolean;
  /** Whether grep leaves it to glibc's matcher, since its own automaton cannot tell the set. */
  readonly isLeftToRegex: boolean;
  /** Whether glibc matches it character by character in UTF-8. */
  readonly isWide: boolean;
  /** Whether it looks like `[:space:]`, which is most likely meant as `[[:space:]]`: grep refuses it. */
  readonly isBareClass: boolean;
}

type Element =
  | { readonly kind: "byte"; readonly byte: number }
  | { readonly kind: "character"; readonly codePoint: number }
  | { readonly kind: "class"; readonly set: CharacterSet; readonly isDigits: boolean }
  | { readonly kind: "equivalence"; readonly byte: number };

const unmatched = "Unmatched [, [^, [:, [., or [=";
const [openBracket, closeBracket, hyphen, caret, colon, equals, dot] = [
  0x5b, 0x5d, 0x2d, 0x5e, 0x3a, 0x3d, 0x2e,
];
/** glibc keeps names of up to this many bytes. */
const longestName = 31;

/** Reads the expression whose opening bracket is at `start`. Throws PatternFault. */
export function readBracket(text: Uint8Array, start: number, locale: Locale): BracketExpression {
  const reader = new BracketReader(text, start, locale);
  return reader.read();
}

/** Where the expression whose opening bracket is at `start` most likely ends, found without reading it. */
export function bracketEnd(text: Uint8Array, start: number): number | undefined {
  let offset = start + 1;
  if (text[offset] === caret) offset++;
  if (text[offset] === closeBracket) offset++;
  for (; offset < text.length; offset++) {
    const byte = text[offset];
    if (byte === closeBracket) return offset + 1;
    const next = text[offset + 1];
    if (byte !== openBracket || (next !== colon && next !== equals && next !== dot)) continue;
    offset += 2;
    while (offset < text.length && !(text[offset] === next && text[offset + 1] === closeBracket)) offset++;
    offset++;
  }
  return undefined;
}

class BracketReader {
  private readonly text: Uint8Array;
  private readonly start: number;
  private readonly locale: Locale;
  private offset: number;
  private readonly ranges: [number, number][] = [];
  private classes: CharacterSet = [];
  private isLeftToRegex = false;
  private isWide = false;

  constructor(text: Uint8Array, start: number, locale: Locale) {
    this.text = text;
    this.start = start;
    this.locale = locale;
    this.offset = start + 1;
  }

  read(): BracketExpression {
    const isNegated = this.text[this.offset] === caret;
    if (isNegated) this.offset++;
    if (this.offset >= this.text.length) throw new PatternFault(this.start, "Invalid regular expression");
    const bodyStart = this.offset;
    let hasRangeOrClass = false;
    let isFirst = true;
    while (isFirst || this.text[this.offset] !== closeBracket) {
      const elementStart = this.offset;
      const element = this.readElement(isFirst);
      isFirst = false;
      if (this.offset >= this.text.length) throw new PatternFault(this.start, unmatched);
      const isRange = this.text[this.offset] === hyphen && this.text[this.offset + 1] !== closeBracket;
      if (isRange && element.kind !== "class" && element.kind !== "equivalence") {
        this.offset++;
        this.addRange(element, elementStart);
        hasRangeOrClass = true;
      } else {
        this.add(element);
        hasRangeOrClass ||= this.text[elementStart] === openBracket && this.offset > elementStart + 1;
      }
      if (this.offset >= this.text.length) throw new PatternFault(this.start, unmatched);
    }
    const isBareClass =
      !hasRangeOrClass &&
      this.offset - bodyStart > 2 &&
      this.text[bodyStart] === colon &&
      this.text[this.offset - 1] === colon;
    this.offset++;
    if (this.locale === "UTF-8" && isNegated) this.isLeftToRegex = true;
    if (isNegated) this.isWide = true;
    return {
      meaning: this.meaning(isNegated),
      length: this.offset - this.start,
      isNegated,
      isLeftToRegex: this.isLeftToRegex,
      isWide: this.isWide && this.locale === "UTF-8",
      isBareClass,
    };
  }

  /** `mayBeHyphen`: a hyphen stands for itself only at the start, at the end, or as the end of a range. */
  private readElement(mayBeHyphen: boolean): Element {
    const { text } = this;
    const length = characterLength(text, this.offset, this.locale);
    if (length > 1) {
      const character = decodeCharacter(text, this.offset, text.length);
      if (character === undefined) throw new Error("bug: a character was measured but not decoded");
      this.offset += length;
      this.isWide = true;
      return { kind: "character", codePoint: character.codePoint };
    }
    const byte = text[this.offset] ?? 0;
    const next = text[this.offset + 1];
    if (byte === openBracket && (next === colon || next === equals || next === dot))
      return this.readNamed(next);
    if (byte === hyphen && !mayBeHyphen && next !== closeBracket)
      throw next === undefined
        ? new PatternFault(this.start, unmatched)
        : new PatternFault(this.offset, "Invalid range end");
    this.offset++;
    return { kind: "byte", byte };
  }

  /** Reads `[:name:]`, `[=name=]` or `[.name.]`. */
  private readNamed(delimiter: number): Element {
    const { text } = this;
    const nameStart = this.offset + 2;
    let nameEnd = nameStart;
    while (!(text[nameEnd] === delimiter && text[nameEnd + 1] === closeBracket)) {
      nameEnd++;
      if (nameEnd >= text.length || nameEnd - nameStart > longestName)
        throw new PatternFault(this.offset, unmatched);
    }
    const start = this.offset;
    this.offset = nameEnd + 2;
    if (delimiter === colon) {
      const name = Buffer.from(text.subarray(nameStart, nameEnd)).toString("latin1");
      if (!isClassName(name)) throw new PatternFault(start, "Invalid character class name");
      const set = this.locale === "C" ? asciiClass(name) : unicodeClass(name);
      this.isWide = true;
      if (this.locale === "UTF-8" && name !== "digit") this.isLeftToRegex = true;
      return { kind: "class", set, isDigits: name === "digit" };
    }
    this.isLeftToRegex = true;
    const byte = text[nameStart];
    if (nameEnd - nameStart !== 1 || byte === undefined)
      throw new PatternFault(start, "Invalid collation character");
    return delimiter === equals ? { kind: "equivalence", byte } : { kind: "byte", byte };
  }

  private addRange(first: Element, firstOffset: number): void {
    const lastOffset = this.offset;
    if (lastOffset >= this.text.length) throw new PatternFault(this.start, unmatched);
    const last = this.readElement(true);
    if (last.kind === "class" || last.kind === "equivalence")
      throw new PatternFault(lastOffset, "Invalid range end");
    if (first.kind === "character" || last.kind === "character")
      throw new PatternFault(
        first.kind === "character" ? firstOffset : lastOffset,
        "Invalid collation character",
      );
    if (first.kind === "byte" && last.kind === "byte") {
      if (first.byte > last.byte) throw new PatternFault(firstOffset, "Invalid range end");
      const isDigits = first.byte >= 0x30 && last.byte <= 0x39;
      if (this.locale === "UTF-8" && !isDigits && first.byte !== last.byte) this.isLeftToRegex = true;
      this.isWide = true;
      this.ranges.push([first.byte, last.byte]);
    }
  }

  private add(element: Element): void {
    if (element.kind === "class") this.classes = unionOf(this.classes, element.set);
    else if (element.kind === "character") this.ranges.push([element.codePoint, element.codePoint]);
    else {
      // In UTF-8 a byte above 127 is no character, so nothing can match it.
      if (this.locale === "UTF-8" && element.byte > 0x7f) this.isLeftToRegex = true;
      else this.ranges.push([element.byte, element.byte]);
    }
  }

  private meaning(isNegated: boolean): Meaning {
    const set = unionOf(characterSetOf(this.ranges), this.classes);
    if (this.locale === "C") {
      const bytes = bytesOf(set);
      return { kind: "byte", set: isNegated ? bytes.map((word) => ~word) : sharedIfSingle(bytes, set) };
    }
    const members = isNegated ? otherCharacters(set) : set;
    const isAscii = (members.at(-1) ?? 0) < 0x80;
    return isAscii
      ? { kind: "byte", set: sharedIfSingle(bytesOf(members), members) }
      : { kind: "character", set: members, takesAnyByte: false };
  }
}

function sharedIfSingle(bytes: ByteSet, set: CharacterSet): ByteSet {
  const [first, last] = set;
  return set.length === 2 && first !== undefined && first === last ? singleByte(first) : bytes;
}
