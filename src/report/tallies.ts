/**
 * What the rules ignored, in numbers: by the file of the rule, and packets by port and network.
 * Promise: hopeless attacks are not shown line by line, and are not forgotten either.
 */
import type { Tally } from "../group/tally.js";

/** Plain JSON. */
export interface Tallies {
  /** Lines by the name of the rule file that ignored them. */
  readonly ignoredByFile: Readonly<Record<string, number>>;
  /** Packets ignored by rules that ask for it (`#@ tally=packets`), by port and by network. */
  readonly ignoredPackets: readonly Tally[];
}

export const noTallies: Tallies = { ignoredByFile: {}, ignoredPackets: [] };

/** Adds the counts of two batches, name by name. */
export function addCounts(
  one: Tallies["ignoredByFile"],
  other: Tallies["ignoredByFile"],
): Tallies["ignoredByFile"] {
  const sum = new Map(Object.entries(one));
  for (const [name, count] of Object.entries(other)) sum.set(name, (sum.get(name) ?? 0) + count);
  return Object.fromEntries(sum);
}
