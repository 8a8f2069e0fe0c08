/**
 * How many lines each match set has had since the counts were last taken.
 * Promise: a line is in one taking only, and a program that takes them now and then may run for years.
 */
import type { MatchSetId } from "./match-sets.js";

export class MatchCounts {
  private bySet: number[] = [];

  /** `lines` may be negative: verifying moves a line from one set to another. */
  add(id: MatchSetId, lines: number): void {
    this.bySet[id] = (this.bySet[id] ?? 0) + lines;
  }

  /** Whether no line was counted since the last call of `take`. */
  get areTaken(): boolean {
    return this.bySet.length === 0;
  }

  /** By match set, its lines since the last call. A set that had none is not in it. */
  take(): ReadonlyMap<MatchSetId, number> {
    const taken = new Map<MatchSetId, number>();
    // Sets that no line has ended in leave holes, which forEach passes over.
    this.bySet.forEach((lines, id) => {
      if (lines !== 0) taken.set(id, lines);
    });
    this.bySet = [];
    return taken;
  }
}
