/**
 * Sets of patterns that match a line together, each kept once and known by a number.
 * Promise: equal sets have equal numbers, and number 0 is the empty set.
 */

/** A number for a set of patterns, private to one scanner. 0 is the empty set: nothing matched. */
export type MatchSetId = number;

export class MatchSets {
  private readonly sets: (readonly number[])[] = [];
  private readonly ids = new Map<string, MatchSetId>();

  constructor() {
    this.intern([]);
  }

  get size(): number {
    return this.sets.length;
  }

  /** `patterns` are ascending and without repetition. */
  intern(patterns: readonly number[]): MatchSetId {
    const key = patterns.join();
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.sets.length;
      this.ids.set(key, id);
      this.sets.push(patterns);
    }
    return id;
  }

  /** By number, each set. */
  all(): readonly (readonly number[])[] {
    return this.sets;
  }

  patterns(id: MatchSetId): readonly number[] {
    const set = this.sets[id];
    if (set === undefined) throw new RangeError(`no match set has the number ${id}`);
    return set;
  }
}
