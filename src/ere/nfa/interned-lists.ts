/**
 * Lists of whole numbers, each kept once and known by a number in the order of arrival.
 * Promise: equal lists get equal numbers; a list never changes.
 *
 * The lists lie in one array: as objects of their own, 80,000 node sets cost four times the memory.
 */
import { withRoom } from "./int32-list.js";

export class InternedLists {
  private pool = new Int32Array(1024);
  /** By list, where it starts in the pool; one more entry says where the last one ends. */
  private starts = new Int32Array(256);
  private hashes = new Int32Array(256);
  /** Open addressing: 0 is free, else the list's number plus one. */
  private slots = new Int32Array(512);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** All numbers of all lists together. */
  get totalLength(): number {
    return this.starts[this.count] ?? 0;
  }

  /** The number of the list of the first `length` numbers; `size` tells before and after whether it is new. */
  intern(numbers: Int32Array, length = numbers.length): number {
    const hash = hashOf(numbers, length);
    let slot = hash & (this.slots.length - 1);
    for (let entry = this.slots[slot] ?? 0; entry !== 0; entry = this.slots[slot] ?? 0) {
      if (this.hashes[entry - 1] === hash && this.isEqual(entry - 1, numbers, length)) return entry - 1;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    const id = this.append(numbers, length, hash);
    this.slots[slot] = id + 1;
    if (2 * this.count > this.slots.length) this.enlarge();
    return id;
  }

  lengthOf(id: number): number {
    return (this.starts[id + 1] ?? 0) - (this.starts[id] ?? 0);
  }

  at(id: number, index: number): number {
    return this.pool[(this.starts[id] ?? 0) + index] ?? 0;
  }

  private isEqual(id: number, numbers: Int32Array, length: number): boolean {
    if (this.lengthOf(id) !== length) return false;
    const start = this.starts[id] ?? 0;
    for (let i = 0; i < length; i++) if (this.pool[start + i] !== numbers[i]) return false;
    return true;
  }

  private append(numbers: Int32Array, length: number, hash: number): number {
    const id = this.count++;
    const start = this.starts[id] ?? 0;
    this.pool = withRoom(this.pool, start + length);
    this.starts = withRoom(this.starts, id + 2);
    this.hashes = withRoom(this.hashes, id + 1);
    for (let i = 0; i < length; i++) this.pool[start + i] = numbers[i] ?? 0;
    this.starts[id + 1] = start + length;
    this.hashes[id] = hash;
    return id;
  }

  private enlarge(): void {
    const { length } = this.slots;
    this.slots = new Int32Array(2 * length);
    for (let id = 0; id < this.count; id++) {
      let slot = (this.hashes[id] ?? 0) & (this.slots.length - 1);
      while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = id + 1;
    }
  }
}

function hashOf(numbers: Int32Array, length: number): number {
  let hash = length;
  for (let i = 0; i < length; i++) {
    hash = Math.imul(hash ^ (numbers[i] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
