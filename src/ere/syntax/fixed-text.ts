/**
 * Knows the patterns that grep takes for one fixed text between ends of the line, whatever its anchors mean together.
 * Promise: where grep takes a pattern so, the tree given is that text and its ends; where grep does not, none is given.
 *
 * grep looks for the text that every match must hold before it runs an automaton, and where that text seems to be all
 * of the pattern it looks no further. It forgets anchors in front of the text on the way: `^$ $`, which should match
 * nothing, matches the line " ".
 */
import { hasByte, type ByteSet } from "../alphabet/byte-set.js";
import { lineEnd, lineStart, literal } from "./leaves.js";
import { located, sequenceOf, type SyntaxTree } from "./syntax-tree.js";

/** What grep knows of a part of a pattern. Texts are latin1: a character is a byte. */
interface FixedText {
  /** All that the part matches, as grep sees it. */
  readonly text: string;
  /** What a match begins and ends with. They can be shorter than the text: grep lets an anchor interrupt them. */
  readonly prefix: string;
  readonly suffix: string;
  /** The longest text that it knows to be in each match. */
  readonly longest: string;
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
  /** Whether there is such an anchor anywhere in the part. */
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
}

/** The text with its ends, where the pattern is such a text. Each part has the span of the whole. */
export function fixedTextTree(pattern: SyntaxTree): SyntaxTree | undefined {
  const fixed = fixedTextOf(pattern);
  if (fixed === undefined || fixed.text === "" || fixed.longest !== fixed.text) return undefined;
  if ((fixed.hasStart && !fixed.isAtStart) || (fixed.hasEnd && !fixed.isAtEnd)) return undefined;
  const { start, end } = pattern;
  const parts = [
    ...(fixed.isAtStart ? [lineStart] : []),
    ...Array.from(Buffer.from(fixed.text, "latin1"), literal),
    ...(fixed.isAtEnd ? [lineEnd] : []),
  ];
  return sequenceOf(
    parts.map((part) => located(part, start, end)),
    start,
  );
}

const nothingKnown: FixedText = {
  text: "",
  prefix: "",
  suffix: "",
  longest: "",
  isAtStart: false,
  isAtEnd: false,
  hasStart: false,
  hasEnd: false,
};

/** Deeper trees are left to the automaton, as intervals on intervals are: the recursion must fit the stack. */
const deepestTree = 4000;

function fixedTextOf(tree: SyntaxTree, depth = 0): FixedText | undefined {
  if (depth > deepestTree) return undefined;
  const inner = (part: SyntaxTree): FixedText | undefined => fixedTextOf(part, depth + 1);
  switch (tree.kind) {
    case "byte": {
      const text = onlyByte(tree.set);
      return text === undefined
        ? undefined
        : { ...nothingKnown, text, prefix: text, suffix: text, longest: text };
    }
    case "assertion":
      if (tree.assertion === "line start") return { ...nothingKnown, isAtStart: true, hasStart: true };
      return tree.assertion === "line end" ? { ...nothingKnown, isAtEnd: true, hasEnd: true } : undefined;
    case "group":
      return inner(tree.body);
    case "sequence": {
      // What is repeated no times is gone for grep too, unless nothing follows.
      const parts = tree.parts.filter(({ kind }, i) => kind !== "empty" || i === tree.parts.length - 1);
      return parts.map(inner).reduce(joined);
    }
    case "repeat":
      return repeated(tree, inner(tree.body));
    case "choice":
      return tree.branches.map(inner).reduce(eitherOf);
    case "empty":
    case "character":
    case "back-reference":
      return undefined;
  }
}

function joined(left: FixedText | undefined, right: FixedText | undefined): FixedText | undefined {
  if (left === undefined || right === undefined) return undefined;
  const isKnown = (left.text !== "" || left.isAtStart) && (right.text !== "" || right.isAtEnd);
  if (!isKnown) return undefined;
  const across = left.suffix !== "" && right.prefix !== "" ? left.suffix + right.prefix : "";
  return {
    text: left.text + right.text,
    prefix: left.text === "" ? left.prefix : left.prefix + right.prefix,
    suffix: right.text === "" ? right.suffix : left.suffix + right.suffix,
    longest: [right.longest, across].reduce((a, b) => (b.length > a.length ? b : a), left.longest),
    isAtStart: left.isAtStart,
    isAtEnd: right.isAtEnd,
    hasStart: left.hasStart || right.hasStart,
    hasEnd: left.hasEnd || right.hasEnd,
  };
}

/** Branches are one text to grep where they are the same text, whatever their anchors. */
function eitherOf(left: FixedText | undefined, right: FixedText | undefined): FixedText | undefined {
  if (left === undefined || right === undefined || left.text !== right.text) return undefined;
  return {
    text: left.text,
    prefix: commonStart(left.prefix, right.prefix),
    suffix: reversed(commonStart(reversed(left.suffix), reversed(right.suffix))),
    longest: longestCommonPart(left.longest, right.longest),
    isAtStart: left.isAtStart && right.isAtStart,
    isAtEnd: left.isAtEnd && right.isAtEnd,
    hasStart: left.hasStart || right.hasStart,
    hasEnd: left.hasEnd || right.hasEnd,
  };
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

function reversed(text: string): string {
  return Array.from(text).reverse().join("");
}

/** Only whether it is all of both matters, so parts are not looked for. */
function longestCommonPart(one: string, other: string): string {
  if (one === other) return one;
  return one.includes(other) ? other : other.includes(one) ? one : "";
}

/** A longer text is left to the automaton: nobody writes one like that. */
const longestTextBytes = 1 << 15;

function repeated(
  { minimum, maximum }: SyntaxTree & { readonly kind: "repeat" },
  once: FixedText | undefined,
): FixedText | undefined {
  const isLoop = maximum === Infinity;
  if (once === undefined || minimum === 0 || !(isLoop || minimum === maximum)) return undefined;
  if (minimum * Math.max(1, once.text.length) > longestTextBytes) return undefined;
  // Of a loop grep forgets the text, but not the ends.
  let all: FixedText | undefined = isLoop ? { ...once, text: "" } : once;
  for (let count = 1; count < minimum; count++) all = joined(all, once);
  return all;
}

/** A byte of zero ends the text for grep, which keeps it as a C string. */
function onlyByte(set: ByteSet): string | undefined {
  let only: string | undefined;
  for (let byte = 0; byte < 256; byte++) {
    if (!hasByte(set, byte)) continue;
    if (byte === 0 || only !== undefined) return undefined;
    only = String.fromCharCode(byte);
  }
  return only;
}
