/**
 * Holds a template while it is written: words, "*" for what varies, brackets, and what separates them.
 * Promise: lists of values become one "*", runs of punctuation one character, and what is left empty disappears.
 */

import { leftParenthesis, space } from "./bytes.js";
import { isAlphanumeric, isDigit } from "./compounds.js";
import { KnownTexts } from "./known-texts.js";

const nothing = 0;
export const aWord = 1;
export const aMask = 2;
const aBracket = 3;

const star = 0x2a;
const starBytes = Uint8Array.of(star);
const shortestLead = 3;
/** "deferring action for 4 seconds". */
const maxMeasureWords = 3;
const maxDepth = 16;
const maxBytes = 16_384;

/** What was there before a bracket, and what stands in it. */
class Bracket {
  end = 0;
  last = nothing;
  separator = 0;
  opener = 0;
  /** Where its own text begins, and the part of it after the last comma. */
  inner = 0;
  part = 0;
  partWords = 0;
  words = 0;
  masks = 0;
  wasAddress = false;
}

export class TemplateText {
  readonly bytes = Buffer.allocUnsafe(maxBytes);
  end = 0;
  last: number = nothing;
  /** Of the last word: where it and what leads to it began, and its hash. */
  wordStart = 0;
  wordHash = 0;
  /** Whether the last value was an address. */
  isAddress = false;
  /** Punctuation that is written when something follows it. */
  private separator = 0;
  private hasSpaceBefore = false;
  private readonly known = new KnownTexts();
  private readonly brackets = Array.from({ length: maxDepth }, () => new Bracket());
  private depth = 0;

  /** How many words it has. */
  words = 0;
  private keepsAll = false;

  begin(brackets: "leaves out what is empty" | "keeps all"): void {
    this.end = 0;
    this.words = 0;
    this.keepsAll = brackets === "keeps all";
    this.last = nothing;
    this.separator = 0;
    this.depth = 0;
    this.wordHash = 0;
    this.isAddress = false;
  }

  get hasSeparator(): boolean {
    return this.separator !== 0;
  }

  /** Of a run of punctuation the first character counts. */
  separate(byte: number, isSpaced: boolean): void {
    if (this.separator !== 0 || this.end === 0) return;
    this.separator = byte;
    this.hasSpaceBefore = isSpaced;
  }

  /** Writes some bytes of a source as a word, those of a word before it with the same hash once. */
  word(source: Uint8Array, start: number, end: number, hash: number, isSpaced: boolean): void {
    if (hash !== 0 && hash === this.wordHash && this.last === aWord && this.separator === 0) return;
    const { wordStart } = this;
    this.wordStart = this.end;
    if (!this.lead(isSpaced)) {
      this.wordStart = wordStart;
      return;
    }
    this.copy(source, start, end);
    this.last = aWord;
    this.wordHash = hash;
    this.words += 1;
    this.countWord();
  }

  /** Adds to the word before it. */
  copy(source: Uint8Array, start: number, end: number): void {
    const { bytes } = this;
    let at = this.end;
    for (let index = start; index < end && at < maxBytes; index += 1) {
      bytes[at] = source[index] ?? 0;
      at += 1;
    }
    this.end = at;
  }

  /** "session-4.scope" as "session-*.scope": runs with a digit become "*", but for three letters or more at their front. */
  numbered(source: Uint8Array, start: number, end: number, isSpaced: boolean): void {
    this.word(source, start, start, 0, isSpaced);
    for (let index = start; index < end;) {
      let runEnd = index;
      let digits = 0;
      let lead = 0;
      for (; runEnd < end && isAlphanumeric(source[runEnd] ?? 0); runEnd += 1) {
        if (isDigit(source[runEnd] ?? 0)) digits += 1;
        else if (digits === 0) lead += 1;
      }
      if (runEnd === index) runEnd += 1;
      if (digits === 0) this.copy(source, index, runEnd);
      else {
        if (lead >= shortestLead) this.copy(source, index, index + lead);
        this.copy(starBytes, 0, 1);
      }
      index = runEnd;
    }
  }

  mask(isSpaced: boolean, kind: "address" | "other" = "other"): void {
    this.isAddress = kind === "address" || (this.isAddress && this.last === aMask);
    if (this.last === aMask) {
      this.separator = 0;
      return;
    }
    this.lead(isSpaced);
    this.bytes[this.end] = star;
    this.end += 1;
    this.last = aMask;
    const bracket = this.openBracket();
    if (bracket) bracket.masks += 1;
  }

