/**
 * Lists of whole numbers, each kept once and known by a number in the order of arrival.
 * Promise: equal lists get equal numbers; a list never changes.
 *
 * The lists lie in one array: as objects of their own, 80,000 node sets cost four times the memory.
 */

export class InternedLists {
  private pool = new Int32Array(1024);
  /** By list, where it starts in the pool; one more entry says where the last one ends. */
  private starts = new Int32Array(256);
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

  /** The number of the list; `size` tells before and after whether it is new. */
  intern(list: ArrayLike<number>): number {
    let slot = hashOf(list) & (this.slots.length - 1);
    for (let entry = this.slots[slot] ?? 0; entry !== 0; entry = this.slots[slot] ?? 0) {
      if (this.isEqual(entry - 1, list)) return entry - 1;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    const id = this.append(list);
    this.slots[slot] = id + 1;
    if (2 * this.count > this.slots.length) this.rehash();
    return id;
  }

  lengthOf(id: number): number {
    return (this.starts[id + 1] ?? 0) - (this.starts[id] ?? 0);
  }

  at(id: number, index: number): number {
    return this.pool[(this.starts[id] ?? 0) + index] ?? 0;
  }

  private isEqual(id: number, list: ArrayLike<number>): boolean {
    if (this.lengthOf(id) !== list.length) return false;
    const start = this.starts[id] ?? 0;
    for (let i = 0; i < list.length; i++) if (this.pool[start + i] !== ((list[i] ?? 0) | 0)) return false;
    return true;
  }

  private append(list: ArrayLike<number>): number {
    const id = this.count++;
    const start = this.starts[id] ?? 0;
    this.pool = withRoom(this.pool, start + list.length);
    this.starts = withRoom(this.starts, id + 2);
    this.pool.set(list, start);
    this.starts[id + 1] = start + list.length;
    return id;
  }

  private rehash(): void {
    this.slots = new Int32Array(2 * this.slots.length);
    for (let id = 0; id < this.count; id++) {
      const list = this.pool.subarray(this.starts[id], this.starts[id + 1]);
      let slot = hashOf(list) & (this.slots.length - 1);
      while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = id + 1;
    }
  }
}

function hashOf(list: ArrayLike<number>): number {
  let hash = list.length;
  for (let i = 0; i < list.length; i++) {
    hash = Math.imul(hash ^ (list[i] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function withRoom(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const grown = new Int32Array(Math.max(length, 2 * array.length));
  grown.set(array);
  return grown;
}
