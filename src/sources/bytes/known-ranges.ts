/**
 * Takes lines that were read before out of what is read of a file.
 * Promise: all else comes out byte for byte, in its order; where nothing is known it costs nothing.
 */

/** From the first byte of a line to the one after its newline, or the same of several lines. */
export type Range = readonly [start: number, end: number];

export class KnownRanges {
  private readonly ranges: readonly Range[];
  private passed = 0;

  /** In rising order. */
  constructor(ranges: readonly Range[] = []) {
    this.ranges = ranges;
  }

  /** Where the last one ends; 0 where there is none. */
  get endBytes(): number {
    return this.ranges.at(-1)?.[1] ?? 0;
  }

  /**
   * Moves together what is left of the first `lengthBytes`, which stand at an offset of the file that is never before
   * that of the last call. Gives its length.
   */
  takeOutOf(bytes: Uint8Array, lengthBytes: number, offsetBytes: number): number {
    if (this.endBytes <= offsetBytes) return lengthBytes;
    const end = offsetBytes + lengthBytes;
    let [left, place] = [0, offsetBytes];
    const keep = (until: number): void => {
      bytes.copyWithin(left, place - offsetBytes, until - offsetBytes);
      left += until - place;
    };
    while (place < end) {
      const [start, stop] = this.next(place) ?? [end, end];
      if (start > place) keep(Math.min(start, end));
      place = Math.min(stop, end);
    }
    return left;
  }

  /** Whether a line at an offset is known. */
  has(offsetBytes: number): boolean {
    const range = this.next(offsetBytes);
    return range !== undefined && range[0] <= offsetBytes;
  }

  /** The first one that ends after a place. */
  private next(place: number): Range | undefined {
    for (let range = this.ranges[this.passed]; range && range[1] <= place; range = this.ranges[this.passed])
      this.passed += 1;
    return this.ranges[this.passed];
  }
}
