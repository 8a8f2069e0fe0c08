/**
 * The files of a cache: a few, in a directory that may hold whatever else.
 * Promise: never needed. What cannot be read is as if it were not there, and what cannot be written is left out; only
 * files that bear our mark are touched, and those go first that were not used for the longest time.
 */
import { join } from "node:path";
import { intendedName, placeFile, removeLeftover } from "../../std/atomic-file.js";
import type { Disk } from "../../std/disk.js";

/** What we have put there: program's version, key. */
const ownName = /^\d[0-9A-Za-z.+-]*-[0-9a-f]+\.(?:states|answers|words)$/;

type CacheEnding = "states" | "answers" | "words";

export interface CacheFilesOptions {
  readonly disk: Disk;
  readonly directory: string;
  /** The program's: another one may judge rules otherwise. */
  readonly version: string;
  readonly mostFiles: number;
}

export class CacheFiles {
  readonly #options: CacheFilesOptions;

  constructor(options: CacheFilesOptions) {
    this.#options = options;
  }

  /** In: hex, and how the name ends. Notes that it is used. */
  read(key: string, ending: CacheEnding): Uint8Array | undefined {
    const { disk } = this.#options;
    try {
      const path = this.#path(key, ending);
      const saved = disk.read(path);
      if (saved !== undefined) disk.noteUse(path);
      return saved;
    } catch {
      return undefined;
    }
  }

  /** A full disk costs the next run some time. */
  place(key: string, ending: CacheEnding, content: () => Uint8Array): void {
    const { disk, directory } = this.#options;
    try {
      disk.ensurePrivateDirectory(directory);
      const path = this.#path(key, ending);
      this.#makeRoomFor(path);
      removeLeftover(disk, path);
      placeFile(disk, path, content());
    } catch {
      // See above.
    }
  }

  #makeRoomFor(path: string): void {
    const { disk, directory, mostFiles } = this.#options;
    const others = disk
      .list(directory)
      .filter((name) => ownName.test(intendedName(name) ?? name))
      .map((name) => join(directory, name))
      .filter((other) => other !== path)
      .map((other) => ({ other, lastUseMs: disk.lastUseMs(other) }))
      .sort((one, another) => another.lastUseMs - one.lastUseMs);
    for (const { other } of others.slice(mostFiles - 1)) disk.unlink(other);
  }

  #path(key: string, ending: CacheEnding): string {
    const { directory, version } = this.#options;
    return join(directory, `${version}-${key}.${ending}`);
  }
}
