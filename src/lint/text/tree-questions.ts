/**
 * What a rule's tree shows without asking about lines: ties to the line's ends, very large intervals.
 * Promise: places are bytes of the rule's text.
 */
import type { Span, SyntaxTree } from "../../ere/index.js";
import type { ByteString } from "../../std/text/byte-string.js";

/** The alternatives of a pattern that do not say "line start" first. Bytes from 0. */
export function untiedStarts(tree: SyntaxTree): readonly Span[] {
  return untied(tree, "line start", (parts) => parts[0]);
}

/** The alternatives that do not say "line end" last. */
export function untiedEnds(tree: SyntaxTree): readonly Span[] {
  return untied(tree, "line end", (parts) => parts.at(-1));
}

function untied(
  tree: SyntaxTree,
  assertion: "line start" | "line end",
  outermost: (parts: readonly SyntaxTree[]) => SyntaxTree | undefined,
): readonly Span[] {
  let inner = tree;
  while (inner.kind === "group" || (inner.kind === "repeat" && inner.minimum > 0)) inner = inner.body;
  if (inner.kind === "choice")
    return inner.branches.flatMap((branch) => untied(branch, assertion, outermost));
  if (inner.kind === "assertion" && inner.assertion === assertion) return [];
  const part = inner.kind === "sequence" ? outermost(inner.parts) : undefined;
  if (part === undefined) return [tree];
  const found = untied(part, assertion, outermost);
  // Of "(^a|b) c" it is the whole that is not tied, where no alternative of the part is.
  return found.length === 1 && found[0] === part ? [tree] : found;
}

/** Of one rule: a long one has a few hundred characters. */
const [largeSize, largeNesting] = [50_000, 1000];

/** Whether its intervals make it so large that to ask about its lines takes long. */
export function isVeryLarge(tree: SyntaxTree): boolean {
  return nestedIntervals(tree) > largeNesting || writtenOutSize(tree) > largeSize;
}

/** Whether a rule's text may have a tree that is very large; of nearly all rules it says no. */
export function mayBeVeryLarge(text: ByteString): boolean {
  return /\)[*+?]*\{|\{[0-9,]*[0-9]{3}|\}\{/.test(text);
}

/** How many copies of its leaves a tree comes to once intervals are written out. */
function writtenOutSize(tree: SyntaxTree): number {
  switch (tree.kind) {
    case "sequence":
      return tree.parts.reduce((sum, part) => sum + writtenOutSize(part), 0);
    case "choice":
      return tree.branches.reduce((sum, branch) => sum + writtenOutSize(branch), 0);
    case "group":
      return writtenOutSize(tree.body);
    case "repeat":
      return timesOf(tree.minimum, tree.maximum) * writtenOutSize(tree.body);
    default:
      return 1;
  }
}

/** The largest product of intervals that stand within each other. */
function nestedIntervals(tree: SyntaxTree): number {
  switch (tree.kind) {
    case "sequence":
      return Math.max(1, ...tree.parts.map(nestedIntervals));
    case "choice":
      return Math.max(1, ...tree.branches.map(nestedIntervals));
    case "group":
      return nestedIntervals(tree.body);
    case "repeat":
      return timesOf(tree.minimum, tree.maximum) * nestedIntervals(tree.body);
    default:
      return 1;
  }
}

function timesOf(minimum: number, maximum: number): number {
  return Math.max(1, maximum === Infinity ? minimum : maximum);
}
