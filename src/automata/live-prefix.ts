/**
 * How far a line goes along with a pattern before the pattern cannot match any more.
 * Promise: some line that begins with the returned prefix matches the pattern, and none that goes one byte further does;
 * but for back-references, which count as standing for anything.
 */
import { componentsOf } from "./components.js";
import type { NodeSets } from "./node-sets.js";
import type { Locale } from "./locale.js";
import { PatternFault } from "./pattern-text.js";
import { PatternReader } from "./read-pattern.js";

/**
 * In: one ERE and one line without its newline. Out: a number of bytes of the line, all of them where the pattern
 * matches or could still match what comes behind; 0 for a pattern that grep refuses.
 */
export function longestLivePrefix(
  pattern: Uint8Array,
  line: Uint8Array,
  { locale }: { readonly locale: Locale },
): number {
  const reader = new PatternReader(locale);
  let sets: readonly NodeSets[];
  try {
    const { anchored, floating } = componentsOf([reader.check(pattern, 0)], reader, locale);
    sets = [anchored, floating];
  } catch (fault) {
    if (fault instanceof PatternFault) return 0;
    throw fault;
  }
  return Math.max(...sets.map((nodeSets) => liveBytes(nodeSets, line)));
}

function liveBytes(nodeSets: NodeSets, line: Uint8Array): number {
  let set = nodeSets.start;
  for (let i = 0; i < line.length; i++) {
    set = nodeSets.nextOf(nodeSets.step(set, line[i] ?? 0));
    if (nodeSets.isDead(set)) return i;
  }
  return line.length;
}
