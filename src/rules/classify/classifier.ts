/**
 * Gives each line a verdict that depends on nothing but the set of patterns that match it.
 * Promise: the verdict is asked for once for each such set, not once for each line; each line is counted once; no string
 * is made of any line.
 */
import type { MatchSetId, PatternSet } from "../../ere/index.js";
import type { Text } from "../../std/text/byte-string.js";
import { longLine, type ClassifiedLines, type LinesChunk } from "./classified-lines.js";
import { LinesInBuffer } from "./lines-in-buffer.js";
import { linesReadAs } from "./lines-read-as.js";
import { repeatedMessage } from "./repeated-message.js";

export interface Classifier<Verdict> {
  /** Where a reader puts whole lines, from its start. Read the property anew after each call. */
  readonly buffer: Uint8Array;
  /** In: what a reader gave, in the buffer or, one long line, in memory of its own, and the name of its source. */
  classify(chunk: LinesChunk, source?: Text): ClassifiedLines<Verdict>;
  /** One line of any length, with or without its newline, for whoever wants nothing but its verdict. */
  verdictOn(line: Uint8Array): Verdict;
  /** Whether a line of this verdict is ignored, selected or not. */
  isIgnored(verdict: Verdict): boolean;
  /** Lines by verdict since the last call; a verdict without lines is left out. */
  takeCounts(): ReadonlyMap<Verdict, number>;
  /** Offers the states that the automaton has built to the cache that the patterns were compiled with. */
  keepStates(): void;
}

export interface ClassifierOptions<Verdict> {
  /** In: the ascending indices of the patterns that match. The same object each time is one verdict in the counts. */
  readonly verdictOf: (matches: readonly number[]) => Verdict;
  /** Lines of such a verdict are handed out; the others are only counted. */
  readonly isSelected: (verdict: Verdict) => boolean;
  readonly isIgnored: (verdict: Verdict) => boolean;
  /** Whether "message repeated 5 times: [ … ]" has the verdict on what it repeats, where a rule does not ignore it as it is. */
  readonly looksIntoRepeated?: boolean;
}

/** A log of few programs has some hundred; 64 rules that match anywhere have one for nearly each line of random text. */
const mostMatchSets = 1 << 14;

export function createClassifier<Verdict extends object>(
  patterns: PatternSet,
  options: ClassifierOptions<Verdict>,
): Classifier<Verdict> {
  const { verdictOf, isSelected, isIgnored, looksIntoRepeated = false } = options;
  // To be looked into, a line must be handed out.
  let hasUnwanted = false;
  const isLookedAt = (matches: readonly number[]): boolean => {
    const verdict = verdictOf(matches);
    if (isSelected(verdict)) return true;
    if (!looksIntoRepeated || isIgnored(verdict)) return false;
    hasUnwanted = true;
    return true;
  };
  const scanner = patterns.scanner({ isSelected: isLookedAt });
  /** By match set. */
  const verdicts = new Map<MatchSetId, Verdict>();
  const verdictOfSet = (id: MatchSetId): Verdict => {
    const known = verdicts.get(id);
    if (known) return known;
    const verdict = verdictOf(scanner.matches(id));
    verdicts.set(id, verdict);
    return verdict;
  };
  /** By verdict, lines beside those that the scanner counts by match set: less than none where lines have another verdict. */
  const counted = new Map<Verdict, number>();
  const count = (verdict: Verdict, lines: number): void => {
    counted.set(verdict, (counted.get(verdict) ?? 0) + lines);
  };
  const move = (from: Verdict, to: Verdict | undefined): void => {
    count(from, -1);
    if (to) count(to, 1);
  };
  const countByVerdict = (): void => {
    for (const [id, lines] of scanner.takeCounts()) count(verdictOfSet(id), lines);
  };
  const forgetMatchSets = (): void => {
    countByVerdict();
    scanner.forgetMatchSets();
    verdicts.clear();
    eitherVerdicts.clear();
  };
  /** The match set that decides on a line. In: its own. */
  const decisiveSet = (line: Uint8Array, own: MatchSetId): MatchSetId => {
    if (!looksIntoRepeated || isIgnored(verdictOfSet(own))) return own;
    const repeated = repeatedMessage(line);
    if (!repeated) return own;
    const inner = scanner.matchLine(repeated.line);
    const isTaken = !(repeated.mayBeCut && isIgnored(verdictOfSet(inner)));
    move(verdictOfSet(isTaken ? own : inner), undefined);
    return isTaken ? inner : own;
  };
  /** By the match sets of a line and of what is read in its place: the verdict of all patterns that match either. */
  const eitherVerdicts = new Map<string, Verdict>();
  const eitherVerdict = (read: MatchSetId, own: MatchSetId): Verdict => {
    const [readMatches, ownMatches] = [scanner.matches(read), scanner.matches(own)];
    if (read === own || ownMatches.length === 0) return verdictOfSet(read);
    const key = `${read} ${own}`;
    const known = eitherVerdicts.get(key);
    if (known) return known;
    const both = [...new Set([...readMatches, ...ownMatches])];
    const verdict = verdictOf(both.toSorted((one, other) => one - other));
    eitherVerdicts.set(key, verdict);
    return verdict;
  };
  /** The verdict on a line of another form: a rule for its own form decides it as one for the traditional form does. */
  const verdictOnBoth = (line: Uint8Array, readAs: Uint8Array | undefined): Verdict => {
    const own = scanner.matchLine(line);
    if (!readAs) return verdictOfSet(decisiveSet(line, own));
    const read = decisiveSet(readAs, scanner.matchLine(readAs));
    const verdict = eitherVerdict(read, own);
    // Both were counted.
    move(verdictOfSet(own), undefined);
    move(verdictOfSet(read), verdict);
    return verdict;
  };
  let hasClassified = false;
  const inBuffer = new LinesInBuffer(scanner, verdictOfSet, decisiveSet);
  return {
    get buffer() {
      return scanner.chunk;
    },
    classify(chunk) {
      hasClassified = true;
      if (scanner.matchSetCount > mostMatchSets) forgetMatchSets();
      if (chunk.kind === "lines" && chunk.readAs)
        return linesReadAs(chunk, scanner.chunk.slice(0, chunk.lengthBytes), verdictOnBoth, isSelected);
      if (chunk.kind === "lines") {
        const lines = inBuffer.scan(chunk);
        const hasChanged = looksIntoRepeated && inBuffer.decide();
        if (hasUnwanted || hasChanged) inBuffer.keepOnly(isSelected);
        return lines;
      }
      const isWhole = chunk.trueLengthBytes <= chunk.bytes.length;
      if (isWhole && chunk.readAs) {
        const verdict = verdictOnBoth(chunk.bytes, chunk.readAs);
        return longLine(chunk, verdict, isSelected(verdict));
      }
      const found = verdictOfSet(scanner.matchLine(chunk.bytes));
      if (isWhole || !isIgnored(found)) return longLine(chunk, found, isSelected(found));
      // The rule has not seen all of the line.
      const verdict = verdictOf([]);
      move(found, verdict);
      return longLine(chunk, verdict, isSelected(verdict));
    },
    verdictOn(line) {
      // Lines that were classified are known by their match sets.
      if (!hasClassified && scanner.matchSetCount > mostMatchSets) forgetMatchSets();
      return verdictOfSet(decisiveSet(line, scanner.matchLine(line)));
    },
    isIgnored,
    takeCounts() {
      countByVerdict();
      const counts = new Map([...counted].filter(([, lines]) => lines !== 0));
      counted.clear();
      return counts;
    },
    keepStates: () => scanner.keepStates(),
  };
}
