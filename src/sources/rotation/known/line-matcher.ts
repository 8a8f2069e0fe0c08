/**
 * Finds the lines of a file among those that were read before.
 * Promise: a line counts as read, once, if it is the same and states a time, or stands between such lines as it stood
 * there before; in doubt it is new.
 */
import type { Range } from "../../bytes/known-ranges.js";
import { denseDigests, sparseDigests, type LineDigests } from "./line-digests.js";

export interface Matched {
  /** What was read before, in order. */
  readonly ranges: readonly Range[];
  readonly lineCount: number;
}

/** A line that is read before only if a later one is. */
interface Pending {
  readonly start: number;
  end: number;
  lineCount: number;
}

export class LineMatcher {
  private readonly digests: readonly string[];
  private readonly sparseCount: number;
  private readonly isCut: boolean;
  private readonly latestMs: number;
  /** Where a digest stands, in rising order. */
  private readonly places = new Map<string, number[]>();
  private readonly ranges: [start: number, end: number][] = [];
  private lineCount = 0;
  private earliestMs = Infinity;
  /** Lines before the first that was found. */
  private beforeCount = 0;
  private readonly found = new Set<string>();
  /** The place of the line that was found last. */
  private last = -1;
  /** The place of the line that a line without a time must be. */
  private next = 0;
  /** Lines without a time that follow one another as they did. */
  private undated: Pending[] = [];
  /** Everything since the last match. */
  private between: Pending | undefined;

  constructor({ sparse, dense, isCut = false, latestMs = 0 }: LineDigests) {
    this.latestMs = latestMs;
    const older = sparseDigests(sparse).map(({ digest }) => digest);
    this.digests = [...older, ...denseDigests(dense)];
    this.sparseCount = older.length;
    this.isCut = isCut;
    for (const [place, digest] of this.digests.entries()) {
      const places = this.places.get(digest);
      if (places) places.push(place);
      else this.places.set(digest, [place]);
    }
  }

  get hasMatch(): boolean {
    return this.last >= 0;
  }

  /** Where the last line ends that was found; 0 before the first. */
  get lastEndBytes(): number {
    return this.ranges.at(-1)?.[1] ?? 0;
  }

  /**
   * Whether one of the lines that were found states an earlier time than the line that was read last: a line of the same
   * second may be written again, word for word, after a rotation.
   */
  get hasOlder(): boolean {
    return this.earliestMs < this.latestMs - 999;
  }

  /** How many different lines were found that state a time. */
  get foundCount(): number {
    return this.found.size;
  }

  /** How many of all that are known, from 0 to 1. */
  get foundShare(): number {
    return this.places.size === 0 ? 0 : this.found.size / this.places.size;
  }

  /**
   * Takes the next line. `timestampOf`: the time that it states, in ms since the epoch, so that nobody writes it again.
   * It is asked of few.
   */
  add(start: number, end: number, digest: string, timestampOf: () => number | undefined): void {
    const places = this.places.get(digest);
    const timestampMs = places && timestampOf();
    if (places && timestampMs !== undefined) {
      // Each counts once. After an edit they may stand in another order than they were read in.
      const after = places.findIndex((one) => one > this.last);
      const [place] = places.splice(Math.max(0, after), 1);
      if (place !== undefined) {
        this.found.add(digest);
        this.earliestMs = Math.min(this.earliestMs, timestampMs);
        return this.match(start, end, place);
      }
    } else if (this.hasMatch && this.digests[this.next] === digest) {
      this.undated.push({ start, end, lineCount: 1 });
      this.next += 1;
    }
    if (!this.between) this.between = { start, end, lineCount: 0 };
    this.between.end = end;
    this.between.lineCount += 1;
  }

  /**
   * What was read before. `isBeginningKnown`: whether what stands before the first line that was found may be taken for
   * lines that were read and have no digest any more.
   */
  finish(isBeginningKnown: boolean): Matched {
    const [first] = this.ranges;
    if (first && this.isCut && isBeginningKnown) {
      first[0] = 0;
      this.lineCount += this.beforeCount;
    }
    return { ranges: this.ranges, lineCount: this.lineCount };
  }

  private match(start: number, end: number, place: number): void {
    // Between two of the sparse lines stood others, and logs grow at their ends.
    const isBetweenKnown = this.hasMatch && this.last < this.sparseCount && this.last < place;
    if (!this.hasMatch) this.beforeCount = this.between?.lineCount ?? 0;
    const known = isBetweenKnown && this.between ? [this.between] : this.undated;
    for (const { start: from, end: to, lineCount } of known) this.give(from, to, lineCount);
    this.give(start, end, 1);
    this.last = place;
    this.next = place + 1;
    this.undated = [];
    this.between = undefined;
  }

  private give(start: number, end: number, lineCount: number): void {
    const before = this.ranges.at(-1);
    if (before?.[1] === start) before[1] = end;
    else this.ranges.push([start, end]);
    this.lineCount += lineCount;
  }
}
