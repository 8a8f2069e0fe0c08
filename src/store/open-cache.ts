/** The automaton's cache, where this user has a place for it. */
import { AutomatonCache } from "./cache.js";
import { realDisk } from "../std/disk.js";
import { packageVersion } from "../std/package-root.js";
import { cacheDirectory } from "./places.js";

export function openCache(): AutomatonCache | undefined {
  const directory = cacheDirectory(process.env, process.geteuid?.() ?? -1);
  return directory === undefined ? undefined : new AutomatonCache(realDisk, directory, packageVersion());
}
