/**
 * Finds the wildcards of a rule that take any text: whatever somebody else can get into the line there is matched too.
 * Promise: a class counts only if it takes words, blanks and what messages are made of, and nothing ends it.
 */
import { takesByte, type Span, type SyntaxTree } from "../ere/index.js";

/** What the text of another message has. */
const told = Array.from("aZ0 :=/.-", (character) => character.charCodeAt(0));
/** A field of fewer characters has no room for a message. */
const fewest = 32;

/** In: the tree of a rule. Out: the wildcards with what repeats them, in order; bytes from 0. */
export function freeTextIn(tree: SyntaxTree): readonly Span[] {
  switch (tree.kind) {
    case "repeat": {
      const leaf = leafOf(tree.body);
      if (leaf) return tree.maximum >= fewest && isFreeText(leaf) ? [tree] : [];
      return freeTextIn(tree.body);
    }
    case "group":
      return freeTextIn(tree.body);
    case "sequence":
      return tree.parts.flatMap((part, place) => {
        const after = tree.parts[place + 1];
        return isEnded(part, after) ? [] : freeTextIn(part);
      });
    case "choice":
      return tree.branches.flatMap(freeTextIn);
    default:
      return [];
  }
}

type Leaf = SyntaxTree & ({ readonly kind: "byte" } | { readonly kind: "character" });

function leafOf(tree: SyntaxTree): Leaf | undefined {
  let inner = tree;
  while (inner.kind === "group") inner = inner.body;
  return inner.kind === "byte" || inner.kind === "character" ? inner : undefined;
}

function isFreeText(leaf: Leaf): boolean {
  return told.every((character) => takesByte(leaf, character));
}

/** Whether what follows is the one character that the class leaves out, as in `"[^"]*"`. */
function isEnded(part: SyntaxTree, after: SyntaxTree | undefined): boolean {
  let inner = part;
  while (inner.kind === "group") inner = inner.body;
  const leaf = inner.kind === "repeat" ? leafOf(inner.body) : undefined;
  const end = after && leafOf(after);
  if (!leaf || !end) return false;
  for (let character = 0; character < 0x80; character++)
    if (takesByte(end, character) && takesByte(leaf, character)) return false;
  return true;
}
