/**
 * The order of kinds, in which subject, rows and sections tell of them.
 * Promise: alarms stand before the rest; then the worse band, a kind with a title, a new one, the rarer, the earlier.
 */
import { bands } from "../../../rules/files/directive-values.js";
import type { OutlineKind } from "../parts.js";

/** In: kinds of any layers. Out: the same, the worst first; alike ones keep their order. */
export function ranked<Kind extends OutlineKind>(kinds: readonly Kind[]): readonly Kind[] {
  return kinds
    .map((kind) => ({ kind, ranks: ranksOf(kind) }))
    .toSorted((one, other) => compare(one.ranks, other.ranks))
    .map(({ kind }) => kind);
}

/** Smaller stands before larger. */
function ranksOf({ layer, band, title, novelty, count, firstMs = Infinity }: OutlineKind): number[] {
  return [
    layer === "never" ? 0 : 1,
    bands.indexOf(band),
    title === undefined ? 1 : 0,
    novelty === "new" || novelty === "back" || novelty === "unknown" ? 0 : 1,
    count,
    firstMs,
  ];
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, rank] of one.entries()) {
    const otherRank = other[index] ?? rank;
    if (rank !== otherRank) return rank < otherRank ? -1 : 1;
  }
  return 0;
}
