/**
 * What the rules ignored, in numbers: by the file of the rule, and by what its rules ask to be counted by.
 * Promise: hopeless attacks are not shown line by line, and are not forgotten either.
 */
import type { FileTallies } from "../group/file-tallies.js";

/** Plain JSON. */
export interface Tallies {
  /** Lines by the name of the rule file that ignored them. */
  readonly ignoredByFile: Readonly<Record<string, number>>;
  /** What rules ignored that ask for it (`#@ tally=address,user`), by file. */
  readonly ignoredByField: readonly FileTallies[];
}

export const noTallies: Tallies = { ignoredByFile: {}, ignoredByField: [] };

/** Adds the counts of two batches, name by name. */
export function addCounts(
  one: Tallies["ignoredByFile"],
  other: Tallies["ignoredByFile"],
): Tallies["ignoredByFile"] {
  const sum = new Map(Object.entries(one));
  for (const [name, count] of Object.entries(other)) sum.set(name, (sum.get(name) ?? 0) + count);
  return Object.fromEntries(sum);
}
