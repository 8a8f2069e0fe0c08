/** A cache that holds one set's states in memory. Promise: it gives back what it was given, under whatever key. */
import type { SavableStates, StatesCache } from "../../../src/ere/index.js";

export class KeptStates implements StatesCache {
  saved: Uint8Array | undefined;
  /** What each store was told of the states that are kept already. */
  readonly countsBefore: number[] = [];

  constructor(saved?: Uint8Array) {
    this.saved = saved;
  }

  read(): Uint8Array | undefined {
    return this.saved;
  }

  store(_key: string, automaton: SavableStates, countBefore: number): void {
    this.countsBefore.push(countBefore);
    this.saved = automaton.saveStates();
  }
}
