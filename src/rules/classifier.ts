/**
 * Gives each line a verdict that depends on nothing but the set of patterns that match it.
 * Promise: the verdict is asked for once for each such set, not once for each line; each line is counted once; no string
 * is made of any line.
 */
import type { LineScanner, MatchSetId, PatternSet } from "../ere/index.js";
import { newline } from "../std/line-text.js";
import type { Chunk } from "../std/chunk.js";

import { repeatedMessage } from "./repeated-message.js";

/** Lines as a reader gives them. */
export type LinesChunk = Exclude<Chunk, { readonly kind: "end" }>;

/** What one chunk came to. Valid until the next call of `classify`. Selected lines are counted from 0, in their order. */
export interface ClassifiedLines<Verdict> {
  readonly lineCount: number;
  readonly selectedCount: number;
  /** A selected line, with its newline if it has one: a view into the buffer or the chunk. */
  line(index: number): Uint8Array;
  /** More than the line has when it was cut. */
  trueLengthBytes(index: number): number;
  /** The NUL bytes that stood before the line, which are in neither. */
  leadingNulBytes(index: number): number;
  verdict(index: number): Verdict;
  /** All selected lines, moved together to the buffer's start. The other accessors mean nothing afterwards. */
  compact(): Uint8Array;
}

export interface Classifier<Verdict> {
  /** Where a reader puts whole lines, from its start. Read the property anew after each call. */
  readonly buffer: Uint8Array;
  /** In: what a reader gave, in the buffer or, one long line, in memory of its own. */
  classify(chunk: LinesChunk): ClassifiedLines<Verdict>;
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
  let hasClassified = false;
  const inBuffer = new LinesInBuffer(scanner, verdictOfSet, decisiveSet);
  return {
    get buffer() {
      return scanner.chunk;
    },
    classify(chunk) {
      hasClassified = true;
      if (scanner.matchSetCount > mostMatchSets) forgetMatchSets();
      if (chunk.kind === "lines") {
        const lines = inBuffer.scan(chunk);
        const hasChanged = looksIntoRepeated && inBuffer.decide();
        if (hasUnwanted || hasChanged) inBuffer.keepOnly(isSelected);
        return lines;
      }
      const found = verdictOfSet(scanner.matchLine(chunk.bytes));
      const isWhole = chunk.trueLengthBytes <= chunk.bytes.length;
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

type LinesInBufferChunk = Extract<LinesChunk, { kind: "lines" }>;

/** The selected lines of the chunk in the scanner's buffer. One object serves all chunks. */
class LinesInBuffer<Verdict> implements ClassifiedLines<Verdict> {
  lineCount = 0;
  selectedCount = 0;
  private readonly scanner: LineScanner;
  private readonly verdictOfSet: (id: MatchSetId) => Verdict;
  private readonly decisiveSet: (line: Uint8Array, own: MatchSetId) => MatchSetId;
  private nulBytes: ReadonlyMap<number, number> | undefined;
  private starts: Uint32Array = new Uint32Array(0);
  private ends: Uint32Array = new Uint32Array(0);
  private matchSets: Uint32Array = new Uint32Array(0);

  constructor(
    scanner: LineScanner,
    verdictOfSet: (id: MatchSetId) => Verdict,
    decisiveSet: (line: Uint8Array, own: MatchSetId) => MatchSetId,
  ) {
    this.scanner = scanner;
    this.verdictOfSet = verdictOfSet;
    this.decisiveSet = decisiveSet;
  }

  scan({ lengthBytes, leadingNulBytes }: LinesInBufferChunk): this {
    const scanned = this.scanner.scan(lengthBytes);
    this.nulBytes = leadingNulBytes;
    this.lineCount = scanned.lineCount;
    this.selectedCount = scanned.selectedCount;
    this.starts = scanned.starts;
    this.ends = scanned.ends;
    this.matchSets = scanned.matchSets;
    return this;
  }

  /** Replaces the match set of each line by the one that decides on it. Out: whether one is another now. */
  decide(): boolean {
    const { chunk } = this.scanner;
    let hasChanged = false;
    for (let index = 0; index < this.selectedCount; index++) {
      if (!isBracketed(chunk, this.ends[index]!)) continue;
      const own = this.matchSets[index]!;
      const decisive = this.decisiveSet(this.line(index), own);
      if (decisive === own) continue;
      this.matchSets[index] = decisive;
      hasChanged = true;
    }
    return hasChanged;
  }

  /** Leaves out the lines of other verdicts. */
  keepOnly(isSelected: (verdict: Verdict) => boolean): void {
    let kept = 0;
    for (let index = 0; index < this.selectedCount; index++) {
      // Up to selectedCount all arrays are filled.
      const id = this.matchSets[index]!;
      if (!isSelected(this.verdictOfSet(id))) continue;
      this.starts[kept] = this.starts[index]!;
      this.ends[kept] = this.ends[index]!;
      this.matchSets[kept++] = id;
    }
    this.selectedCount = kept;
  }

  line(index: number): Uint8Array {
    return this.scanner.chunk.subarray(this.at(this.starts, index), this.at(this.ends, index));
  }

  trueLengthBytes(index: number): number {
    return this.at(this.ends, index) - this.at(this.starts, index);
  }

  leadingNulBytes(index: number): number {
    return this.nulBytes?.get(this.at(this.starts, index)) ?? 0;
  }

  verdict(index: number): Verdict {
    return this.verdictOfSet(this.at(this.matchSets, index));
  }

  compact(): Uint8Array {
    const { chunk } = this.scanner;
    let length = 0;
    for (let index = 0; index < this.selectedCount; index++) {
      // Up to selectedCount both arrays are filled.
      const start = this.starts[index]!;
      const end = this.ends[index]!;
      if (start !== length) chunk.copyWithin(length, start, end);
      length += end - start;
    }
    return chunk.subarray(0, length);
  }

  /** Past `selectedCount` the arrays hold what an earlier chunk left. */
  private at(numbers: Uint32Array, index: number): number {
    const number = index < this.selectedCount ? numbers[index] : undefined;
    if (number === undefined) throw new RangeError(`bug: line ${index} of ${this.selectedCount} selected`);
    return number;
  }
}

/** Whether the line that ends here ends in "]". */
function isBracketed(chunk: Uint8Array, end: number): boolean {
  return chunk[chunk[end - 1] === newline ? end - 2 : end - 1] === 0x5d;
}

function longLine<Verdict>(
  { bytes, trueLengthBytes, leadingNulBytes = 0 }: Extract<LinesChunk, { kind: "long line" }>,
  verdict: Verdict,
  isSelected: boolean,
): ClassifiedLines<Verdict> {
  return {
    lineCount: 1,
    selectedCount: isSelected ? 1 : 0,
    line: () => bytes,
    trueLengthBytes: () => trueLengthBytes,
    leadingNulBytes: () => leadingNulBytes,
    verdict: () => verdict,
    compact: () => (isSelected ? bytes : bytes.subarray(0, 0)),
  };
}
