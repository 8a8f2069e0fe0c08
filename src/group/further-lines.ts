/**
 * Chooses what is kept of a group after its first lines: the last line, and those that differ most from all before.
 * Promise: the work for a line and the memory of a group are bounded, whatever comes.
 */
import type { Entry } from "../entry/entry.js";
import type { Finding, Sample } from "./group.js";
import { sampleOf } from "./sample.js";

/** Of a line that is kept after the first ones. */
const maxFurtherBytes = 1024;
/** Words of a group that are remembered. */
const maxWords = 2048;
/** Only a message's beginning and its end are compared, so long each. */
const comparedCharacters = 512;
/** What a new word counts; a new number counts 1, since ports and processes are nearly always new. */
const wordWeight = 4;

const wordPattern = /[A-Za-z0-9_\x80-\xff](?:[A-Za-z0-9_.:@%+/=\x80-\xff-]*[A-Za-z0-9_\x80-\xff])?/g;
const numberPattern = /^\d+$/;

/** The further lines of one group. */
export class FurtherLines {
  private readonly differing: Sample[] = [];
  private last: Sample | undefined;
  private readonly words = new Set<number>();

  /** In: what the group keeps already, in reading order; those among it that are no first lines are taken over. */
  constructor(samples: readonly Sample[]) {
    for (const sample of samples) {
      for (const { hash } of wordsOf(sample.line)) this.remember(hash);
      if (sample.difference === undefined) continue;
      if (sample.difference > 0) this.differing.push(sample);
      else this.last = sample;
    }
  }

  /** Whoever calls it reports the line as counted. Out: by how many bytes the differing lines have grown. */
  add(finding: Finding, maxDiffering: number, maxBytes: number): number {
    const difference = this.differenceOf(finding.entry);
    const sample: Sample = { ...sampleOf(finding, maxFurtherBytes), isInReportFile: true, difference };
    this.last = { ...sample, difference: 0 };
    if (difference === 0) return 0;
    const bytes = sample.line.length;
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
    for (const { hash, isNumber } of wordsOf(`${hostname} ${appName} ${compared(message)}`)) {
      if (this.words.has(hash)) continue;
      this.remember(hash);
      difference += isNumber ? 1 : wordWeight;
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

function compared(message: string): string {
  if (message.length <= 2 * comparedCharacters) return message;
  return `${message.slice(0, comparedCharacters)} ${message.slice(-comparedCharacters)}`;
}

function* wordsOf(text: string): Generator<{ readonly hash: number; readonly isNumber: boolean }> {
  for (const [word] of text.matchAll(wordPattern))
    yield { hash: hashOf(word), isNumber: numberPattern.test(word) };
}

/** FNV-1a in 30 bits: small integers take no memory of their own. Two words with one hash only look alike. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1)
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return hash & 0x3fffffff;
}
