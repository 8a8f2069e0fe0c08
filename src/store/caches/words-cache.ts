/**
 * Keeps the words of rules, by which `explain` finds the rules that are like a line.
 * Promise: as that of `cache.ts`, in a directory of their own.
 */
import { join } from "node:path";
import type { Disk } from "../../std/disk.js";
import type { WordsCache } from "../../rules/nearest/saved-words.js";
import { CacheFiles } from "./cache-files.js";

/** Levels and directories. */
const mostFiles = 8;

export class RuleWordsCache implements WordsCache {
  readonly #files: CacheFiles;

  /** In: the cache's directory, and the program's version. */
  constructor(disk: Disk, directory: string, version: string) {
    this.#files = new CacheFiles({ disk, directory: join(directory, "words"), version, mostFiles });
  }

  read(key: string): Uint8Array | undefined {
    return this.#files.read(key, "words");
  }

  store(key: string, words: Uint8Array): void {
    this.#files.place(key, "words", () => words);
  }
}
