/**
 * The states that are built: what each is, and from where it was first reached.
 * Promise: a state is known by its number in the order of arrival, and no two are the same.
 *
 * What a state is, its parts, are three numbers: the set of nodes of the patterns tied to the line's start, that of the
 * others, and the match set before the white space that the line is in, or `notInSpace`.
 */
import { Int32List } from "../nfa/int32-list.js";
import { InternedLists } from "../nfa/interned-lists.js";

/** Three numbers, kept once. */
export type PartsId = number;
export type State = number;

/** The last byte was no white space, or white space counts. */
export const notInSpace = -1;
export const unknown = -1;

export class StateTable {
  private readonly parts = new InternedLists();
  private readonly list = new Int32Array(3);
  /** By parts, their state, plus one. */
  private readonly stateOfParts = new Int32List();
  private readonly partsOfState = new Int32List();
  private readonly parents = new Int32List();
  private readonly bytes = new Int32List();

  get size(): number {
    return this.partsOfState.length;
  }

  internParts(anchored: number, unanchored: number, beforeSpace: number): PartsId {
    this.list[0] = anchored;
    this.list[1] = unanchored;
    this.list[2] = beforeSpace;
    const id = this.parts.intern(this.list);
    if (id === this.stateOfParts.length) this.stateOfParts.push(0);
    return id;
  }

  anchoredOf(parts: PartsId): number {
    return this.parts.at(parts, 0);
  }

  unanchoredOf(parts: PartsId): number {
    return this.parts.at(parts, 1);
  }

  beforeSpaceOf(parts: PartsId): number {
    return this.parts.at(parts, 2);
  }

  /** The state of the parts, or `unknown`. */
  stateOf(parts: PartsId): State {
    return this.stateOfParts.at(parts) - 1;
  }

  /** The parts of a state, or `unknown` where it was restored and not needed yet. */
  partsOf(state: State): PartsId {
    return this.partsOfState.at(state);
  }

  parentOf(state: State): State {
    return this.parents.at(state);
  }

  /** The byte that leads from the parent. */
  byteOf(state: State): number {
    return this.bytes.at(state);
  }

  add(parts: PartsId, parent: State, byte: number): State {
    const state = this.partsOfState.push(parts);
    this.parents.push(parent);
    this.bytes.push(byte);
    if (parts !== unknown) this.stateOfParts.set(parts, state + 1);
    return state;
  }

  /** Notes the parts of a state that was added without them. */
  learn(state: State, parts: PartsId): void {
    this.partsOfState.set(state, parts);
    if (this.stateOf(parts) === unknown) this.stateOfParts.set(parts, state + 1);
  }

  /** The match sets before white space, of all parts. */
  setsBeforeSpace(): ReadonlySet<number> {
    const sets = new Set<number>();
    for (let parts = 0; parts < this.parts.size; parts++) {
      const set = this.beforeSpaceOf(parts);
      if (set !== notInSpace) sets.add(set);
    }
    return sets;
  }

  /** Two numbers for each state: its parent, and the byte that leads from there. */
  origins(): Int32Array {
    const origins = new Int32Array(2 * this.size);
    for (let state = 0; state < this.size; state++) {
      origins[2 * state] = this.parentOf(state);
      origins[2 * state + 1] = this.byteOf(state);
    }
    return origins;
  }
}
