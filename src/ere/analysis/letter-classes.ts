/**
 * Divides all characters into classes that no pattern tells apart.
 * Promise: each character that a line can have, but the newline, is in one class; two of one class are in the same sets.
 */
import { asciiWord, unicodeWord } from "../alphabet/character-classes.js";
import { anyCharacter, hasCharacter, type CharacterSet } from "../alphabet/character-set.js";
import type { Locale } from "../alphabet/locale.js";

export interface CharacterClass {
  readonly ranges: readonly (readonly [number, number])[];
  /** The character of it that reads best. */
  readonly shown: number;
}

const newline = 0x0a;
const whiteSpaceCharacters: CharacterSet = [0x09, 0x0d, 0x20, 0x20];
const lastByteCharacter = 0xff;
export const lastCodePoint = 0x10ffff;
/** A byte that is part of no character stands for one of these: glibc takes some of them for a part of a word. */
export const [strayByte, strayWordByte] = [lastCodePoint + 1, lastCodePoint + 2];
/** What a pattern takes that takes any byte. */
export const strayBytes: CharacterSet = [strayByte, strayWordByte];

/** The characters that are part of a word, for patterns that ask about words. */
export function wordSets(locale: Locale): readonly CharacterSet[] {
  return locale === "C" ? [asciiWord] : [unicodeWord(), [strayWordByte, strayWordByte]];
}

/** All that a line can consist of. */
export function everyCharacter(locale: Locale): CharacterSet {
  return locale === "C" ? [0, lastByteCharacter] : [...anyCharacter.slice(0, -1), strayWordByte];
}

/** In the order in which they read best, without that of the newline. */
export function classesOf(sets: readonly CharacterSet[], locale: Locale): CharacterClass[] {
  const every = everyCharacter(locale);
  const told = [...sets, [newline, newline], whiteSpaceCharacters];
  const toggles = new Map<number, number[]>([[(every.at(-1) ?? 0) + 1, []]]);
  const toggle = (place: number, set: number): void => {
    const those = toggles.get(place);
    if (those) those.push(set);
    else toggles.set(place, [set]);
  };
  // The last one is what there is at all.
  for (const [index, set] of [...told, every].entries())
    for (let i = 0; i < set.length; i += 2) {
      if ((set[i] ?? 0) > (every.at(-1) ?? 0)) break;
      toggle(set[i] ?? 0, index);
      toggle((set[i + 1] ?? 0) + 1, index);
    }
  const holders = new Uint16Array((told.length >> 4) + 1);
  const byHolders = new Map<string, [number, number][]>();
  const places = [...toggles.keys()].sort((a, b) => a - b);
  for (const [at, place] of places.entries()) {
    for (const set of toggles.get(place) ?? [])
      holders[set >> 4] = (holders[set >> 4] ?? 0) ^ (1 << (set & 15));
    const next = places[at + 1];
    if (next === undefined || !hasCharacter(every, place) || place === newline) continue;
    const key = String.fromCharCode(...holders);
    const ranges = byHolders.get(key);
    if (ranges) ranges.push([place, next - 1]);
    else byHolders.set(key, [[place, next - 1]]);
  }
  return [...byHolders.values()]
    .map((ranges) => ({ ranges, shown: bestOf(ranges) }))
    .sort((a, b) => rankOf(a.shown) - rankOf(b.shown));
}

const readingOrder = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ";

/** Lower is better to read. */
function rankOf(character: number): number {
  const place = character < 0x80 ? readingOrder.indexOf(String.fromCharCode(character)) : -1;
  if (place >= 0) return place;
  if (character > 0x20 && character < 0x7f) return 0x100 + character;
  return character > 0xa0 ? 0x200 + character : 2 * lastCodePoint + character;
}

function bestOf(ranges: readonly (readonly [number, number])[]): number {
  let best = ranges[0]?.[0] ?? 0;
  for (const [first, last] of ranges) {
    // Past these, the first of a range reads as well as any.
    const end = Math.min(last, Math.max(first, 0xa1));
    for (let character = first; character <= end; character++)
      if (rankOf(character) < rankOf(best)) best = character;
  }
  return best;
}
