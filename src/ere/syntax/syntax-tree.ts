/**
 * What an ERE means, as a tree of plain data.
 * Promise: a tree says everything about its pattern; nothing that works on it looks at the pattern's text again.
 */
import type { ByteSet } from "../alphabet/byte-set.js";
import type { CharacterSet } from "../alphabet/character-set.js";

/** Conditions on a place between two bytes. */
export type AssertionKind =
  "line start" | "line end" | "word start" | "word end" | "word boundary" | "no word boundary";

export type SyntaxTree =
  | { readonly kind: "empty" }
  /** One byte of a set. */
  | { readonly kind: "byte"; readonly set: ByteSet }
  /** One validly encoded UTF-8 character of a set. */
  | { readonly kind: "character"; readonly set: CharacterSet }
  | { readonly kind: "assertion"; readonly assertion: AssertionKind }
  | { readonly kind: "sequence"; readonly parts: readonly SyntaxTree[] }
  | { readonly kind: "choice"; readonly branches: readonly SyntaxTree[] }
  /** `maximum` may be Infinity. */
  | { readonly kind: "repeat"; readonly body: SyntaxTree; readonly minimum: number; readonly maximum: number }
  /** Parentheses, numbered from 1 in the order in which they open. */
  | { readonly kind: "group"; readonly number: number; readonly body: SyntaxTree }
  | { readonly kind: "back-reference"; readonly number: number };

export const emptyTree: SyntaxTree = { kind: "empty" };

/** The sequence of the parts, or the part itself where there is just one. */
export function sequenceOf(parts: readonly SyntaxTree[]): SyntaxTree {
  const [only] = parts;
  if (only === undefined) return emptyTree;
  return parts.length === 1 ? only : { kind: "sequence", parts };
}
