/**
 * Turns the tree of a pattern into one whose leaves are whole characters, as far as there is one.
 * Promise: where a tree comes out, it matches the same lines; else a reason says why there is none.
 *
 * To the matcher `é` is two bytes in a row. A pattern that holds bytes which are no character can match inside of one.
 */
import { byteSetWords, hasByte, type ByteSet } from "../alphabet/byte-set.js";
import { unionOf, type CharacterSet } from "../alphabet/character-set.js";
import type { Locale } from "../alphabet/locale.js";
import { decodeCharacter } from "../alphabet/utf8.js";
import type { Meaning } from "../syntax/syntax-tree.js";
import { everyCharacter, lastCodePoint, strayBytes } from "./letter-classes.js";

/** A pattern whose lines cannot be told over characters. */
export class NotModelled extends Error {}

/** A tree without bytes, groups and back-references; the latter stand for anything. */
export type CharacterMeaning =
  | { readonly kind: "empty" }
  | { readonly kind: "characters"; readonly set: CharacterSet }
  | (Meaning & { readonly kind: "assertion" })
  | { readonly kind: "sequence"; readonly parts: readonly CharacterMeaning[] }
  | { readonly kind: "choice"; readonly branches: readonly CharacterMeaning[] }
  | {
      readonly kind: "repeat";
      readonly body: CharacterMeaning;
      readonly minimum: number;
      readonly maximum: number;
    };

/** Trees of one set of patterns: what they share, they share here too. */
export class CharacterTrees {
  private readonly locale: Locale;
  private readonly byteLeaves = new Map<ByteSet, CharacterMeaning>();
  private readonly characterLeaves = new Map<CharacterSet, [CharacterMeaning, CharacterMeaning]>();
  private readonly anything: CharacterMeaning;

  constructor(locale: Locale) {
    this.locale = locale;
    const body: CharacterMeaning = { kind: "characters", set: everyCharacter(locale) };
    this.anything = { kind: "repeat", body, minimum: 0, maximum: Infinity };
  }

  /** Throws NotModelled. */
  of(tree: Meaning): CharacterMeaning {
    switch (tree.kind) {
      case "empty":
      case "assertion":
        return tree;
      case "byte":
        return this.leafOfBytes(tree.set);
      case "character":
        return this.leafOfCharacters(tree.set, tree.takesAnyByte);
      case "group":
        return this.of(tree.body);
      case "back-reference":
        return this.anything;
      case "sequence":
        return { kind: "sequence", parts: this.partsOf(tree.parts) };
      case "choice":
        return { kind: "choice", branches: tree.branches.map((branch) => this.of(branch)) };
      case "repeat":
        return { ...tree, body: this.of(tree.body) };
    }
  }

  private leafOfBytes(set: ByteSet): CharacterMeaning {
    let leaf = this.byteLeaves.get(set);
    if (leaf === undefined) {
      if (this.locale === "UTF-8" && hasByteAbove127(set))
        throw new NotModelled("has bytes that are no UTF-8");
      leaf = { kind: "characters", set: rangesOf(set) };
      this.byteLeaves.set(set, leaf);
    }
    return leaf;
  }

  private leafOfCharacters(set: CharacterSet, takesAnyByte: boolean): CharacterMeaning {
    let leaves = this.characterLeaves.get(set);
    if (leaves === undefined) {
      const within = set.filter((_, i) => (set[i & ~1] ?? 0) <= lastCodePoint);
      const clipped = within.map((place) => Math.min(place, lastCodePoint));
      leaves = [
        { kind: "characters", set: clipped },
        { kind: "characters", set: unionOf(clipped, strayBytes) },
      ];
      this.characterLeaves.set(set, leaves);
    }
    return leaves[takesAnyByte ? 1 : 0];
  }

  /** Joins the bytes of a character that stand in a row. */
  private partsOf(parts: readonly Meaning[]): CharacterMeaning[] {
    const joined: CharacterMeaning[] = [];
    for (let at = 0; at < parts.length;) {
      const bytes = this.locale === "C" ? [] : bytesAbove127(parts, at);
      if (bytes.length === 0) {
        joined.push(this.of(parts[at++]!));
        continue;
      }
      const character = decodeCharacter(Uint8Array.from(bytes), 0, bytes.length);
      if (character === undefined || character.codePoint > lastCodePoint)
        throw new NotModelled("has bytes that are no UTF-8");
      joined.push({ kind: "characters", set: [character.codePoint, character.codePoint] });
      at += character.length;
    }
    return joined;
  }
}

/** The sets of characters that stand in a tree. */
export function* leavesOf(tree: CharacterMeaning): Generator<CharacterSet> {
  if (tree.kind === "characters") yield tree.set;
  else if (tree.kind === "repeat") yield* leavesOf(tree.body);
  else if (tree.kind === "sequence") for (const part of tree.parts) yield* leavesOf(part);
  else if (tree.kind === "choice") for (const branch of tree.branches) yield* leavesOf(branch);
}

function hasByteAbove127(set: ByteSet): boolean {
  return set.subarray(byteSetWords / 2).some((word) => word !== 0);
}

/** The single bytes above 127 that stand in a row from a place on. */
function bytesAbove127(parts: readonly Meaning[], from: number): number[] {
  const bytes: number[] = [];
  for (const part of parts.slice(from, from + 6)) {
    const byte = part.kind === "byte" && hasByteAbove127(part.set) ? onlyByteOf(part.set) : undefined;
    if (byte === undefined) break;
    bytes.push(byte);
  }
  return bytes;
}

function onlyByteOf(set: ByteSet): number | undefined {
  const ranges = rangesOf(set);
  return ranges.length === 2 && ranges[0] === ranges[1] ? ranges[0] : undefined;
}

function rangesOf(set: ByteSet): number[] {
  const ranges: number[] = [];
  for (let byte = 0; byte < 256; byte++) {
    if (!hasByte(set, byte)) continue;
    if (ranges.at(-1) === byte - 1) ranges[ranges.length - 1] = byte;
    else ranges.push(byte, byte);
  }
  return ranges;
}
