/**
 * Says of the addresses and networks that a tally counts most often where they are and whose.
 * Promise: of what is not known nothing is said.
 */
import type { Origins } from "../origins/origins.js";
import type { ByteString } from "../std/text/byte-string.js";
import type { Tally } from "./tally.js";

/** More than any report shows. */
const mostNotes = 20;

export function notedTallies(tallies: readonly Tally[], origins: Origins): readonly Tally[] {
  return tallies.map((tally) => noted(tally, origins));
}

function noted(tally: Tally, origins: Origins): Tally {
  if ((tally.by !== "address" && tally.by !== "network") || !origins.areKnown) return tally;
  const largest = Object.entries(tally.counts)
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostNotes);
  const notes = largest.flatMap(([name]) => {
    const note = noteOf(name, origins);
    return note === "" ? [] : [[name, note] as const];
  });
  return notes.length > 0 ? { ...tally, notes: Object.fromEntries(notes) } : tally;
}

/** "NL, Example Hosting". In: an address or a network such as "192.0.2.0/24". */
function noteOf(name: ByteString, origins: Origins): ByteString {
  const [address = ""] = name.split("/", 1);
  const { country, owner } = origins.of(address);
  return [country, owner].filter((part) => part !== undefined).join(", ");
}
