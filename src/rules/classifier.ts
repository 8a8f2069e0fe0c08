/**
 * Gives each line a verdict that depends on nothing but the set of patterns that match it.
 * Promise: the verdict is asked for once for each such set, not once for each line; each line is counted once; no string
 * is made of any line.
 */
import type { LineScanner, MatchSetId, PatternSet } from "../ere/index.js";
import type { Chunk } from "../std/chunk.js";

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
}

export function createClassifier<Verdict extends object>(
  patterns: PatternSet,
  { verdictOf, isSelected, isIgnored }: ClassifierOptions<Verdict>,
): Classifier<Verdict> {
  const scanner = patterns.scanner({ isSelected: (matches) => isSelected(verdictOf(matches)) });
  const verdicts = new Map<MatchSetId, Verdict>();
  const verdictOfSet = (id: MatchSetId): Verdict => {
    const known = verdicts.get(id);
    if (known) return known;
    const verdict = verdictOf(scanner.matches(id));
    verdicts.set(id, verdict);
    return verdict;
  };
  const inBuffer = new LinesInBuffer(scanner, verdictOfSet);
  return {
    get buffer() {
      return scanner.chunk;
    },
    classify(chunk) {
      if (chunk.kind === "lines") return inBuffer.scan(chunk.lengthBytes);
      const verdict = verdictOfSet(scanner.matchLine(chunk.bytes));
      return longLine(chunk, verdict, isSelected(verdict));
    },
    verdictOn: (line) => verdictOfSet(scanner.matchLine(line)),
    isIgnored,
    takeCounts() {
      const counts = new Map<Verdict, number>();
      for (const [id, lines] of scanner.takeCounts()) {
        const verdict = verdictOfSet(id);
        counts.set(verdict, (counts.get(verdict) ?? 0) + lines);
      }
      return counts;
    },
    keepStates: () => scanner.keepStates(),
  };
}

/** The selected lines of the chunk in the scanner's buffer. One object serves all chunks. */
class LinesInBuffer<Verdict> implements ClassifiedLines<Verdict> {
  lineCount = 0;
  selectedCount = 0;
  private readonly scanner: LineScanner;
  private readonly verdictOfSet: (id: MatchSetId) => Verdict;
  private starts: Uint32Array = new Uint32Array(0);
  private ends: Uint32Array = new Uint32Array(0);
  private matchSets: Uint32Array = new Uint32Array(0);

  constructor(scanner: LineScanner, verdictOfSet: (id: MatchSetId) => Verdict) {
    this.scanner = scanner;
    this.verdictOfSet = verdictOfSet;
  }

  scan(lengthBytes: number): this {
    const scanned = this.scanner.scan(lengthBytes);
    this.lineCount = scanned.lineCount;
    this.selectedCount = scanned.selectedCount;
    this.starts = scanned.starts;
    this.ends = scanned.ends;
    this.matchSets = scanned.matchSets;
    return this;
  }

  line(index: number): Uint8Array {
    return this.scanner.chunk.subarray(this.at(this.starts, index), this.at(this.ends, index));
  }

  trueLengthBytes(index: number): number {
    return this.at(this.ends, index) - this.at(this.starts, index);
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

function longLine<Verdict>(
  { bytes, trueLengthBytes }: Extract<LinesChunk, { kind: "long line" }>,
  verdict: Verdict,
  isSelected: boolean,
): ClassifiedLines<Verdict> {
  return {
    lineCount: 1,
    selectedCount: isSelected ? 1 : 0,
    line: () => bytes,
    trueLengthBytes: () => trueLengthBytes,
    verdict: () => verdict,
    compact: () => (isSelected ? bytes : bytes.subarray(0, 0)),
  };
}
