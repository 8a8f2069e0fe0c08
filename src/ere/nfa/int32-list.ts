/**
 * A list of whole numbers that grows at its end.
 * Promise: costs four bytes a number; a JavaScript array would cost eight, and as many again while it grows.
 */
export class Int32List {
  private numbers = new Int32Array(64);
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** The number's place. */
  push(number: number): number {
    this.numbers = withRoom(this.numbers, this.count + 1);
    this.numbers[this.count] = number;
    return this.count++;
  }

  /** 0 past the end. */
  at(place: number): number {
    return this.numbers[place] ?? 0;
  }

  /** The place must exist. */
  set(place: number, number: number): void {
    this.numbers[place] = number;
  }
}

/** The array itself, or where it is too short a longer copy. */
export function withRoom(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const grown = new Int32Array(Math.max(length, 2 * array.length));
  grown.set(array);
  return grown;
}
