/**
 * Says what the user may have meant.
 * Promise: only what there is is suggested, and nothing where nothing is near.
 */

/** ` (did you mean "check"?)`, or nothing. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
}

/** The candidate that is nearest to a word by insertions, deletions, replacements and swaps of neighbours. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const most = word.length < 5 ? 1 : 2;
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= most && distance < candidate.length - 1)
    .toSorted((one, other) => one.distance - other.distance);
  return (
    ranked[0]?.candidate ?? onlyOne(candidates.filter((each) => word.length >= 3 && each.startsWith(word)))
  );
}

function onlyOne(words: readonly string[]): string | undefined {
  return words.length === 1 ? words[0] : undefined;
}

/** Of optimal string alignment: each piece is changed once. */
function distanceOf(one: string, other: string): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap && row > 1 && column > 1 ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
