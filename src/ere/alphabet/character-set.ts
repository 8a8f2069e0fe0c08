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

/** The characters of either set. */
export function unionOf(a: CharacterSet, b: CharacterSet): CharacterSet {
  const union: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const takesA = j >= b.length || (i < a.length && (a[i] ?? 0) <= (b[j] ?? 0));
    const first = (takesA ? a[i] : b[j]) ?? 0;
    const last = (takesA ? a[i + 1] : b[j + 1]) ?? 0;
    if (takesA) i += 2;
    else j += 2;
    const end = union.at(-1);
    if (end !== undefined && first <= end + 1) union[union.length - 1] = Math.max(end, last);
    else union.push(first, last);
  }
  return union;
}

const surrogates: CharacterSet = [firstSurrogate, lastSurrogate];

/** All characters that are not in the set; surrogates are no characters. */
export function otherCharacters(set: CharacterSet): CharacterSet {
  const others: number[] = [];
  const excluded = unionOf(set, surrogates);
  let next = 0;
  for (let i = 0; i < excluded.length; i += 2) {
    const first = excluded[i] ?? 0;
    if (first > next) others.push(next, first - 1);
    next = (excluded[i + 1] ?? 0) + 1;
  }
  if (next <= lastCharacter) others.push(next, lastCharacter);
  return others;
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
