/**
 * Gives each line a verdict that depends on nothing but the set of patterns that match it.
 * Promise: the judge is asked once for each such set, not once for each line, and no string is made of any line.
 */
import type { MatchSetId, PatternSet } from "./pattern-set.js";

/** What one chunk came to. The arrays are reused by the next `sift`; entries past `listedCount` are stale. */
export interface JudgedLines<Verdict> {
  readonly lineCount: number;
  readonly listedCount: number;
  /** Where each listed line starts in the chunk, in bytes. */
  readonly starts: Uint32Array;
  /** Where each listed line ends, behind its newline if it has one. */
  readonly ends: Uint32Array;
  /** The verdict on a listed line, by its place in the arrays. */
  readonly verdict: (listedIndex: number) => Verdict;
}

export interface LineJudge<Verdict> {
  /** Fill it from its start with whole lines, then `sift`. Read it anew after each call. */
  readonly chunk: Uint8Array;
  sift(lengthBytes: number): JudgedLines<Verdict>;
  /** One line of any length, with or without its newline. */
  siftLine(line: Uint8Array): Verdict;
  readonly isListed: (verdict: Verdict) => boolean;
  /** Lines since the judge was made, by verdict; the same verdict may come several times. */
  verdictCounts(): Iterable<readonly [Verdict, number]>;
  /** Lines since the judge was made that were not listed, as the automaton counted them. */
  unlistedCount(): number;
  /** How many states the automaton has, and the states, to be kept on disk. */
  readonly stateCount: number;
  saveStates(): Uint8Array;
}

/** `judge` gets the ascending indices of the patterns that match; lines whose verdict `isListed` are listed. */
export function createLineJudge<Verdict extends object>(
  patterns: PatternSet,
  judge: (matches: readonly number[]) => Verdict,
  isListed: (verdict: Verdict) => boolean,
): LineJudge<Verdict> {
  const scanner = patterns.scanner({ isListed: (matches) => isListed(judge(matches)) });
  const verdicts = new Map<MatchSetId, Verdict>();
  const verdictOn = (id: MatchSetId): Verdict => {
    const known = verdicts.get(id);
    if (known) return known;
    const verdict = judge(scanner.matches(id));
    verdicts.set(id, verdict);
    return verdict;
  };
  function* verdictCounts(): Iterable<readonly [Verdict, number]> {
    for (const [id, lines] of scanner.counts()) yield [verdictOn(id), lines];
  }

  return {
    get chunk() {
      return scanner.chunk;
    },
    sift(lengthBytes) {
      const { lineCount, listedCount, starts, ends, matchSets } = scanner.scan(lengthBytes);
      return {
        lineCount,
        listedCount,
        starts,
        ends,
        verdict(listedIndex) {
          const id = matchSets[listedIndex];
          if (id === undefined || listedIndex >= listedCount)
            throw new RangeError(`bug: line ${listedIndex} of ${listedCount} listed`);
          return verdictOn(id);
        },
      };
    },
    siftLine: (line) => verdictOn(scanner.matchLine(line)),
    isListed,
    verdictCounts,
    unlistedCount() {
      let count = 0;
      for (const [verdict, lines] of verdictCounts()) if (!isListed(verdict)) count += lines;
      return count;
    },
    get stateCount() {
      return scanner.stateCount;
    },
    saveStates: () => scanner.saveStates(),
  };
}
