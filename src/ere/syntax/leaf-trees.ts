/**
 * The syntax trees of single atoms: a byte, a dot, an anchor, the escapes for classes.
 * Promise: each is made once, the tables of Unicode only when a pattern asks for them.
 */
import { allBytes, complementOf, singleByte } from "../alphabet/byte-set.js";
import { asciiClass, asciiWord, bytesOf, unicodeClass, unicodeWord } from "../alphabet/character-classes.js";
import { anyCharacter, otherCharacters } from "../alphabet/character-set.js";
import type { SyntaxTree } from "./syntax-tree.js";

const literalTrees: readonly SyntaxTree[] = Array.from({ length: 256 }, (_, byte) => ({
  kind: "byte",
  set: singleByte(byte),
}));
const newline = 0x0a;
export const anyByteTree: SyntaxTree = {
  kind: "byte",
  set: allBytes.map((word, index) => word & ~(singleByte(newline)[index] ?? 0)),
};
export const anyCharacterTree: SyntaxTree = { kind: "character", set: anyCharacter };
export const anythingTree: SyntaxTree = { kind: "repeat", body: anyByteTree, minimum: 0, maximum: Infinity };
export const lineStartTree: SyntaxTree = { kind: "assertion", assertion: "line start" };
export const lineEndTree: SyntaxTree = { kind: "assertion", assertion: "line end" };

const byteEscapes = {
  w: { kind: "byte", set: bytesOf(asciiWord) },
  W: { kind: "byte", set: complementOf(bytesOf(asciiWord)) },
  s: { kind: "byte", set: bytesOf(asciiClass("space")) },
  S: { kind: "byte", set: complementOf(bytesOf(asciiClass("space"))) },
} satisfies Record<string, SyntaxTree>;

/** In the C locale. */
export function byteEscape(letter: keyof typeof byteEscapes): SyntaxTree {
  return byteEscapes[letter];
}

const unicodeEscapes = new Map<string, SyntaxTree>();

/** In UTF-8, over all of Unicode. */
export function unicodeEscape(letter: keyof typeof byteEscapes): SyntaxTree {
  let tree = unicodeEscapes.get(letter);
  if (tree === undefined) {
    const set = letter === "w" || letter === "W" ? unicodeWord() : unicodeClass("space");
    tree = { kind: "character", set: letter === "W" || letter === "S" ? otherCharacters(set) : set };
    unicodeEscapes.set(letter, tree);
  }
  return tree;
}

/** The byte itself. */
export function literal(byte: number): SyntaxTree {
  const tree = literalTrees[byte];
  if (tree === undefined) throw new Error(`bug: ${byte} is not a byte`);
  return tree;
}
