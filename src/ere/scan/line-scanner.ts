/** What walks lines and says which patterns match each. `chunk-scanner.ts` is how. */
import type { MatchSetId } from "../dfa/match-sets.js";

/** The selected lines of one chunk. The arrays are reused by the next scan; entries past `selectedCount` are stale. */
export interface ScannedLines {
  readonly lineCount: number;
  readonly selectedCount: number;
  /** Where each selected line starts in the chunk, in bytes. */
  readonly starts: Uint32Array;
  /** Where each selected line ends, after its newline if it has one. */
  readonly ends: Uint32Array;
  readonly matchSets: Uint32Array;
}

export interface LineScanner {
  /** The memory that `scan` reads: fill it from its start with whole lines. Read it anew after each scan. */
  readonly chunk: Uint8Array;
  /** Scans the first `lengthBytes` of `chunk`. What follows the last newline counts as a line of its own. */
  scan(lengthBytes: number): ScannedLines;
  /** Classifies one line of any length, with or without its newline, and counts it. */
  matchLine(line: Uint8Array): MatchSetId;
  /** The patterns of a match set, as ascending indices into the compiled list. */
  matches(id: MatchSetId): readonly number[];
  /** How many lines each match set has had since the last call; a set that had none is not in it. */
  takeCounts(): ReadonlyMap<MatchSetId, number>;
  /** How many match sets are known. Random lines can have one each. */
  readonly matchSetCount: number;
  /**
   * Forgets the match sets that no state leads to, between two scans. Numbers got before mean nothing afterwards, so the
   * counts must have been taken just before: else it throws.
   */
  forgetMatchSets(): void;
  /** How many states are built. */
  readonly stateCount: number;
  /** Offers the states built so far to the set's cache, between two scans. Without a cache nothing happens. */
  keepStates(): void;
}
