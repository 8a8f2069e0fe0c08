/**
 * The face of the automata: many POSIX EREs become one set, and a scanner says which of them match each line.
 * Promise: a pattern matches a line exactly when `grep -E` says so, in time linear in the line's length.
 */

/** How bytes become characters: "C" takes each byte as one, "UTF-8" takes one valid sequence. */
export type Locale = "C" | "UTF-8";

export interface PatternSetOptions {
  readonly locale: Locale;
  /** Whether lines are matched as if their trailing white space were not there. */
  readonly trimsTrailingSpace: boolean;
}

/** Why a pattern was left out. `index` is its place in the input, `column` counts bytes from 1. */
export interface PatternError {
  readonly index: number;
  readonly column: number;
  readonly reason: string;
}

/** A number for a set of patterns, private to one scanner. 0 is the empty set: nothing matched. */
export type MatchSetId = number;

export interface ScannerOptions {
  /** Whether lines that match just these patterns (ascending indices) are listed, or only counted. */
  readonly isListed: (matches: readonly number[]) => boolean;
}

/** The listed lines of one chunk. The arrays are reused by the next scan; entries past `listedCount` are stale. */
export interface ScannedLines {
  readonly lineCount: number;
  readonly listedCount: number;
  /** Where each listed line starts in the chunk, in bytes. */
  readonly starts: Uint32Array;
  /** Where each listed line ends, behind its newline if it has one. */
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
  /** How many lines each match set has had since the scanner was made. */
  counts(): ReadonlyMap<MatchSetId, number>;
  /** The states built so far, to be kept on disk. */
  saveStates(): Uint8Array;
  /** Takes saved states back. False, and nothing changes, when they are damaged or of another set. */
  restoreStates(saved: Uint8Array): boolean;
}

export interface PatternSet {
  /** Hex SHA-256 of the patterns, the options and the format of saved states. */
  readonly key: string;
  scanner(options: ScannerOptions): LineScanner;
}

export interface Compilation {
  readonly set: PatternSet;
  /** The patterns that are left out, ascending by index. The others keep their indices. */
  readonly errors: readonly PatternError[];
}

/**
 * Compiles patterns, each the raw bytes of one ERE without its newline.
 * Never throws for a bad pattern: it is named in `errors` and matches nothing.
 */
export type CompilePatternSet = (patterns: readonly Uint8Array[], options: PatternSetOptions) => Compilation;
