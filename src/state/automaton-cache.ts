/**
 * Keeps the automaton's states on disk between runs.
 * Promise: never needed and never trusted. Safe to delete; what is damaged or planted is built anew.
 */
import { join } from "node:path";
import { placeFile } from "../std/atomic-file.js";
import type { Disk } from "../std/disk.js";

/** What the cache does for a set of patterns: the states built so far, out and in. */
export interface Cacheable {
  saveStates(): Uint8Array;
  /** False when the saved states do not fit. */
  restoreStates(saved: Uint8Array): boolean;
}

/** Sets of rules that are kept side by side: levels, directories, versions. Past it all but the newest go. */
const maxFiles = 16;
/** Below this growth, writing the states anew costs more than it saves. */
const worthwhileGrowth = 1.02;

export class AutomatonCache {
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #path: string;
  #savedBytes = 0;

  /** `key` is the pattern set's: hex. */
  constructor(disk: Disk, directory: string, key: string) {
    this.#disk = disk;
    this.#directory = directory;
    this.#path = join(directory, `${key}.states`);
  }

  /** Gives the states of an earlier run back, if they are there and whole. Never throws. */
  restore(automaton: Cacheable): void {
    try {
      const saved = this.#disk.read(this.#path);
      if (saved && automaton.restoreStates(saved)) this.#savedBytes = saved.length;
    } catch {
      // Slower, not wrong: the states are built anew.
    }
  }

  /** Stores the states if there are notably more than were restored. Never throws. */
  store(automaton: Cacheable): void {
    try {
      const states = automaton.saveStates();
      if (states.length < this.#savedBytes * worthwhileGrowth) return;
      this.#disk.ensurePrivateDirectory(this.#directory);
      const names = this.#disk.list(this.#directory).filter((name) => !this.#path.endsWith(`/${name}`));
      if (names.length >= maxFiles) for (const name of names) this.#disk.unlink(join(this.#directory, name));
      placeFile(this.#disk, this.#path, states);
    } catch {
      // A full or read-only disk costs the next run some milliseconds.
    }
  }
}
