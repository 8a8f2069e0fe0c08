/**
 * Keeps what `rules check` has built for one file that is being edited, and found out about it.
 * Promise: as that of `cache.ts`. A file has its place, whatever its rules become, and takes none of a run's.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { SavableStates, StatesCache } from "../../ere/index.js";
import type { Disk } from "../../std/disk.js";
import { CacheFiles } from "./cache-files.js";
import { isWorthKeeping } from "./cache.js";

/** Two for each edited file. */
const mostFiles = 32;

export class EditorCache implements StatesCache {
  readonly #files: CacheFiles;
  readonly #place: string;

  /** In: the cache's directory, the program's version, and what tells the edited file and the rules beside it from others. */
  constructor(disk: Disk, directory: string, version: string, place: readonly string[]) {
    this.#files = new CacheFiles({ disk, directory: join(directory, "editor"), version, mostFiles });
    this.#place = createHash("sha256").update(JSON.stringify(place)).digest("hex");
  }

  /** Whatever the patterns: the states say themselves of which they are. */
  read(): Uint8Array | undefined {
    return this.#files.read(this.#place, "states");
  }

  store(_key: string, automaton: SavableStates, countBefore: number): void {
    if (isWorthKeeping(automaton, countBefore))
      this.#files.place(this.#place, "states", () => automaton.saveStates());
  }

  get answers(): Uint8Array | undefined {
    return this.#files.read(this.#place, "answers");
  }

  storeAnswers(answers: Uint8Array): void {
    this.#files.place(this.#place, "answers", () => answers);
  }
}
