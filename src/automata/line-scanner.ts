/**
 * Walks lines through the automaton and says which patterns match each.
 * Promise: verdicts come in the order of the lines, and each line is counted once.
 */
import type { Confirmation } from "./confirm.js";
import { isWhiteSpace, type LineStates } from "./line-states.js";
import type { MatchSets } from "./match-sets.js";
import type { LineScanner, MatchSetId, ScannedLines, ScannerOptions } from "./pattern-set.js";

export interface TextScannerOptions extends ScannerOptions {
  readonly states: LineStates;
  readonly matchSets: MatchSets;
  /** Matchers of the patterns for which the automaton alone cannot tell, by pattern. */
  readonly confirmations: ReadonlyMap<number, Confirmation>;
  readonly matchesInDoubt: (pattern: number) => boolean;
  readonly trimsTrailingSpace: boolean;
}

const newline = 0x0a;
const chunkBytes = 1 << 20;

export class TextScanner implements LineScanner {
  readonly chunk = new Uint8Array(chunkBytes);
  private readonly options: TextScannerOptions;
  private readonly countBySet: number[] = [];
  private readonly listedBySet: (boolean | undefined)[] = [];
  private readonly hasDoubtBySet: (boolean | undefined)[] = [];
  private lines = {
    starts: new Uint32Array(1024),
    ends: new Uint32Array(1024),
    matchSets: new Uint32Array(1024),
  };

  constructor(options: TextScannerOptions) {
    this.options = options;
  }

  scan(lengthBytes: number): ScannedLines {
    const { chunk } = this;
    let lineCount = 0;
    let listedCount = 0;
    for (let start = 0; start < lengthBytes;) {
      const found = chunk.indexOf(newline, start);
      const isWhole = found !== -1 && found < lengthBytes;
      const end = isWhole ? found : lengthBytes;
      const id = this.matchLine(chunk.subarray(start, end));
      lineCount++;
      const next = isWhole ? end + 1 : end;
      if (this.isListed(id)) this.list(listedCount++, start, next, id);
      start = next;
    }
    return { lineCount, listedCount, ...this.lines };
  }

  matchLine(line: Uint8Array): MatchSetId {
    const { states } = this.options;
    const end = line.at(-1) === newline ? line.length - 1 : line.length;
    let state = states.start;
    for (let i = 0; i < end; i++) state = states.step(state, line[i] ?? 0);
    const id = this.confirmed(states.endSet(state), line, end);
    this.countBySet[id] = (this.countBySet[id] ?? 0) + 1;
    return id;
  }

  matches(id: MatchSetId): readonly number[] {
    return this.options.matchSets.patterns(id);
  }

  counts(): ReadonlyMap<MatchSetId, number> {
    const counts = new Map<MatchSetId, number>();
    this.countBySet.forEach((count, id) => counts.set(id, count));
    return counts;
  }

  saveStates(): Uint8Array {
    return new Uint8Array(0);
  }

  restoreStates(_saved: Uint8Array): boolean {
    return false;
  }

  private isListed(id: MatchSetId): boolean {
    return (this.listedBySet[id] ??= this.options.isListed(this.matches(id)));
  }

  private list(index: number, start: number, end: number, id: MatchSetId): void {
    if (index >= this.lines.starts.length) this.growLines();
    this.lines.starts[index] = start;
    this.lines.ends[index] = end;
    this.lines.matchSets[index] = id;
  }

  private growLines(): void {
    const length = 2 * this.lines.starts.length;
    const grown = (numbers: Uint32Array<ArrayBuffer>) => {
      const copy = new Uint32Array(length);
      copy.set(numbers);
      return copy;
    };
    this.lines = {
      starts: grown(this.lines.starts),
      ends: grown(this.lines.ends),
      matchSets: grown(this.lines.matchSets),
    };
  }

  /** The match set without the patterns that a second look does not confirm. */
  private confirmed(id: MatchSetId, line: Uint8Array, lineEnd: number): MatchSetId {
    const { confirmations, matchSets, trimsTrailingSpace, matchesInDoubt } = this.options;
    if (confirmations.size === 0) return id;
    const patterns = matchSets.patterns(id);
    this.hasDoubtBySet[id] ??= patterns.some((pattern) => confirmations.has(pattern));
    if (!this.hasDoubtBySet[id]) return id;
    let end = lineEnd;
    if (trimsTrailingSpace) while (end > 0 && isWhiteSpace(line[end - 1] ?? 0)) end--;
    const matched = line.subarray(0, end);
    return matchSets.intern(
      patterns.filter((pattern) => {
        const verdict = confirmations.get(pattern)?.confirm(matched) ?? "match";
        return verdict === "match" || (verdict === "doubtful" && matchesInDoubt(pattern));
      }),
    );
  }
}
