/**
 * The named classes of POSIX, `[:alpha:]` and its like, in both locales.
 * Promise: a class holds what glibc's holds.
 */
import { addByteRange, emptyByteSet, type ByteSet } from "./byte-set.js";
import { hasCharacter, unionOf, type CharacterSet } from "./character-set.js";
import { classTables } from "./character-tables.js";

const asciiClasses = {
  alpha: [0x41, 0x5a, 0x61, 0x7a],
  upper: [0x41, 0x5a],
  lower: [0x61, 0x7a],
  digit: [0x30, 0x39],
  xdigit: [0x30, 0x39, 0x41, 0x46, 0x61, 0x66],
  alnum: [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a],
  space: [0x09, 0x0d, 0x20, 0x20],
  blank: [0x09, 0x09, 0x20, 0x20],
  punct: [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e],
  graph: [0x21, 0x7e],
  print: [0x20, 0x7e],
  cntrl: [0x00, 0x1f, 0x7f, 0x7f],
} as const satisfies Record<string, CharacterSet>;

export type ClassName = keyof typeof asciiClasses;

export function isClassName(name: string): name is ClassName {
  return Object.hasOwn(asciiClasses, name);
}

/** The characters of a class in ASCII, which are those of the C locale. */
export function asciiClass(name: ClassName): CharacterSet {
  return asciiClasses[name];
}

const unicodeClasses = new Map<ClassName, CharacterSet>();

/** The characters of a class in glibc's UTF-8 locales. Tables are unpacked when first asked for. */
export function unicodeClass(name: ClassName): CharacterSet {
  let set = unicodeClasses.get(name);
  if (set === undefined) {
    set = unpackClass(name);
    unicodeClasses.set(name, set);
  }
  return set;
}

function unpackClass(name: ClassName): CharacterSet {
  if (name === "digit" || name === "xdigit") return asciiClasses[name];
  if (name === "alnum") return unionOf(unicodeClass("alpha"), asciiClasses.digit);
  if (name === "graph") return unionOf(unicodeClass("alnum"), unicodeClass("punct"));
  const changes: number[] = [];
  let place = 0;
  for (const step of classTables[name].split(" ")) {
    place += Number.parseInt(step, 36);
    // Each second change is the first character after a range.
    changes.push(changes.length % 2 === 0 ? place : place - 1);
  }
  return changes;
}

const underscore: CharacterSet = [0x5f, 0x5f];

/** What `\w` matches, and what `\b` and its like take for a part of a word, in ASCII. */
export const asciiWord: CharacterSet = unionOf(asciiClasses.alnum, underscore);

let unicodeWordSet: CharacterSet | undefined;

/** What `\w` matches in UTF-8. */
export function unicodeWord(): CharacterSet {
  unicodeWordSet ??= unionOf(unicodeClass("alnum"), underscore);
  return unicodeWordSet;
}

export function isWordCharacter(character: number): boolean {
  return hasCharacter(unicodeWord(), character);
}

/** The bytes of a set of characters below 256. */
export function bytesOf(set: CharacterSet): ByteSet {
  const bytes = emptyByteSet();
  for (let i = 0; i < set.length; i += 2) addByteRange(bytes, set[i] ?? 0, Math.min(set[i + 1] ?? 0, 255));
  return bytes;
}

export const asciiWordBytes = bytesOf(asciiWord);