  /** Takes the last word back, and has a mask in its place. */
  maskLastWord(): void {
    this.end = this.wordStart;
    this.words -= 1;
    const wasSpaced = this.end > 0;
    const bracket = this.openBracket();
    if (bracket) {
      bracket.words -= 1;
      bracket.partWords -= 1;
    }
    this.last = nothing;
    this.mask(wasSpaced);
  }

  open(byte: number, isSpaced: boolean): void {
    const bracket = this.brackets[this.depth];
    if (bracket === undefined) {
      this.separate(byte, isSpaced);
      return;
    }
    bracket.end = this.end;
    bracket.last = this.last;
    bracket.separator = this.separator;
    bracket.opener = byte;
    bracket.words = 0;
    bracket.partWords = 0;
    bracket.masks = 0;
    bracket.wasAddress = this.isAddress && this.last === aMask;
    this.lead(isSpaced);
    this.bytes[this.end] = byte;
    this.end += 1;
    bracket.inner = this.end;
    bracket.part = this.end;
    this.last = aBracket;
    this.depth += 1;
  }

  /** A comma or semicolon: in parentheses, it ends a part. */
  comma(byte: number, isSpaced: boolean): void {
    const bracket = this.openBracket();
    if (bracket?.opener === leftParenthesis) this.endPart(bracket);
    this.separate(byte, isSpaced);
  }

  close(byte: number): void {
    if (this.depth === 0) {
      this.separate(byte, false);
      return;
    }
    this.depth -= 1;
    const bracket = this.brackets[this.depth];
    if (bracket === undefined) return;
    if (bracket.opener === leftParenthesis) this.endPart(bracket);
    if (this.isToBeLeftOut(bracket)) {
      this.end = bracket.end;
      this.last = bracket.last;
      this.separator = bracket.separator;
      return;
    }
    this.separator = 0;
    this.bytes[this.end] = byte;
    this.end += 1;
    this.last = aBracket;
    const outer = this.openBracket();
    if (outer) {
      outer.words += bracket.words;
      outer.partWords += bracket.words;
      outer.masks += bracket.masks;
    }
  }

  private isToBeLeftOut({ inner, opener, words, masks, last, wasAddress }: Bracket): boolean {
    if (this.keepsAll) return false;
    if (this.end === inner) return true;
    if (words === 0) return opener === leftParenthesis || last === aMask;
    // "192.0.2.7 (gateway)": the name of an address.
    return words === 1 && masks === 0 && wasAddress && opener === leftParenthesis;
  }

  /** A few words and a number say how much, how long, of what size: "(order 9)", "(estimated size 8 KB". */
  private endPart(bracket: Bracket): void {
    if (
      !this.keepsAll &&
      this.last === aMask &&
      this.end > bracket.part &&
      bracket.partWords <= maxMeasureWords
    ) {
      this.end = bracket.part;
      this.last = bracket.part === bracket.inner ? aBracket : aWord;
      bracket.words -= bracket.partWords;
    }
    bracket.part = this.end;
    bracket.partWords = 0;
  }

  private openBracket(): Bracket | undefined {
    return this.depth > 0 ? this.brackets[this.depth - 1] : undefined;
  }

  private countWord(): void {
    const bracket = this.openBracket();
    if (bracket === undefined) return;
    bracket.words += 1;
    bracket.partWords += 1;
  }

  /** What stands between the last thing and the next. Out: whether there is room for more. */
  private lead(isSpaced: boolean): boolean {
    const { bytes } = this;
    if (this.end > maxBytes - 64) return false;
    if (this.separator !== 0 && this.end > 0 && this.last !== aBracket) {
      if (this.hasSpaceBefore) bytes[this.end++] = space;
      bytes[this.end++] = this.separator;
    }
    this.separator = 0;
    if (
      isSpaced &&
      this.end > 0 &&
      !(this.last === aBracket && this.depth > 0 && this.end === this.openBracket()?.inner)
    )
      bytes[this.end++] = space;
    return true;
  }

  /** Bytes as latin1. */
  toString(): string {
    return this.known.textOf(this.bytes, this.end);
  }
}
