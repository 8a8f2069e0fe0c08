/** Opens the automaton's cache for a set of rules. */
import type { RuleSet } from "../rules/rule-set.js";
import { AutomatonCache, type Cacheable } from "../state/automaton-cache.js";
import { realDisk } from "../std/disk.js";
import { cacheDirectory } from "./places.js";

/** Restores what an earlier run has built. Out: to be called at the end, to keep what this run has built. */
export function useCache({ patterns }: Pick<RuleSet, "patterns">, automaton: Cacheable): () => void {
  const directory = cacheDirectory(process.env, process.geteuid?.() ?? -1);
  if (directory === undefined) return () => {};
  const cache = new AutomatonCache(realDisk, directory, patterns.key);
  cache.restore(automaton);
  return () => cache.store(automaton);
}
