/**
 * Where newlines lead: for each match set a row in memory that leads to itself, and the count of its lines.
 * Promise: a trap stays where it is; states come and go.
 */
import type { MatchSetId } from "./match-sets.js";
import { listedLineBytes, mostTraps, trapFields, trapsAt, type ScanMemory } from "./scan-memory.js";

/** The address of a trap's row. */
export type Trap = number;

export class MatchTraps {
  private readonly memory: ScanMemory;
  private readonly isListed: (matches: MatchSetId) => boolean;
  private readonly trapOfMatchSet: (Trap | undefined)[] = [];

  constructor(memory: ScanMemory, isListed: (matches: MatchSetId) => boolean) {
    this.memory = memory;
    this.isListed = isListed;
  }

  /** Undefined where there is no room for one more. */
  of(matchSet: MatchSetId): Trap | undefined {
    if (matchSet >= mostTraps) return undefined;
    return (this.trapOfMatchSet[matchSet] ??= this.add(matchSet));
  }

  matchSetOf(trap: Trap): MatchSetId {
    return this.field(trap, trapFields.matchSet);
  }

  /** The match sets that have a trap, ascending. */
  matchSets(): MatchSetId[] {
    return [...this.trapOfMatchSet.keys()].filter((id) => this.trapOfMatchSet[id] !== undefined);
  }

  /** By match set, how many lines have run into its trap. */
  *counts(): Generator<[MatchSetId, number]> {
    for (const [id, trap] of this.trapOfMatchSet.entries())
      if (trap !== undefined) yield [id, this.field(trap, trapFields.count)];
  }

  private field(trap: Trap, offset: number): number {
    return this.memory.words[(trap + this.memory.rowBytes + offset) >> 2] ?? 0;
  }

  private add(matchSet: MatchSetId): Trap {
    const { words, rowBytes, trapBytes } = this.memory;
    const trap = trapsAt + matchSet * trapBytes;
    const fields = trap + rowBytes;
    words.fill(trap, trap >> 2, fields >> 2);
    words[(fields + trapFields.listedStep) >> 2] = this.isListed(matchSet) ? listedLineBytes : 0;
    words[(fields + trapFields.matchSet) >> 2] = matchSet;
    return trap;
  }
}
