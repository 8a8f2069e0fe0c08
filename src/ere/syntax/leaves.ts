/**
 * What single atoms mean: a byte, a dot, an anchor, the escapes for classes.
 * Promise: each is made once, the tables of Unicode only when a pattern asks for them.
 */
import { allBytes, complementOf, singleByte } from "../alphabet/byte-set.js";
import { asciiClass, asciiWord, bytesOf, unicodeClass, unicodeWord } from "../alphabet/character-classes.js";
import { anyCharacter, otherCharacters } from "../alphabet/character-set.js";
import type { Meaning } from "./syntax-tree.js";

const literals: readonly Meaning[] = Array.from({ length: 256 }, (_, byte) => ({
  kind: "byte",
  set: singleByte(byte),
}));
const newline = 0x0a;
export const anyOneByte: Meaning = {
  kind: "byte",
  set: allBytes.map((word, index) => word & ~(singleByte(newline)[index] ?? 0)),
};
export const anyOneCharacter: Meaning = { kind: "character", set: anyCharacter, takesAnyByte: false };
export const lineStart: Meaning = { kind: "assertion", assertion: "line start" };
export const lineEnd: Meaning = { kind: "assertion", assertion: "line end" };

const byteEscapes = {
  w: { kind: "byte", set: bytesOf(asciiWord) },
  W: { kind: "byte", set: complementOf(bytesOf(asciiWord)) },
  s: { kind: "byte", set: bytesOf(asciiClass("space")) },
  S: { kind: "byte", set: complementOf(bytesOf(asciiClass("space"))) },
} satisfies Record<string, Meaning>;

/** In the C locale. */
export function byteEscape(letter: keyof typeof byteEscapes): Meaning {
  return byteEscapes[letter];
}

const unicodeEscapes = new Map<string, Meaning>();

/** In UTF-8, over all of Unicode. */
export function unicodeEscape(letter: keyof typeof byteEscapes): Meaning {
  let meaning = unicodeEscapes.get(letter);
  if (meaning === undefined) {
    const set = letter === "w" || letter === "W" ? unicodeWord() : unicodeClass("space");
    const isNegated = letter === "W" || letter === "S";
    meaning = { kind: "character", set: isNegated ? otherCharacters(set) : set, takesAnyByte: false };
    unicodeEscapes.set(letter, meaning);
  }
  return meaning;
}

/** The same, with any byte above 127 beside its characters. */
export function withAnyByte(meaning: Meaning): Meaning {
  return meaning.kind === "character" ? { ...meaning, takesAnyByte: true } : meaning;
}

/** The byte itself. */
export function literal(byte: number): Meaning {
  const meaning = literals[byte];
  if (meaning === undefined) throw new Error(`bug: ${byte} is not a byte`);
  return meaning;
}
