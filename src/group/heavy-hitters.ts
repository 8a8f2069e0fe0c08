/**
 * Counts names, of which there may be more than can be kept: those that come most often have a count of their own.
 * Promise: bounded whatever comes. The counts and the rest add up to all that came; a count is never too high, and it
 * says how much too low it may be. A name that came more than once in `maxNames` times is among them.
 *
 * This is the space-saving algorithm (Metwally, Agrawal, El Abbadi, 2005), in batches: the counters are twice as many as
 * are kept, and the smaller half goes at once, which costs a sort for each `maxNames` new names and nothing else.
 */

/** Plain JSON. */
export interface NameCounts {
  readonly counts: Readonly<Record<string, number>>;
  /** What has no count of its own. */
  readonly others: number;
  /** By name: how often at most it came before it had its count. Left out: never. */
  readonly missed?: Readonly<Record<string, number>>;
  /** How often at most any name came that has no count. Left out: all names have one. */
  readonly floor?: number;
}

interface Counter {
  count: number;
  readonly missed: number;
}

export class HeavyHitters {
  private readonly counters = new Map<string, Counter>();
  private readonly maxNames: number;
  private total = 0;
  private floor = 0;

  /** Goes on where an earlier one left off. */
  constructor(maxNames: number, earlier: NameCounts = { counts: {}, others: 0 }) {
    this.maxNames = maxNames;
    const { counts, others, missed = {}, floor = 0 } = earlier;
    for (const [name, count] of Object.entries(counts)) {
      this.counters.set(name, { count, missed: Object.hasOwn(missed, name) ? (missed[name] ?? 0) : 0 });
      this.total += count;
    }
    this.total += others;
    this.floor = floor;
    this.shrink();
  }

  add(name: string): void {
    this.total += 1;
    const counter = this.counters.get(name);
    if (counter) {
      counter.count += 1;
      return;
    }
    // A slice would hold on to the whole line that it was cut from.
    const own = Buffer.from(name, "latin1").toString("latin1");
    this.counters.set(own, { count: 1, missed: this.floor });
    this.shrink();
  }

  /** What came and has no name that counts. */
  addUnnamed(): void {
    this.total += 1;
  }

  /** The names that are kept, those that came most often first. */
  counts(): NameCounts {
    const kept = this.ranked().slice(0, this.maxNames);
    const known = kept.reduce((sum, [, { count }]) => sum + count, 0);
    const missed = kept.filter(([, counter]) => counter.missed > 0);
    const floor = Math.max(
      this.floor,
      ...this.ranked()
        .slice(this.maxNames, this.maxNames + 1)
        .map(mostOf),
    );
    return {
      counts: Object.fromEntries(kept.map(([name, { count }]) => [name, count])),
      others: this.total - known,
      ...(missed.length > 0 && {
        missed: Object.fromEntries(missed.map(([name, counter]) => [name, counter.missed])),
      }),
      ...(floor > 0 && { floor }),
    };
  }

  private shrink(): void {
    if (this.counters.size < 2 * this.maxNames) return;
    const [highest, ...others] = this.ranked().slice(this.maxNames);
    if (highest === undefined) return;
    this.floor = Math.max(this.floor, mostOf(highest));
    for (const [name] of [highest, ...others]) this.counters.delete(name);
  }

  /** By how often each came at most. */
  private ranked(): [string, Counter][] {
    return [...this.counters].sort((one, other) => mostOf(other) - mostOf(one));
  }
}

function mostOf([, { count, missed }]: readonly [string, Counter]): number {
  return count + missed;
}
