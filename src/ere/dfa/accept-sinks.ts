/**
 * Where newlines lead: for each match set a row in memory that leads to itself, and the count of its lines.
 * Promise: a sink stays where it is; states come and go.
 */
import type { MatchCounts } from "./match-counts.js";
import type { MatchSetId } from "./match-sets.js";
import { selectedLineBytes, mostSinks, sinkFields, sinksAt, type ScanMemory } from "./scan-memory.js";

/** The address of a sink's row. */
export type AcceptSink = number;

export class AcceptSinks {
  private readonly memory: ScanMemory;
  private readonly isSelected: (matches: MatchSetId) => boolean;
  private readonly sinkOfMatchSet: (AcceptSink | undefined)[] = [];

  constructor(memory: ScanMemory, isSelected: (matches: MatchSetId) => boolean) {
    this.memory = memory;
    this.isSelected = isSelected;
  }

  /** Undefined where there is no room for one more. */
  of(matchSet: MatchSetId): AcceptSink | undefined {
    if (matchSet >= mostSinks) return undefined;
    return (this.sinkOfMatchSet[matchSet] ??= this.add(matchSet));
  }

  matchSetOf(sink: AcceptSink): MatchSetId {
    return this.field(sink, sinkFields.matchSet);
  }

  /** The match sets that have a sink, ascending. */
  matchSets(): MatchSetId[] {
    return [...this.sinkOfMatchSet.keys()].filter((id) => this.sinkOfMatchSet[id] !== undefined);
  }

  /** Moves the lines counted in memory, where 32 bits count them, into `counts`. Out: how many there were. */
  moveCountsTo(counts: MatchCounts): number {
    const { words, rowBytes } = this.memory;
    let all = 0;
    for (const [id, sink] of this.sinkOfMatchSet.entries()) {
      if (sink === undefined) continue;
      const place = (sink + rowBytes + sinkFields.count) >> 2;
      const lines = words[place] ?? 0;
      if (lines === 0) continue;
      words[place] = 0;
      counts.add(id, lines);
      all += lines;
    }
    return all;
  }

  private field(sink: AcceptSink, offset: number): number {
    return this.memory.words[(sink + this.memory.rowBytes + offset) >> 2] ?? 0;
  }

  private add(matchSet: MatchSetId): AcceptSink {
    const { words, rowBytes, sinkBytes } = this.memory;
    const sink = sinksAt + matchSet * sinkBytes;
    const fields = sink + rowBytes;
    words.fill(sink, sink >> 2, fields >> 2);
    words[(fields + sinkFields.selectedStep) >> 2] = this.isSelected(matchSet) ? selectedLineBytes : 0;
    words[(fields + sinkFields.matchSet) >> 2] = matchSet;
    return sink;
  }
}
