/**
 * The cells of an alignment after so many characters of the line: what it costs to be at each state of each place.
 * Promise: between two lines all costs are unbounded, and no place is alive.
 */
import { gapStates } from "./edits.js";

/** More than any alignment costs. */
export const unbounded = 1 << 29;
/** A place is given up that costs so much more than the best one of as many characters. */
export const beam = 100;
/** The beam is narrower where many places are alive: so many cells are wanted, and so much room is left for a gap. */
const [wantedCells, narrowestBeam] = [300, 40];

const states = gapStates.count;

export class AlignmentRow {
  /** By state. */
  costs = new Int32Array(0);
  /** The places that have a cost, as bits: of a thousand branches few are alive. */
  alive = new Int32Array(0);
  /** How many cells cost how much more than the best. */
  private readonly counts = new Int32Array(beam + 1);

  makeRoom(size: number): void {
    if (this.costs.length >= size) return;
    this.costs = new Int32Array(2 * size).fill(unbounded);
    this.alive = new Int32Array(size);
  }

  start(places: Int32Array): void {
    for (const place of places) {
      this.costs[place * states] = 0;
      this.alive[place >>> 5]! |= 1 << (place & 31);
    }
  }

  /** The least cost. In: how many words of bits the places have. */
  best(words: number): number {
    const { costs, alive } = this;
    let best = unbounded;
    for (let word = 0; word < words; word++)
      for (let bits = alive[word]!; bits !== 0; bits &= bits - 1) {
        const state = (32 * word + 31 - Math.clz32(bits & -bits)) * states;
        for (let gap = 0; gap < states; gap++) if (costs[state + gap]! < best) best = costs[state + gap]!;
      }
    return best;
  }

  /** Forgets all costs. Out: how wide the beam should be after so many cells. */
  clear(words: number, best: number): number {
    const { costs, alive, counts } = this;
    counts.fill(0);
    for (let word = 0; word < words; word++) {
      for (let bits = alive[word]!; bits !== 0; bits &= bits - 1) {
        const state = (32 * word + 31 - Math.clz32(bits & -bits)) * states;
        for (let gap = 0; gap < states; gap++) {
          const more = costs[state + gap]! - best;
          if (more <= beam) counts[more]!++;
          costs[state + gap] = unbounded;
        }
      }
      alive[word] = 0;
    }
    let [more, cells] = [0, counts[0]!];
    while (more < beam && cells <= wantedCells) cells += counts[++more]!;
    return Math.max(more, narrowestBeam);
  }
}

/** Those of the bits that stand after a place. */
export function laterBits(bits: number, place: number): number {
  return (place & 31) === 31 ? 0 : bits & (-2 << (place & 31));
}
