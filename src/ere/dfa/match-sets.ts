/**
 * Sets of patterns that match a line together, each kept once and known by a number.
 * Promise: equal sets have equal numbers, and number 0 is the empty set, until sets are forgotten.
 */

/** A number for a set of patterns, private to one scanner. 0 is the empty set: nothing matched. */
export type MatchSetId = number;

export class MatchSets {
  /** By number; one that is forgotten leaves a hole. */
  private readonly sets: (readonly number[] | undefined)[] = [];
  private readonly ids = new Map<string, MatchSetId>();
  /** The holes, to be filled again. */
  private readonly free: MatchSetId[] = [];
  private timesForgotten = 0;

  constructor() {
    this.intern([]);
  }

  /** How many sets are known. */
  get size(): number {
    return this.ids.size;
  }

  /** Changes when sets are forgotten: what is remembered by a set's number is worth nothing afterwards. */
  get generation(): number {
    return this.timesForgotten;
  }

  /** `patterns` are ascending and without repetition. */
  intern(patterns: readonly number[]): MatchSetId {
    const key = patterns.join();
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.free.pop() ?? this.sets.length;
      this.ids.set(key, id);
      this.sets[id] = patterns;
    }
    return id;
  }

  /** The sets that have the lowest numbers, by number. `count` is below the first that was ever forgotten. */
  first(count: number): (readonly number[])[] {
    return this.sets.slice(0, count).map((patterns) => patterns ?? []);
  }

  patterns(id: MatchSetId): readonly number[] {
    const set = this.sets[id];
    if (set === undefined) throw new RangeError(`no match set has the number ${id}`);
    return set;
  }

  /** Forgets all sets but those to be kept. Their numbers will be those of other sets. */
  forget(isKept: (id: MatchSetId) => boolean): void {
    this.timesForgotten++;
    for (const [id, patterns] of this.sets.entries()) {
      if (patterns === undefined || isKept(id)) continue;
      this.ids.delete(patterns.join());
      this.sets[id] = undefined;
      this.free.push(id);
    }
  }
}
