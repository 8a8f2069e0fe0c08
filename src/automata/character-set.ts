/**
 * Sets of characters, as sorted ranges of code points.
 * Promise: the ranges of a set are ascending and neither touch nor overlap.
 */

/** Pairs of first and last code point. */
export type CharacterSet = readonly number[];

/**
 * The last number that glibc's UTF-8 decoder takes for a character. Unicode ends at 0x10ffff, but the negated
 * brackets of grep match the old five and six byte forms too.
 */
export const lastCharacter = 0x7fffffff;

const firstSurrogate = 0xd800;
const lastSurrogate = 0xdfff;

/** All that `.` matches in UTF-8: Unicode without surrogates. */
export const anyCharacter: CharacterSet = [0, firstSurrogate - 1, lastSurrogate + 1, 0x10ffff];

/** The ranges in order, joined where they touch. */
export function characterSetOf(ranges: readonly (readonly [number, number])[]): CharacterSet {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0]);
  const joined: number[] = [];
  for (const [first, last] of sorted) {
    const end = joined.at(-1);
    if (end !== undefined && first <= end + 1) joined[joined.length - 1] = Math.max(end, last);
    else joined.push(first, last);
  }
  return joined;
}

/** The ranges of a set as pairs. */
export function rangesOf(set: CharacterSet): [number, number][] {
  const ranges: [number, number][] = [];
  for (let i = 0; i + 1 < set.length; i += 2) ranges.push([set[i] ?? 0, set[i + 1] ?? 0]);
  return ranges;
}

/** All characters that are not in the set; surrogates are no characters. */
export function otherCharacters(set: CharacterSet): CharacterSet {
  const others: [number, number][] = [];
  let next = 0;
  for (const [first, last] of rangesOf(characterSetOf([...rangesOf(set), [firstSurrogate, lastSurrogate]]))) {
    if (first > next) others.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCharacter) others.push([next, lastCharacter]);
  return characterSetOf(others);
}

export function hasCharacter(set: CharacterSet, character: number): boolean {
  let low = 0;
  let high = set.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (character > (set[2 * middle + 1] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low < set.length >> 1 && character >= (set[2 * low] ?? 0);
}
