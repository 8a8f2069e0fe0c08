/** What a part of a pattern may begin with, hold and be as long as, on a line of ASCII. */
import { byteSetFrom, type ByteSet } from "../alphabet/byte-set.js";
import { characterTree } from "../alphabet/character-tree.js";
import type { SyntaxTree } from "../syntax/syntax-tree.js";

export const noBytes: ByteSet = byteSetFrom([]);

export interface First {
  readonly bytes: ByteSet;
  /** Whether the part may be empty. */
  readonly isNullable: boolean;
}

/** The bytes that a part may begin with. */
export function firstOf(tree: SyntaxTree): First {
  switch (tree.kind) {
    case "byte":
    case "character":
      return { bytes: bytesOf(tree), isNullable: false };
    case "group":
      return firstOf(tree.body);
    case "repeat": {
      const first = firstOf(tree.body);
      return { bytes: first.bytes, isNullable: first.isNullable || tree.minimum === 0 };
    }
    case "sequence": {
      let bytes = noBytes;
      for (const part of tree.parts) {
        const first = firstOf(part);
        bytes = union(bytes, first.bytes);
        if (!first.isNullable) return { bytes, isNullable: false };
      }
      return { bytes, isNullable: true };
    }
    case "choice": {
      const all = tree.branches.map(firstOf);
      return {
        bytes: all.reduce((bytes, first) => union(bytes, first.bytes), noBytes),
        isNullable: all.some(({ isNullable }) => isNullable),
      };
    }
    default:
      return { bytes: noBytes, isNullable: true };
  }
}

/** All bytes that a part may hold. */
export function bytesIn(tree: SyntaxTree): ByteSet {
  switch (tree.kind) {
    case "byte":
    case "character":
      return bytesOf(tree);
    case "group":
    case "repeat":
      return bytesIn(tree.body);
    case "sequence":
      return tree.parts.reduce((bytes, part) => union(bytes, bytesIn(part)), noBytes);
    case "choice":
      return tree.branches.reduce((bytes, branch) => union(bytes, bytesIn(branch)), noBytes);
    default:
      return noBytes;
  }
}

/** As many places are a few. */
const mostBytes = 64;

/** Whether a part is never long. */
export function isBounded(tree: SyntaxTree): boolean {
  return longest(tree) <= mostBytes;
}

function longest(tree: SyntaxTree): number {
  switch (tree.kind) {
    case "byte":
    case "character":
      return 1;
    case "group":
      return longest(tree.body);
    case "repeat":
      return tree.maximum === 0 ? 0 : tree.maximum * longest(tree.body);
    case "sequence":
      return tree.parts.reduce((sum, part) => sum + longest(part), 0);
    case "choice":
      return tree.branches.reduce((most, branch) => Math.max(most, longest(branch)), 0);
    case "back-reference":
      return Infinity;
    default:
      return 0;
  }
}

/** The bytes of one place. */
export function bytesOf(tree: SyntaxTree & { readonly kind: "byte" | "character" }): ByteSet {
  return tree.kind === "byte" ? tree.set : characterTree(tree.set, false).final;
}

export function union(one: ByteSet, other: ByteSet): ByteSet {
  return one.map((word, index) => word | (other[index] ?? 0));
}
