/** The automaton's cache, where this user has a place for it. */
import { AutomatonCache, type Cacheable } from "./cache.js";
import { realDisk } from "../std/disk.js";
import { packageVersion } from "../std/package-root.js";
import { cacheDirectory } from "./places.js";

export function openCache(): AutomatonCache | undefined {
  const directory = cacheDirectory(process.env, process.geteuid?.() ?? -1);
  return directory === undefined ? undefined : new AutomatonCache(realDisk, directory, packageVersion());
}

/** Out: to be called at the end, to keep what the run has built from here on. `isKnown`: there is a sound saving already. */
export function keepStates(
  cache: AutomatonCache | undefined,
  key: string,
  isKnown: boolean,
  automaton: Cacheable,
): () => void {
  const countBefore = isKnown ? automaton.stateCount : 0;
  return () => cache?.store(key, automaton, countBefore);
}
