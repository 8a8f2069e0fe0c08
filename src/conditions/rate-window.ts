/**
 * Counts the lines of a rule within a time before each of them, by their own time stamps.
 * Promise: exact to a 3600th of that time, whatever the order in which lines come; bounded, and in doubt too many.
 */

/** More steps than a period has are kept for logs that are read one after the other. */
const mostSteps = 8192;
const stepsOfPeriod = 3600;

/** Plain data: steps since the epoch, ascending, and how many lines each had. */
export type Steps = readonly (readonly [number, number])[];

export class RateWindow {
  private readonly stepMs: number;
  /** Ascending; `upTo` has the lines of all steps up to the one at the same place. */
  private steps: number[] = [];
  private upTo: number[] = [];
  /** What was before it is not known any more. */
  private knownFrom = -Infinity;

  constructor(periodMs: number, steps: Steps = []) {
    this.stepMs = periodMs / stepsOfPeriod;
    for (const [step, count] of steps.slice(-mostSteps)) this.addAt(step, count);
  }

  /** Counts lines at a time. Out: how many there were in the period that ends with them; Infinity where it is not known. */
  add(timestampMs: number, lines: number): number {
    const step = Math.floor(timestampMs / this.stepMs);
    this.addAt(step, lines);
    const before = step - stepsOfPeriod;
    if (before < this.knownFrom) return Infinity;
    return this.linesUpTo(step) - this.linesUpTo(before);
  }

  private addAt(step: number, lines: number): void {
    const place = this.placeAfter(step);
    const isThere = place > 0 && this.steps[place - 1] === step;
    if (!isThere) {
      this.steps.splice(place, 0, step);
      this.upTo.splice(place, 0, this.upTo[place - 1] ?? 0);
    }
    for (let index = isThere ? place - 1 : place; index < this.upTo.length; index++)
      // Below its length each place has a number.
      this.upTo[index]! += lines;
    if (this.steps.length > mostSteps) this.forgetOldest();
  }

  private forgetOldest(): void {
    const dropped = mostSteps / 2;
    this.knownFrom = Math.max(this.knownFrom, this.steps[dropped - 1] ?? 0);
    this.steps = this.steps.slice(dropped);
    this.upTo = this.upTo.slice(dropped);
  }

  private linesUpTo(step: number): number {
    const place = this.placeAfter(step);
    return place === 0 ? 0 : (this.upTo[place - 1] ?? 0);
  }

  /** Where the steps begin that are later than this one. */
  private placeAfter(step: number): number {
    let [low, high] = [0, this.steps.length];
    if ((this.steps[high - 1] ?? -Infinity) <= step) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.steps[middle] ?? 0) <= step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What the next run needs to know: two periods before the newest line, or before now if that is earlier. */
  recent(nowMs: number): Steps {
    const newest = this.steps.at(-1) ?? 0;
    const from = Math.min(newest, Math.floor(nowMs / this.stepMs)) - 2 * stepsOfPeriod;
    const counted = this.steps.map((step, index): [number, number] => [
      step,
      (this.upTo[index] ?? 0) - (this.upTo[index - 1] ?? 0),
    ]);
    return counted.filter(([step]) => step > from);
  }
}
