/**
 * Says how much a line differs from those before it, by its words.
 * Promise: the work for a line and the memory are bounded, whatever comes.
 */
import type { Entry } from "../entry/entry.js";

/** SeenWords that are remembered. */
const maxWords = 2048;
/** Only a message's beginning and its end are compared, so long each. */
const comparedCharacters = 512;
/** What a new word counts; a new number counts 1, since ports and processes are nearly always new. */
const wordWeight = 4;

/** The words of some lines. */
export class SeenWords {
  private readonly seen = new Set<number>();

  add(line: string): void {
    eachWord(line, (hash) => this.remember(hash));
  }

  /** Remembers the words, too. */
  differenceOf({ hostname = "", appName = "", message }: Entry): number {
    let difference = 0;
    const compare = (hash: number, isNumber: boolean): void => {
      if (this.seen.has(hash)) return;
      this.remember(hash);
      difference += isNumber ? 1 : wordWeight;
    };
    eachWord(hostname, compare);
    eachWord(appName, compare);
    if (message.length <= 2 * comparedCharacters) eachWord(message, compare);
    else {
      eachWord(message.slice(0, comparedCharacters), compare);
      eachWord(message.slice(-comparedCharacters), compare);
    }
    return difference;
  }

  private remember(hash: number): void {
    if (this.seen.size < maxWords) this.seen.add(hash);
  }
}

const digit = 1;
const letter = 2;
/** Holds a word together where a letter or digit follows: "192.0.2.7", "uid=0", "/bin/sh". */
const joint = 4;

/** Of each byte, 0 for what ends a word; the bytes of longer UTF-8 sequences count as letters. */
const traits = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9]/.test(character)) return digit;
  if (/[A-Za-z_\x80-\xff]/.test(character)) return letter;
  return /[.:@%+/=-]/.test(character) ? joint : 0;
});

/**
 * Gives the hash of each word, FNV-1a in 30 bits: small integers take no memory of their own. Two words with one hash
 * only look alike. A scanner, since a regular expression takes 9 µs for a line, and there may be millions.
 */
function eachWord(text: string, found: (hash: number, isNumber: boolean) => void): void {
  let hash = 0;
  let seen = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : 0;
    const trait = traits[code] ?? 0;
    const isWord = (trait & (digit | letter)) !== 0;
    const isHeldTogether =
      trait === joint && seen !== 0 && ((traits[text.charCodeAt(index + 1)] ?? 0) & (digit | letter)) !== 0;
    if (isWord || isHeldTogether) {
      hash = Math.imul((seen === 0 ? 0x811c9dc5 : hash) ^ code, 0x01000193);
      seen |= trait;
    } else if (seen !== 0) {
      found(hash & 0x3fffffff, seen === digit);
      seen = 0;
    }
  }
}
