/**
 * Chooses what is kept of a group after its first lines: the last line, and those that differ most from all before.
 * Promise: the work for a line and the memory of a group are bounded, whatever comes.
 */
import type { Entry } from "../entry/entry.js";
import type { Finding, Sample } from "./group.js";
import { beginningOf } from "./sample.js";

/** Of a line that is kept after the first ones. */
const maxFurtherBytes = 1024;
/** Words of a group that are remembered. */
const maxWords = 2048;
/** Only a message's beginning and its end are compared, so long each. */
const comparedCharacters = 512;
/** What a new word counts; a new number counts 1, since ports and processes are nearly always new. */
const wordWeight = 4;

/** The further lines of one group. */
export class FurtherLines {
  private readonly differing: Sample[] = [];
  private last: Sample | undefined;
  private readonly words = new Set<number>();

  /** In: what the group keeps already, in reading order; those among it that are no first lines are taken over. */
  constructor(samples: readonly Sample[]) {
    for (const sample of samples) {
      eachWord(sample.line, (hash) => this.remember(hash));
      if (sample.difference === undefined) continue;
      if (sample.difference > 0) this.differing.push(sample);
      else this.last = sample;
    }
  }

  /** Whoever calls it reports the line as counted. Out: by how many bytes the differing lines have grown. */
  add(finding: Finding, maxDiffering: number, maxBytes: number): number {
    const difference = this.differenceOf(finding.entry);
    const { source, trueLengthBytes } = finding;
    const line = beginningOf(finding.line, maxFurtherBytes);
    this.last = { source, line, trueLengthBytes, isInReportFile: true, difference: 0 };
    if (difference === 0) return 0;
    const sample: Sample = { ...this.last, difference };
    const bytes = line.length;
    if (this.differing.length < maxDiffering && bytes <= maxBytes) {
      this.differing.push(sample);
      return bytes;
    }
    const least = this.leastDiffering();
    const given = this.differing[least];
    if (given === undefined || (given.difference ?? 0) >= difference) return 0;
    if (bytes - given.line.length > maxBytes) return 0;
    this.differing.splice(least, 1);
    this.differing.push(sample);
    return bytes - given.line.length;
  }

  /** In reading order. */
  samples(): readonly Sample[] {
    const { last } = this;
    if (last === undefined) return this.differing;
    const isThere = this.differing.at(-1)?.line === last.line;
    return isThere ? this.differing : [...this.differing, last];
  }

  /** Remembers the words, too. */
  private differenceOf({ hostname = "", appName = "", message }: Entry): number {
    let difference = 0;
    const compare = (hash: number, isNumber: boolean): void => {
      if (this.words.has(hash)) return;
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
    if (this.words.size < maxWords) this.words.add(hash);
  }

  private leastDiffering(): number {
    let least = 0;
    for (const [index, { difference = 0 }] of this.differing.entries())
      if (difference < (this.differing[least]?.difference ?? 0)) least = index;
    return least;
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
