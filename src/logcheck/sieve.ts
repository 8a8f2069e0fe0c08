/**
 * Sorts lines into logcheck's sections by their bytes, chunk by chunk.
 * Promise: the sections that `place` decides, and each line counted once.
 */
import {
  compilePatternSet,
  type Compilation,
  type Locale,
  type MatchSetId,
  type PatternSet,
} from "../automata/pattern-set.js";
import type { RuleTree } from "./rule-tree.js";
import { isPlaced, place, type Placement } from "./sections.js";

/** What one chunk came to. The arrays are reused by the next `sift`; entries past `listedCount` are stale. */
export interface PlacedLines {
  readonly lineCount: number;
  readonly listedCount: number;
  /** Where each listed line starts in the chunk, in bytes. */
  readonly starts: Uint32Array;
  /** Where each listed line ends, behind its newline if it has one. */
  readonly ends: Uint32Array;
  /** The sections of a listed line, by its place in the arrays. */
  verdict(listedIndex: number): Placement;
}

export interface PlacementSieve {
  /** Fill it from its start with whole lines, then `sift`. Read it anew after each call. */
  readonly chunk: Uint8Array;
  sift(lengthBytes: number): PlacedLines;
  /** One line of any length, with or without its newline. */
  siftLine(line: Uint8Array): Placement;
  isListed(placement: Placement): boolean;
  /** Lines since the sieve was made that no section has. */
  unlistedCount(): number;
  /** How many states the automaton has, and the states, to be kept on disk. */
  readonly stateCount: number;
  saveStates(): Uint8Array;
}

/** Compiles all rules of a tree into one automaton. Lines are matched without the white space that logcheck cuts. */
export function compileTree(
  tree: RuleTree,
  locale: Locale,
  cache?: { read(key: string): Uint8Array | undefined },
): Compilation {
  const { cracking, violations } = tree.files;
  const raising = new Set([...cracking, ...violations].flatMap((file) => file.patterns));
  return compilePatternSet(tree.patterns, {
    locale,
    trimsTrailingSpace: true,
    ...(cache && { savedStates: (key: string) => cache.read(key) }),
    // A rule too costly to decide raises the line, and hides none.
    matchesInDoubt: (pattern) => raising.has(pattern),
  });
}

/** In: a tree, and the patterns of this tree or of one with more rules switched on. */
export function createPlacementSieve(tree: RuleTree, patterns: PatternSet): PlacementSieve {
  const scanner = patterns.scanner({ isListed: (matches) => isPlaced(place(tree, matches)) });
  const placements = new Map<MatchSetId, Placement>();

  function placementOf(id: MatchSetId): Placement {
    const known = placements.get(id);
    if (known) return known;
    const placement = place(tree, scanner.matches(id));
    placements.set(id, placement);
    return placement;
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
          return placementOf(id);
        },
      };
    },
    siftLine: (line) => placementOf(scanner.matchLine(line)),
    isListed: isPlaced,
    unlistedCount() {
      let count = 0;
      for (const [id, lines] of scanner.counts()) if (!isPlaced(placementOf(id))) count += lines;
      return count;
    },
    get stateCount() {
      return scanner.stateCount;
    },
    saveStates: () => scanner.saveStates(),
  };
}
