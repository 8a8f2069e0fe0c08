/**
 * The face of the automata: many POSIX EREs become one set, and a scanner says which of them match each line.
 * Promise: a pattern matches a line exactly when `grep -E` says so, in time linear in the line's length.
 */

/** How bytes become characters: "C" takes each byte as one, "UTF-8" takes one valid sequence. */
import { createHash } from "node:crypto";
import { byteClassesOf } from "./byte-classes.js";
import { Confirmation } from "./confirm.js";
import { LineStates } from "./line-states.js";
import { MatchSets } from "./match-sets.js";
import { NodeSets } from "./node-sets.js";
import { needs } from "./grammar.js";
import { PatternReader, type CheckedPattern } from "./read-pattern.js";
import { PatternFault } from "./pattern-text.js";
import { Program } from "./program.js";
import { SharedPrefixes } from "./shared-prefixes.js";
import { ChunkScanner } from "./line-scanner.js";
import { ScanMemory } from "./scan-memory.js";

export type Locale = "C" | "UTF-8";

export interface PatternSetOptions {
  readonly locale: Locale;
  /** Whether lines are matched as if their trailing white space were not there. */
  readonly trimsTrailingSpace: boolean;
  /**
   * Whether a pattern with back-references counts as matching a line on which its matcher gives up, by its index.
   * Without it such a pattern does not match.
   */
  readonly matchesInDoubt?: (index: number) => boolean;
  /** For tests: false walks lines without WebAssembly even where it is to be had. */
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
export function compilePatternSet(patterns: readonly Uint8Array[], options: PatternSetOptions): Compilation {
  const errors: PatternError[] = [];
  const checked: CheckedPattern[] = [];
  const reader = new PatternReader(options.locale);
  for (const { text, index } of inOrderOfText(patterns)) {
    try {
      checked.push(reader.check(text, index));
    } catch (fault) {
      if (!(fault instanceof PatternFault)) throw fault;
      errors.push({ index, column: fault.column, reason: fault.message });
    }
  }
  errors.sort((a, b) => a.index - b.index);
  const key = keyOf(patterns, options);
  return {
    set: { key, scanner: (scannerOptions) => makeScanner(reader, checked, options, scannerOptions) },
    errors,
  };
}

function inOrderOfText(patterns: readonly Uint8Array[]): { text: Uint8Array; index: number }[] {
  return patterns.map((text, index) => ({ text, index })).sort((a, b) => Buffer.compare(a.text, b.text));
}

/** Grows when saved states are laid out or computed in another way. */
const stateFormat = 1;

function keyOf(patterns: readonly Uint8Array[], options: PatternSetOptions): string {
  const hash = createHash("sha256");
  hash.update(`${stateFormat} ${options.locale} ${options.trimsTrailingSpace}\n`);
  for (const pattern of patterns) hash.update(pattern).update("\n");
  return hash.digest("hex");
}

function makeScanner(
  reader: PatternReader,
  checked: readonly CheckedPattern[],
  options: PatternSetOptions,
  { isListed }: ScannerOptions,
): LineScanner {
  const { locale, trimsTrailingSpace } = options;
  const program = new Program({ keepsGroups: false });
  const plain = checked.filter(({ isPlainSequence }) => isPlainSequence);
  const atStart = program.patterns(new SharedPrefixes(plain.filter(isTiedToStart), reader));
  const anywhere = [
    program.patterns(
      new SharedPrefixes(
        plain.filter((pattern) => !isTiedToStart(pattern)),
        reader,
      ),
    ),
  ];
  const confirmations = new Map<number, Confirmation>();
  for (const pattern of checked) {
    const { index, isPlainSequence } = pattern;
    if (isPlainSequence && !needsConfirmation(pattern, locale)) continue;
    const whole = reader.whole(pattern);
    if (!isPlainSequence) anywhere.push(program.continuation(whole.tree, program.accept(index)));
    if (needsConfirmation(pattern, locale))
      confirmations.set(index, new Confirmation(whole, pattern.needs, locale));
  }
  const hasWordAssertions = checked.some((pattern) => (pattern.needs & needs.wordAssertions) !== 0);
  const shared = { program, locale, hasWordAssertions };
  const everywhere = program.fork(anywhere);
  const matchSets = new MatchSets();
  const classes = byteClassesOf(
    checked.map(({ text }) => text),
    locale,
  );
  const usesWebAssembly = options.usesWebAssembly ?? true;
  const memory = new ScanMemory(classes.ofByte, classes.count, usesWebAssembly);
  const isListedSet = isListedOnce(matchSets, isListed, confirmations);
  const states = new LineStates({
    anchored: new NodeSets({ ...shared, entry: atStart, reentry: undefined }),
    floating: new NodeSets({ ...shared, entry: everywhere, reentry: everywhere }),
    classes,
    matchSets,
    memory,
    trimsTrailingSpace,
    isListed: isListedSet,
    mostStates: options.mostStates ?? defaultMostStates,
  });
  const matchesInDoubt = options.matchesInDoubt ?? (() => false);
  return new ChunkScanner({
    ...{ states, memory, matchSets, confirmations, matchesInDoubt, trimsTrailingSpace },
    isListed: isListedSet,
  });
}

/** At 32 Ki, a corpus made from all of Debian's rules forgot its states as fast as it built them: 2 MB/s. */
const defaultMostStates = 1 << 17;

/** Asks once for each match set. Sets that are not sure yet are listed, so that they are looked at again. */
function isListedOnce(
  matchSets: MatchSets,
  isListed: (matches: readonly number[]) => boolean,
  confirmations: ReadonlyMap<number, Confirmation>,
): (id: MatchSetId) => boolean {
  const known: boolean[] = [];
  return (id) => {
    const matches = matchSets.patterns(id);
    return (known[id] ??= matches.some((pattern) => confirmations.has(pattern)) || isListed(matches));
  };
}

/** Whether the automaton lets lines through that the pattern does not match. */
function needsConfirmation({ needs: its, hasCorner }: CheckedPattern, locale: Locale): boolean {
  if ((its & needs.backReferences) !== 0 || (hasCorner && (its & needs.regex) !== 0)) return true;
  if (locale === "C") return false;
  const startsAnywhere = (its & needs.invalidBytes) === 0 || (its & needs.wideCharacters) === 0;
  return (its & needs.wordAssertions) !== 0 || !startsAnywhere;
}

/** Whether the pattern can match at the line's start only, and most lines end it soon: not so `^.*x`. */
function isTiedToStart({ text }: CheckedPattern): boolean {
  const [caret, dot, star, plus] = [0x5e, 0x2e, 0x2a, 0x2b];
  return text[0] === caret && !(text[1] === dot && (text[2] === star || text[2] === plus));
}
