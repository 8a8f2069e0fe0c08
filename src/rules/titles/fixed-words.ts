/**
 * Which groups of a rule match fixed words only: what they matched is text of the rule's writer, not of a log.
 * Promise: a group that could match anything else is none of them.
 */
import type { SyntaxTree } from "../../ere/index.js";

/** The group of this number, from 1. */
export function groupOf(tree: SyntaxTree, number: number): (SyntaxTree & { kind: "group" }) | undefined {
  switch (tree.kind) {
    case "group":
      return tree.number === number ? tree : groupOf(tree.body, number);
    case "repeat":
      return groupOf(tree.body, number);
    case "sequence":
      return firstGroup(tree.parts, number);
    case "choice":
      return firstGroup(tree.branches, number);
    default:
      return undefined;
  }
}

function firstGroup(
  trees: readonly SyntaxTree[],
  number: number,
): (SyntaxTree & { kind: "group" }) | undefined {
  for (const tree of trees) {
    const found = groupOf(tree, number);
    if (found) return found;
  }
  return undefined;
}

/** Whether it matches fixed words only, one of several. */
export function isListOfWords(tree: SyntaxTree): boolean {
  switch (tree.kind) {
    case "byte":
      return isSingle(tree.set);
    case "sequence":
      return tree.parts.every(isListOfWords);
    case "choice":
      return tree.branches.every(isListOfWords);
    case "group":
      return isListOfWords(tree.body);
    case "repeat":
      return tree.maximum === 1 && isListOfWords(tree.body);
    default:
      return tree.kind === "empty";
  }
}

function isSingle(set: Uint32Array): boolean {
  const members = set.filter((word) => word !== 0);
  return members.length === 1 && members.every((word) => (word & (word - 1)) === 0);
}
