/**
 * Gives each line a verdict that depends on nothing but the set of patterns that match it.
 * Promise: the judge is asked once for each such set, not once for each line, and no string is made of any line.
 */
import type { MatchSetId, PatternSet } from "../ere/index.js";

/** What one chunk came to. The arrays are reused by the next `sift`; entries past `selectedCount` are stale. */
export interface JudgedLines<Verdict> {
  readonly lineCount: number;
  readonly selectedCount: number;
  /** Where each selected line starts in the chunk, in bytes. */
  readonly starts: Uint32Array;
  /** Where each selected line ends, after its newline if it has one. */
  readonly ends: Uint32Array;
  /** The verdict on a selected line, by its place in the arrays. */
  readonly verdict: (selectedIndex: number) => Verdict;
}

export interface LineJudge<Verdict> {
  /** Fill it from its start with whole lines, then `sift`. Read it anew after each call. */
  readonly chunk: Uint8Array;
  sift(lengthBytes: number): JudgedLines<Verdict>;
  /** One line of any length, with or without its newline. */
  siftLine(line: Uint8Array): Verdict;
  readonly isSelected: (verdict: Verdict) => boolean;
  /** Lines since the judge was made, by verdict; the same verdict may come several times. */
  verdictCounts(): Iterable<readonly [Verdict, number]>;
  /** Lines since the judge was made that were not selected, as the automaton counted them. */
  unselectedCount(): number;
  /** Offers the states that the automaton has built to the cache that the patterns were compiled with. */
  keepStates(): void;
}

/** `judge` gets the ascending indices of the patterns that match; lines whose verdict `isSelected` are selected. */
export function createLineJudge<Verdict extends object>(
  patterns: PatternSet,
  judge: (matches: readonly number[]) => Verdict,
  isSelected: (verdict: Verdict) => boolean,
): LineJudge<Verdict> {
  const scanner = patterns.scanner({ isSelected: (matches) => isSelected(judge(matches)) });
  const verdicts = new Map<MatchSetId, Verdict>();
  const counts = new Map<MatchSetId, number>();
  const verdictOn = (id: MatchSetId): Verdict => {
    const known = verdicts.get(id);
    if (known) return known;
    const verdict = judge(scanner.matches(id));
    verdicts.set(id, verdict);
    return verdict;
  };
  function* verdictCounts(): Iterable<readonly [Verdict, number]> {
    for (const [id, lines] of scanner.takeCounts()) counts.set(id, (counts.get(id) ?? 0) + lines);
    for (const [id, lines] of counts) yield [verdictOn(id), lines];
  }

  return {
    get chunk() {
      return scanner.chunk;
    },
    sift(lengthBytes) {
      const { lineCount, selectedCount, starts, ends, matchSets } = scanner.scan(lengthBytes);
      return {
        lineCount,
        selectedCount,
        starts,
        ends,
        verdict(selectedIndex) {
          const id = matchSets[selectedIndex];
          if (id === undefined || selectedIndex >= selectedCount)
            throw new RangeError(`bug: line ${selectedIndex} of ${selectedCount} selected`);
          return verdictOn(id);
        },
      };
    },
    siftLine: (line) => verdictOn(scanner.matchLine(line)),
    isSelected,
    verdictCounts,
    unselectedCount() {
      let count = 0;
      for (const [verdict, lines] of verdictCounts()) if (!isSelected(verdict)) count += lines;
      return count;
    },
    keepStates: () => scanner.keepStates(),
  };
}
