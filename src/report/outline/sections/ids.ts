/**
 * Short ids of kinds, to be typed by hand.
 * Promise: within one report no two kinds share one, each is a prefix of its whole id, and none depends on the order of
 * the kinds.
 */
import type { Words } from "../../../std/text/byte-string.js";

const shortest = 4;

/** In: whole ids, of twelve digits. Out: by whole id its first four digits, more where two of them would be alike. */
export function shortIds(wholeIds: Iterable<Words>): ReadonlyMap<Words, Words> {
  const sorted = [...new Set(wholeIds)].sort();
  return new Map(
    sorted.map((id, index) => {
      // Sorted, an id has the longest beginning in common with one of its neighbours.
      const common = Math.max(sharedDigits(id, sorted[index - 1]), sharedDigits(id, sorted[index + 1]));
      return [id, id.slice(0, Math.max(shortest, common + 1))];
    }),
  );
}

function sharedDigits(id: string, other: string | undefined): number {
  if (other === undefined) return 0;
  let count = 0;
  while (count < id.length && id[count] === other[count]) count += 1;
  return count;
}
