/**
 * The face of the automata: many POSIX EREs become one set, and a scanner says which of them match each line.
 * Promise: a pattern matches a line exactly when `grep -E` says so, in time linear in the line's length.
 */

import { createHash } from "node:crypto";
import { byteClassesFrom, byteClassesOf } from "./byte-classes.js";
import { checkPatterns, factsOf, patternsOf, type CheckedPatterns } from "./check-patterns.js";
import { componentsOf } from "./components.js";
import { Confirmation, Confirmations } from "./confirm.js";
import { ChunkScanner } from "./line-scanner.js";
import { LineStates } from "./line-states.js";
import type { Locale } from "./locale.js";
import { MatchSets } from "./match-sets.js";
import { MatchTraps } from "./match-traps.js";
import { needsConfirmation, PatternReader } from "./read-pattern.js";
import { decodeStates, encodeStates, type SavedStates } from "./saved-states.js";
import { mostTraps, ScanMemory, trapsAt } from "./scan-memory.js";
import { SecondLook } from "./second-look.js";

export type { Locale };

export interface PatternSetOptions {
  readonly locale: Locale;
  /** Whether lines are matched as if their trailing white space were not there. */
  readonly trimsTrailingSpace: boolean;
  /**
   * Whether a pattern with back-references counts as matching a line on which its matcher gives up, by its index.
   * Without it such a pattern does not match.
   */
  readonly matchesInDoubt?: (index: number) => boolean;
  /**
   * Finds what an earlier scanner of the same patterns has saved, by the set's key. Where it is sound the patterns are
   * not checked again, and each scanner starts with its states; else it is as if there were nothing.
   */
  readonly savedStates?: (key: string) => Uint8Array | undefined;
  /** For tests: true walks the shortest chunk with WebAssembly, false none even where it is to be had. */
  readonly usesWebAssembly?: boolean;
  /** For tests: how many states are kept at most. */
  readonly mostStates?: number;
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
  /** How many states are built: saving them anew is worth while when there are notably more. */
  readonly stateCount: number;
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
  /** Whether saved states of just these patterns were found sound. */
  readonly isKnown: boolean;
}

/**
 * Compiles patterns, each the raw bytes of one ERE without its newline.
 * Never throws for a bad pattern: it is named in `errors` and matches nothing.
 */
export function compilePatternSet(patterns: readonly Uint8Array[], options: PatternSetOptions): Compilation {
  const { locale, savedStates } = options;
  const text = joined(patterns);
  const key = keyOf(text, options);
  const saved = savedStates?.(key);
  const known = saved && decodeStates(key, saved);
  const check = once(() =>
    known === undefined ? checkPatterns(patterns, locale) : recalled(known, patterns, locale),
  );
  return {
    set: {
      key,
      scanner: (scannerOptions) => makeScanner({ key, text, options, check, known }, scannerOptions),
    },
    errors: known?.errors ?? check().errors,
    isKnown: known !== undefined,
  };
}

/** What a check has found earlier: nothing of the patterns is read but where a line gets. */
function recalled(
  { facts, errors }: SavedStates,
  patterns: readonly Uint8Array[],
  locale: Locale,
): CheckedPatterns {
  return { reader: new PatternReader(locale), sound: patternsOf(facts, patterns), errors };
}

/** Changes when states are computed in another way. Rows hold addresses, so where things lie is told too. */
const stateFormat = 5;

function keyOf(text: Buffer, { locale, trimsTrailingSpace }: PatternSetOptions): string {
  const hash = createHash("sha256");
  hash.update(`${stateFormat} ${trapsAt} ${mostTraps} ${locale} ${trimsTrailingSpace}\n`);
  hash.update(text);
  return hash.digest("hex");
}

/** All patterns in one piece, each with a newline behind it. */
function joined(patterns: readonly Uint8Array[]): Buffer {
  const bytes = patterns.reduce((sum, pattern) => sum + pattern.length + 1, 0);
  const text = Buffer.alloc(bytes, "\n");
  let end = 0;
  for (const pattern of patterns) {
    text.set(pattern, end);
    end += pattern.length + 1;
  }
  return text;
}

interface CompiledPatterns {
  readonly key: string;
  /** The patterns in one piece. */
  readonly text: Buffer;
  readonly options: PatternSetOptions;
  readonly check: () => CheckedPatterns;
  /** What an earlier scanner has left, where it is sound. */
  readonly known: SavedStates | undefined;
}

function makeScanner(compiled: CompiledPatterns, { isListed }: ScannerOptions): LineScanner {
  const { key, text, options, check, known } = compiled;
  const { locale, trimsTrailingSpace } = options;
  const doubtful =
    known?.doubtful ??
    check()
      .sound.filter((pattern) => needsConfirmation(pattern, locale))
      .map(({ index }) => index);
  const confirmations = new Confirmations(doubtful, (index) => {
    const { reader, sound } = check();
    const pattern = sound.find((candidate) => candidate.index === index);
    if (pattern === undefined) throw new Error(`bug: pattern ${index} is in doubt but not sound`);
    return new Confirmation(reader.whole(pattern), pattern.needs, locale);
  });
  const classes = known === undefined ? byteClassesOf(text, locale) : byteClassesFrom(known.classOfByte);
  const matchSets = new MatchSets();
  const { usesWebAssembly } = options;
  const memory = new ScanMemory(classes.ofByte, classes.count, usesWebAssembly ?? true);
  const isListedSet = askedOnce(matchSets, isListed);
  const secondLook = new SecondLook({
    matchSets,
    confirmations,
    matchesInDoubt: options.matchesInDoubt ?? (() => false),
    trimsTrailingSpace,
  });
  // Lines that are not sure yet are looked at again.
  const traps = new MatchTraps(memory, (id) => secondLook.isNeeded(id) || isListedSet(id));
  const mostStates = options.mostStates ?? defaultMostStates;
  const states = new LineStates({
    components: once(() => componentsOf(check().sound, check().reader, locale)),
    classes,
    matchSets,
    memory,
    traps,
    trimsTrailingSpace,
    mostStates,
  });
  const scanner = new ChunkScanner({
    states,
    memory,
    matchSets,
    traps,
    secondLook,
    mostStates,
    lanesPayFromBytes: usesWebAssembly === true ? 0 : lanesPayFromBytes,
    isListed: isListedSet,
    save: (built) =>
      encodeStates(key, {
        ...built,
        errors: known?.errors ?? check().errors,
        facts: known?.facts ?? factsOf(check().sound),
        doubtful,
        classOfByte: [...classes.ofByte],
      }),
    decode: (saved) => decodeStates(key, saved),
  });
  if (known !== undefined) scanner.restore(known);
  return scanner;
}

/** Up to here, compiling the lanes takes longer than walking line by line. */
const lanesPayFromBytes = 1 << 17;

/** At 32 Ki, a corpus made from all of Debian's rules forgot its states as fast as it built them: 2 MB/s. */
const defaultMostStates = 1 << 17;

/** Asks once for each match set. */
function askedOnce(
  matchSets: MatchSets,
  isListed: (matches: readonly number[]) => boolean,
): (id: MatchSetId) => boolean {
  const known: boolean[] = [];
  return (id) => (known[id] ??= isListed(matchSets.patterns(id)));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
