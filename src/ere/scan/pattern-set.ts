/**
 * Makes one set of many POSIX EREs, and scanners that say which of them match each line.
 * Promise: a pattern matches a line exactly when `grep -E` says so, in time linear in the line's length.
 */
import { byteClassesFrom, byteClassesOf } from "../alphabet/byte-classes.js";
import { checkPatterns } from "../syntax/check-patterns.js";
import { factsOf, patternsOf, type CheckedPatterns, type PatternError } from "../syntax/checked-patterns.js";
import { componentsOf } from "../nfa/components.js";
import { Verifier, Verifiers } from "../nfa/verifier.js";
import { ChunkScanner } from "./chunk-scanner.js";
import type { LineScanner } from "./line-scanner.js";
import { LineStates } from "../dfa/line-states.js";
import type { Locale } from "../alphabet/locale.js";
import { type MatchSetId, MatchSets } from "../dfa/match-sets.js";
import { AcceptSinks } from "../dfa/accept-sinks.js";
import { needsVerification, PatternReader } from "../syntax/pattern-reader.js";
import { decodeStates, encodeStates, type SavedStates } from "../dfa/saved-states.js";
import { ScanMemory } from "../dfa/scan-memory.js";
import type { StatesCache } from "../dfa/states-cache.js";
import { joined, keyOf } from "./pattern-key.js";
import { Verification } from "./verification.js";

export interface PatternSetOptions {
  readonly locale: Locale;
  /** Whether lines are matched as if their trailing white space were not there. */
  readonly trimsTrailingSpace: boolean;
  /**
   * Whether a pattern, by its index, counts as matching a line on which its verifier gives up. Only back-references can
   * take that long. Without it such a pattern does not match.
   */
  readonly matchesInDoubt?: (index: number) => boolean;
  /**
   * Whether in UTF-8 what a pattern, by its index, uses for all characters but some (`.`, `[^a]`, `\W`, `\S`) stands for
   * each byte that is no UTF-8 too. In grep it does not, so without it no pattern's does.
   */
  readonly takesAnyByte?: (index: number) => boolean;
  /**
   * Has what an earlier scanner of the same patterns has kept, by the set's key. Where it is valid the patterns are not
   * checked again, and each scanner starts with those states; else it is as if there were nothing.
   */
  readonly statesCache?: StatesCache;
  /**
   * What else the caller has found out about the patterns is true of: states that were kept for something else are not
   * known.
   */
  readonly checkedFor?: string;
  /** For tests: true walks the shortest chunk with WebAssembly, false none even where it is to be had. */
  readonly usesWebAssembly?: boolean;
  /** For tests: how many states are kept at most. */
  readonly mostStates?: number;
}

export interface ScannerOptions {
  /** Whether lines that match just these patterns (ascending indices) are selected, or only counted. */
  readonly isSelected: (matches: readonly number[]) => boolean;
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
  /** Whether the cache had valid states of just these patterns: an earlier run has found nothing wrong with them since. */
  readonly isKnown: boolean;
}

/**
 * Compiles patterns, each the raw bytes of one ERE without its newline.
 * Never throws for a bad pattern: it is named in `errors` and matches nothing.
 */
export function compilePatternSet(patterns: readonly Uint8Array[], options: PatternSetOptions): Compilation {
  const { locale, statesCache } = options;
  const text = joined(patterns);
  const takesAnyByte = anyByteOf(options);
  const key = keyOf(
    text,
    [...patterns.keys()].filter((index) => takesAnyByte(index)),
    options,
  );
  const saved = statesCache?.read(key);
  const known = saved && decodeStates(key, saved);
  const check = once(() =>
    known === undefined ? checkPatterns(patterns, locale, takesAnyByte) : recalled(known, patterns, locale),
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

/** In the C locale any byte is a character, so that it makes no difference. */
function anyByteOf({ locale, takesAnyByte }: PatternSetOptions): (index: number) => boolean {
  return locale === "UTF-8" && takesAnyByte ? takesAnyByte : () => false;
}

/** What a check has found earlier: nothing of the patterns is read but where a line gets. */
function recalled(
  { facts, errors }: SavedStates,
  patterns: readonly Uint8Array[],
  locale: Locale,
): CheckedPatterns {
  return { reader: new PatternReader(locale), valid: patternsOf(facts, patterns), errors };
}

interface CompiledPatterns {
  readonly key: string;
  /** The patterns in one piece. */
  readonly text: Buffer;
  readonly options: PatternSetOptions;
  readonly check: () => CheckedPatterns;
  /** What an earlier scanner has left, where it is valid. */
  readonly known: SavedStates | undefined;
}

function makeScanner(compiled: CompiledPatterns, { isSelected }: ScannerOptions): LineScanner {
  const { key, text, options, check, known } = compiled;
  const { locale, trimsTrailingSpace } = options;
  const approximated =
    known?.approximated ??
    check()
      .valid.filter((pattern) => needsVerification(pattern, locale))
      .map(({ index }) => index);
  const verifiers = new Verifiers(approximated, (index) => {
    const { reader, valid } = check();
    const pattern = valid.find((candidate) => candidate.index === index);
    if (pattern === undefined) throw new Error(`bug: pattern ${index} is approximated but not valid`);
    return new Verifier(reader.whole(pattern), pattern.features, locale);
  });
  const classes = known === undefined ? byteClassesOf(text, locale) : byteClassesFrom(known.classOfByte);
  const matchSets = new MatchSets();
  const { usesWebAssembly } = options;
  const memory = new ScanMemory(classes.ofByte, classes.count, usesWebAssembly ?? true);
  const isSelectedSet = askedOnce(matchSets, isSelected);
  const verification = new Verification({
    matchSets,
    verifiers,
    matchesInDoubt: options.matchesInDoubt ?? (() => false),
    trimsTrailingSpace,
  });
  // Candidates are verified, so they are written down in any case.
  const sinks = new AcceptSinks(memory, (id) => verification.isNeeded(id) || isSelectedSet(id));
  const mostStates = options.mostStates ?? defaultMostStates;
  const states = new LineStates({
    components: once(() => componentsOf(check().valid, check().reader, locale)),
    classes,
    matchSets,
    memory,
    sinks,
    trimsTrailingSpace,
    mostStates,
  });
  const scanner = new ChunkScanner({
    states,
    memory,
    matchSets,
    sinks,
    verification,
    mostStates,
    lanesPayFromBytes: usesWebAssembly === true ? 0 : lanesPayFromBytes,
    isSelected: isSelectedSet,
    save: (built) =>
      encodeStates(key, {
        ...built,
        errors: known?.errors ?? check().errors,
        facts: known?.facts ?? factsOf(check().valid),
        approximated,
        classOfByte: [...classes.ofByte],
      }),
    store: (built, countBefore) => options.statesCache?.store(key, built, countBefore),
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
  isSelected: (matches: readonly number[]) => boolean,
): (id: MatchSetId) => boolean {
  let known: boolean[] = [];
  let { generation } = matchSets;
  return (id) => {
    if (generation !== matchSets.generation) {
      known = [];
      ({ generation } = matchSets);
    }
    return (known[id] ??= isSelected(matchSets.patterns(id)));
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
