/**
 * Knows which lines grep's automaton lets through to glibc, where the two read a pattern differently.
 * Promise: a line that grep keeps from glibc is not matched by the tree given, and where grep keeps none there is no tree.
 *
 * grep makes a coarser automaton that takes any bytes for what only glibc can match. It makes none where no other atom of
 * the pattern stands for a byte, as in `^[^[=a=]]\b{1}$`: then glibc judges alone.
 */
import { anyOneByte } from "./leaves.js";
import type { Meaning, SyntaxTree } from "./syntax-tree.js";
import { located } from "./syntax-tree.js";

/** What the coarser automaton takes for an atom: any bytes at all. It replaces the atom, so its body has no place. */
export const anything: Meaning & { readonly kind: "repeat" } = {
  kind: "repeat",
  body: located(anyOneByte, 0, 0),
  minimum: 0,
  maximum: Infinity,
};

/** In: the pattern as the automaton reads it, with `anything` for what only glibc can match. */
export function coarseFilter(tree: SyntaxTree): SyntaxTree | undefined {
  return namesByte(tree) ? tree : undefined;
}

function namesByte(tree: SyntaxTree): boolean {
  let inner = tree;
  // Repetitions can be stacked as high as a pattern is long.
  while (inner.kind === "repeat" || inner.kind === "group") {
    if (inner.kind === "repeat" && inner.body === anything.body) return false;
    inner = inner.body;
  }
  if (inner.kind === "sequence") return inner.parts.some(namesByte);
  if (inner.kind === "choice") return inner.branches.some(namesByte);
  return inner.kind === "byte" || inner.kind === "character";
}
