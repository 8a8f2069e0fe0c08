/**
 * Says of the addresses and networks that a tally counts most often what they are called, where they are and whose.
 * Promise: of what is not known nothing is said.
 */
import { aboutAddress, type KnownAddresses } from "../origins/about-address.js";
import type { NameCounts } from "./heavy-hitters.js";
import type { Tally } from "./tally.js";

/** More than any report shows. */
const mostNotes = 20;

export function notedTallies(tallies: readonly Tally[], known: KnownAddresses): readonly Tally[] {
  return tallies.map((tally) => noted(tally, known));
}

function noted(tally: Tally, known: KnownAddresses): Tally {
  if (tally.by !== "address" && tally.by !== "network") return tally;
  const notes = mostFrequent(tally, mostNotes).flatMap((name) => {
    const note = aboutAddress(known, name);
    return note === "" ? [] : [[name, note] as const];
  });
  return notes.length > 0 ? { ...tally, notes: Object.fromEntries(notes) } : tally;
}

/** The names that came most often, the most frequent first. */
export function mostFrequent({ counts }: Pick<NameCounts, "counts">, most: number): readonly string[] {
  const ranked = Object.entries(counts).toSorted(([, one], [, other]) => other - one);
  return ranked.slice(0, most).map(([name]) => name);
}
