/**
 * The letters that patterns are compared over: classes of characters, in the C locale of bytes, that none of them tells
 * apart.
 * Promise: two characters of one letter lead from any state to the same state.
 *
 * Over bytes, each `[^ ]` of UTF-8 is a tree of fifty branches: comparing Debian's rules that way ran out of 4 GB. There
 * are at most 256 letters, so that a set of them is a set of bytes to the program that the matcher walks too.
 */
import { addByte, emptyByteSet, type ByteSet } from "../alphabet/byte-set.js";
import { asciiWord, isWordCharacter } from "../alphabet/character-classes.js";
import { hasCharacter, type CharacterSet } from "../alphabet/character-set.js";
import type { Locale } from "../alphabet/locale.js";
import { decodeCharacter } from "../alphabet/utf8.js";
import { isWhiteSpace } from "../alphabet/white-space.js";
import { sides } from "../nfa/node-steps.js";
import { classesOf, lastCodePoint, strayByte, strayWordByte, type CharacterClass } from "./letter-classes.js";

export type Letter = number;

const mostLetters = 256;

/**
 * Letters that tell apart what the sets tell apart, or where that takes too many, as many of the first sets as they can.
 * Out: the letters, and the sets that they are good for.
 */
export function lettersOf(
  sets: readonly CharacterSet[],
  locale: Locale,
): { readonly letters: Letters; readonly told: readonly CharacterSet[] } {
  let [enough, tooMany] = [0, sets.length + 1];
  let at = sets.length;
  let letters: Letters | undefined;
  // Letters are enough for all sets, unless people name some hundred characters beyond ASCII.
  while (enough + 1 < tooMany || letters === undefined) {
    const told = classesOf(sets.slice(0, at), locale);
    if (told.length <= mostLetters) {
      enough = at;
      letters = new Letters(told, locale);
    } else tooMany = at;
    at = (enough + tooMany) >> 1;
  }
  return { letters, told: sets.slice(0, enough) };
}

interface Interval {
  readonly first: number;
  readonly last: number;
  readonly letter: Letter;
}

export class Letters {
  readonly count: number;
  /** By letter, whether it is part of a word, if `wordSets` are among those that are told apart. */
  readonly sides: Uint8Array;
  readonly all: ByteSet;
  /** What is cut from a line's end. */
  readonly whiteSpace: ByteSet;
  private readonly locale: Locale;
  private readonly intervals: readonly Interval[];
  /** By letter, the character that reads best. */
  private readonly shown: readonly number[];

  /** In: at most 256 classes. */
  constructor(classes: readonly CharacterClass[], locale: Locale) {
    this.locale = locale;
    this.count = classes.length;
    this.shown = classes.map(({ shown }) => shown);
    this.intervals = classes
      .flatMap(({ ranges }, letter) => ranges.map(([first, last]) => ({ first, last, letter })))
      .sort((a, b) => a.first - b.first);
    this.sides = Uint8Array.from({ length: 256 }, (_, letter) =>
      isWord(this.shown[letter] ?? 0, locale) ? sides.word : sides.noWord,
    );
    this.all = this.lettersWith(() => true);
    this.whiteSpace = this.lettersWith((character) => character < 0x80 && isWhiteSpace(character));
  }

  /** The letters of a set that is one of those that these letters were made for. */
  of(set: CharacterSet): ByteSet {
    return this.lettersWith((character) => hasCharacter(set, character));
  }

  /** A line's letters. In: without its newline. */
  spell(line: Uint8Array): Letter[] {
    const letters: Letter[] = [];
    for (let at = 0; at < line.length;) {
      const character = this.locale === "C" ? undefined : decodeCharacter(line, at, line.length);
      const byte = line[at] ?? 0;
      const isKnown = character !== undefined && character.codePoint <= lastCodePoint;
      letters.push(this.letterOf(isKnown ? character.codePoint : this.codeOf(byte)));
      at += isKnown ? character.length : 1;
    }
    return letters;
  }

  /** A line of these letters, without its newline. */
  write(letters: readonly Letter[]): Uint8Array {
    return Buffer.concat(letters.map((letter) => this.bytesOf(this.shown[letter] ?? 0)));
  }

  private letterOf(character: number): Letter {
    const { intervals } = this;
    let [low, high] = [0, intervals.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (character > (intervals[middle]?.last ?? 0)) low = middle + 1;
      else high = middle;
    }
    const found = intervals[low];
    if (found === undefined || character < found.first) throw new Error(`bug: ${character} is no letter`);
    return found.letter;
  }

  private codeOf(byte: number): number {
    if (this.locale === "C") return byte;
    return isWordCharacter(byte) ? strayWordByte : strayByte;
  }

  private bytesOf(character: number): Uint8Array {
    if (this.locale === "C") return Buffer.of(character);
    if (character > lastCodePoint) return Buffer.of(character === strayByte ? 0x80 : 0xff);
    return Buffer.from(String.fromCodePoint(character));
  }

  private lettersWith(holds: (character: number) => boolean): ByteSet {
    const letters = emptyByteSet();
    for (const [letter, character] of this.shown.entries()) if (holds(character)) addByte(letters, letter);
    return letters;
  }
}

function isWord(character: number, locale: Locale): boolean {
  if (locale === "C") return hasCharacter(asciiWord, character);
  return character > lastCodePoint ? character === strayWordByte : isWordCharacter(character);
}
