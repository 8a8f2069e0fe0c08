/**
 * Where the states that a scanner has built outlive it. Whoever uses the engine brings the place.
 * Promise of the engine: what the cache gives back is checked; damaged or planted bytes are not used.
 */
export interface StatesCache {
  /** What was stored under a key (hex), if anything. */
  read(key: string): Uint8Array | undefined;
  /**
   * May keep the states under the key, or leave it where that is not worth while.
   * `countBefore`: how many of the states are in what was stored last, 0 where nothing valid was.
   */
  store(key: string, automaton: SavableStates, countBefore: number): void;
}

/** States that can be asked for their form on disk, which takes a while for many. */
export interface SavableStates {
  readonly stateCount: number;
  saveStates(): Uint8Array;
}
