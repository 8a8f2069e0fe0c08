/**
 * The places that a walk has been to, as numbers.
 * Promise: a number that was added is found, and no other.
 *
 * A table of doubles with the next free slot for what collides: a Set of as many numbers past 2^31 takes five times as
 * long.
 */

const empty = -1;
/** Knuth's multiplier, for the lower and the upper half of a number. */
const [lowFactor, highFactor] = [0x9e3779b1, 0x85ebca6b];

export class VisitedPlaces {
  private slots = new Float64Array(64).fill(empty);
  private count = 0;

  /** Whether the place is new. Places are whole numbers from 0. */
  add(place: number): boolean {
    const slot = this.slotOf(place);
    if (this.slots[slot] === place) return false;
    this.slots[slot] = place;
    if (2 * ++this.count > this.slots.length) this.grow();
    return true;
  }

  /** Where the place is, or is to be put. */
  private slotOf(place: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    const hash = Math.imul(place | 0, lowFactor) ^ Math.imul(Math.floor(place / 2 ** 32), highFactor);
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] !== empty && slots[slot] !== place) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { slots } = this;
    this.slots = new Float64Array(4 * slots.length).fill(empty);
    for (const place of slots) if (place !== empty) this.slots[this.slotOf(place)] = place;
  }
}
