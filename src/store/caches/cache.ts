/**
 * Keeps the automaton's states on disk between runs.
 * Promise: never needed and never trusted. Safe to delete; what is damaged or planted is built anew.
 */
import type { SavableStates, StatesCache } from "../../ere/index.js";
import type { Disk } from "../../std/disk.js";
import { CacheFiles } from "./cache-files.js";

/** Sets of rules that are kept side by side: levels, directories, versions. */
const mostFiles = 16;
/** Below this growth, writing the states anew costs more than it saves. */
const worthwhileGrowth = 1.02;
/** About 9 MB. A log that nobody reads every hour must not make each hour's start slower: 35 MB took 80 ms to load. */
const maxStates = 1 << 15;

export class AutomatonCache implements StatesCache {
  readonly #files: CacheFiles;

  /** `version` is the program's. */
  constructor(disk: Disk, directory: string, version: string) {
    this.#files = new CacheFiles({ disk, directory, version, mostFiles });
  }

  /** What an earlier run kept for the patterns of this key (hex). Never throws: without it a run is slower, not wrong. */
  read(key: string): Uint8Array | undefined {
    return this.#files.read(key, "states");
  }

  /** Keeps the states if there are notably more than `countBefore`, and not too many. Never throws: a full disk costs the next run some time. */
  store(key: string, automaton: SavableStates, countBefore: number): void {
    if (isWorthKeeping(automaton, countBefore))
      this.#files.place(key, "states", () => automaton.saveStates());
  }
}

/** In: how many of the states are kept already. */
export function isWorthKeeping({ stateCount }: SavableStates, countBefore: number): boolean {
  return stateCount >= countBefore * worthwhileGrowth && stateCount <= maxStates;
}
