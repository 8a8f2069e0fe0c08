/**
 * Knows the patterns that grep takes for one fixed text between ends of the line, whatever its anchors mean together.
 * Promise: where grep takes a pattern so, the tree given is that text and its ends; where grep does not, none is given.
 *
 * grep looks for the text that every match must hold before it runs an automaton, and where that text seems to be all
 * of the pattern it looks no further. It forgets anchors in front of the text on the way: `^$ $`, which should match
 * nothing, matches the line " ".
 */
import { hasByte, type ByteSet } from "./byte-set.js";
import { lineEndTree, lineStartTree } from "./leaf-trees.js";
import { sequenceOf, type SyntaxTree } from "./syntax-tree.js";

interface FixedText {
  readonly bytes: readonly SyntaxTree[];
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
  /** Whether there is such an anchor anywhere in the pattern. */
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
}

/** The text with its ends, where the pattern is such a text. */
export function fixedTextTree(pattern: SyntaxTree): SyntaxTree | undefined {
  const text = fixedTextOf(pattern);
  if (text === undefined || text.bytes.length === 0) return undefined;
  if ((text.hasStart && !text.isAtStart) || (text.hasEnd && !text.isAtEnd)) return undefined;
  return sequenceOf([
    ...(text.isAtStart ? [lineStartTree] : []),
    ...text.bytes,
    ...(text.isAtEnd ? [lineEndTree] : []),
  ]);
}

const nothingYet: FixedText = { bytes: [], isAtStart: false, isAtEnd: false, hasStart: false, hasEnd: false };

function fixedTextOf(tree: SyntaxTree): FixedText | undefined {
  switch (tree.kind) {
    case "byte":
      return isOneByte(tree.set) ? { ...nothingYet, bytes: [tree] } : undefined;
    case "assertion":
      if (tree.assertion === "line start") return { ...nothingYet, isAtStart: true, hasStart: true };
      return tree.assertion === "line end" ? { ...nothingYet, isAtEnd: true, hasEnd: true } : undefined;
    case "group":
      return fixedTextOf(tree.body);
    case "sequence": {
      // What is repeated no times is gone for grep too, unless nothing follows.
      const parts = tree.parts.filter(({ kind }, i) => kind !== "empty" || i === tree.parts.length - 1);
      return parts.map(fixedTextOf).reduce(joined);
    }
    case "repeat": {
      const body = fixedTextOf(tree.body);
      if (body === undefined || tree.minimum === 0) return undefined;
      if (tree.minimum === tree.maximum) return repeated(body, tree.minimum);
      return tree.minimum === 1 && tree.maximum === Infinity && body.bytes.length === 0 ? body : undefined;
    }
    case "empty":
    case "character":
    case "choice":
    case "back-reference":
      return undefined;
  }
}

/** grep's own rule: an end in front of the text is forgotten, one that tears the text is not. */
function joined(left: FixedText | undefined, right: FixedText | undefined): FixedText | undefined {
  if (left === undefined || right === undefined) return undefined;
  const hasText = { left: left.bytes.length > 0, right: right.bytes.length > 0 };
  if (!(hasText.left || left.isAtStart) || !(hasText.right || right.isAtEnd)) return undefined;
  if (hasText.left && hasText.right && (left.isAtEnd || right.isAtStart)) return undefined;
  return {
    bytes: [...left.bytes, ...right.bytes],
    isAtStart: left.isAtStart,
    isAtEnd: right.isAtEnd,
    hasStart: left.hasStart || right.hasStart,
    hasEnd: left.hasEnd || right.hasEnd,
  };
}

/** A text beyond any line's length is left to the automaton. */
const longestText = 1 << 15;

function repeated(body: FixedText, times: number): FixedText | undefined {
  if (times === 1 || joined(body, body) === undefined) return times === 1 ? body : undefined;
  if (body.bytes.length * times > longestText) return undefined;
  return { ...body, bytes: Array.from({ length: times }, () => body.bytes).flat() };
}

/** A byte of zero ends the text for grep, which keeps it as a C string. */
function isOneByte(set: ByteSet): boolean {
  if (hasByte(set, 0)) return false;
  let count = 0;
  for (let byte = 1; byte < 256 && count < 2; byte++) if (hasByte(set, byte)) count++;
  return count === 1;
}
