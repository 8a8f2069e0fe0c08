/**
 * Finds out which bytes a line must have for a pattern to match it.
 * Promise: true is certain; false may only mean that the tree does not show it.
 */
import { areDisjoint, hasByte, type ByteSet } from "../alphabet/byte-set.js";
import { hasCharacter } from "../alphabet/character-set.js";
import { whiteSpace } from "../alphabet/white-space.js";
import type { SyntaxTree } from "../syntax/syntax-tree.js";

/** Whether every line that the pattern matches has a byte that is none of these. */
export function requiresOtherByte(tree: SyntaxTree, bytes: ByteSet): boolean {
  let inner = tree;
  // Intervals can be stacked as high as a pattern is long.
  for (; inner.kind === "repeat" || inner.kind === "group"; inner = inner.body)
    if (inner.kind === "repeat" && inner.minimum === 0) return false;
  if (inner.kind === "byte") return areDisjoint(inner.set, bytes);
  if (inner.kind === "sequence") return inner.parts.some((part) => requiresOtherByte(part, bytes));
  return inner.kind === "choice" && inner.branches.every((branch) => requiresOtherByte(branch, bytes));
}

/** Whether the node is one byte, and whichever it is, it is white space. */
export function isWhiteSpaceByte(tree: SyntaxTree): boolean {
  return tree.kind === "byte" && tree.set.every((word, index) => (word & ~(whiteSpace[index] ?? 0)) === 0);
}

/** Whether the node is one byte or one character, and may be this character of ASCII. */
export function takesByte(tree: SyntaxTree, character: number): boolean {
  if (tree.kind === "byte") return hasByte(tree.set, character);
  return tree.kind === "character" && hasCharacter(tree.set, character);
}
