/**
 * Keeps the automaton's states on disk between runs.
 * Promise: never needed and never trusted. Safe to delete; what is damaged or planted is built anew.
 */
import { join } from "node:path";
import { intendedName, placeFile, removeLeftover } from "../std/atomic-file.js";
import type { SavableStates, StatesCache } from "../ere/index.js";
import type { Disk } from "../std/disk.js";

/** Sets of rules that are kept side by side: levels, directories, versions. Past it those go that were not used for the longest time. */
const maxFiles = 16;
/** What we have put there: program's version, key. The directory may hold whatever else. */
const ownName = /^\d[0-9A-Za-z.+-]*-[0-9a-f]+\.states$/;
/** Below this growth, writing the states anew costs more than it saves. */
const worthwhileGrowth = 1.02;
/** About 9 MB. A log that nobody reads every hour must not make each hour's start slower: 35 MB took 80 ms to load. */
const maxStates = 1 << 15;

export class AutomatonCache implements StatesCache {
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #version: string;

  /** `version` is the program's: another one may judge rules otherwise. */
  constructor(disk: Disk, directory: string, version: string) {
    this.#disk = disk;
    this.#directory = directory;
    this.#version = version;
  }

  /** What an earlier run kept for the patterns of this key (hex). Never throws: without it a run is slower, not wrong. */
  read(key: string): Uint8Array | undefined {
    try {
      const path = this.#path(key);
      const saved = this.#disk.read(path);
      if (saved !== undefined) this.#disk.noteUse(path);
      return saved;
    } catch {
      return undefined;
    }
  }

  /** Keeps the states if there are notably more than `countBefore`, and not too many. Never throws: a full disk costs the next run some time. */
  store(key: string, automaton: SavableStates, countBefore: number): void {
    const { stateCount } = automaton;
    if (stateCount < countBefore * worthwhileGrowth || stateCount > maxStates) return;
    try {
      this.#disk.ensurePrivateDirectory(this.#directory);
      const path = this.#path(key);
      this.#makeRoomFor(path);
      removeLeftover(this.#disk, path);
      placeFile(this.#disk, path, automaton.saveStates());
    } catch {
      // See above.
    }
  }

  #makeRoomFor(path: string): void {
    const others = this.#disk
      .list(this.#directory)
      .filter((name) => ownName.test(intendedName(name) ?? name))
      .map((name) => join(this.#directory, name))
      .filter((other) => other !== path)
      .map((other) => ({ other, lastUseMs: this.#disk.lastUseMs(other) }))
      .sort((one, another) => another.lastUseMs - one.lastUseMs);
    for (const { other } of others.slice(maxFiles - 1)) this.#disk.unlink(other);
  }

  #path(key: string): string {
    return join(this.#directory, `${this.#version}-${key}.states`);
  }
}
