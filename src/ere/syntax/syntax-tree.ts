/**
 * What an ERE means, as a tree of plain data, and where in its text each node was read.
 * Promise: a tree says everything about its pattern; nothing that has the tree needs to look at the text again.
 */
import type { ByteSet } from "../alphabet/byte-set.js";
import type { CharacterSet } from "../alphabet/character-set.js";

/** Conditions on a place between two bytes. */
export type AssertionKind =
  "line start" | "line end" | "word start" | "word end" | "word boundary" | "no word boundary";

/** A part of the pattern's text: bytes from 0, `end` after the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a node matches, wherever it stands. */
export type Meaning =
  | { readonly kind: "empty" }
  /** One byte of a set. */
  | { readonly kind: "byte"; readonly set: ByteSet }
  /** One validly encoded UTF-8 character of a set; where it says so, any byte above 127 too. */
  | { readonly kind: "character"; readonly set: CharacterSet; readonly takesAnyByte: boolean }
  | { readonly kind: "assertion"; readonly assertion: AssertionKind }
  | { readonly kind: "sequence"; readonly parts: readonly SyntaxTree[] }
  | { readonly kind: "choice"; readonly branches: readonly SyntaxTree[] }
  /** `maximum` may be Infinity. What repeats the body stands from the body's end to the node's. */
  | { readonly kind: "repeat"; readonly body: SyntaxTree; readonly minimum: number; readonly maximum: number }
  /** Parentheses, numbered from 1 in the order in which they open. */
  | { readonly kind: "group"; readonly number: number; readonly body: SyntaxTree }
  | { readonly kind: "back-reference"; readonly number: number };

/** The spans of a node's children lie within its own, in order; a repetition that grep steps over is in none. */
export type SyntaxTree = Meaning & Span;

export const nothing: Meaning = { kind: "empty" };

/** The node that means this and was read there. To spread objects of so many shapes would take three times as long. */
export function located(meaning: Meaning, start: number, end: number): SyntaxTree {
  switch (meaning.kind) {
    case "byte":
      return { kind: "byte", set: meaning.set, start, end };
    case "character":
      return { kind: "character", set: meaning.set, takesAnyByte: meaning.takesAnyByte, start, end };
    case "assertion":
      return { kind: "assertion", assertion: meaning.assertion, start, end };
    case "repeat":
      return {
        kind: "repeat",
        body: meaning.body,
        minimum: meaning.minimum,
        maximum: meaning.maximum,
        start,
        end,
      };
    case "empty":
      return { kind: "empty", start, end };
    case "sequence":
      return { kind: "sequence", parts: meaning.parts, start, end };
    case "choice":
      return { kind: "choice", branches: meaning.branches, start, end };
    case "group":
      return { kind: "group", number: meaning.number, body: meaning.body, start, end };
    case "back-reference":
      return { kind: "back-reference", number: meaning.number, start, end };
  }
}

/** The sequence of the parts, or the part itself where there is just one. `at` is where no part is. */
export function sequenceOf(parts: readonly SyntaxTree[], at: number): SyntaxTree {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return located(nothing, at, at);
  return parts.length === 1 ? first : { kind: "sequence", parts, start: first.start, end: last.end };
}

/** The parts that a pattern without alternatives consists of, in order. */
export function partsOf(tree: SyntaxTree): readonly SyntaxTree[] {
  return tree.kind === "sequence" ? tree.parts : [tree];
}
