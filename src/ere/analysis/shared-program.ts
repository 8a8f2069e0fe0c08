/**
 * A program in which what follows is shared: the same tree before the same node is one node, whatever pattern it is of.
 * Promise: a node that is in both of two sets matches the same rest of a line in both.
 *
 * So "this node is in the other's set" already means that all that it matches the other matches too, and two rules with
 * the same tail are decided where the tail begins.
 */
import { Program, type NodeId } from "../nfa/program.js";
import type { Meaning } from "../syntax/syntax-tree.js";
import type { LetterTree, LetterTrees } from "./letter-trees.js";

export class SharedProgram extends Program {
  private readonly trees: LetterTrees;
  private readonly known = new Map<number, NodeId>();
  /** All patterns end here: which of them it was does not matter. */
  readonly end: NodeId;

  constructor(trees: LetterTrees) {
    super({ keepsGroups: false });
    this.trees = trees;
    this.end = this.accept(0);
  }

  /** Where a pattern starts. */
  entryOf(tree: LetterTree): NodeId {
    const entry = this.continuation(tree, this.end);
    return isTiedToStart(tree) ? entry : this.continuation(this.trees.anything, entry);
  }

  override continuation(tree: Meaning, next: NodeId): NodeId {
    if (tree.kind === "sequence")
      return tree.parts.reduceRight((follower, part) => this.continuation(part, follower), next);
    if (tree.kind === "empty") return next;
    const key = this.trees.idOf(tree) * mostNodes + next;
    let node = this.known.get(key);
    if (node === undefined) {
      node = super.continuation(tree, next);
      this.known.set(key, node);
    }
    return node;
  }
}

/** So that a tree's number and a node make one whole number. */
const mostNodes = 2 ** 26;

function isTiedToStart(tree: Meaning): boolean {
  switch (tree.kind) {
    case "assertion":
      return tree.assertion === "line start";
    case "sequence":
      return tree.parts[0] !== undefined && isTiedToStart(tree.parts[0]);
    case "choice":
      return tree.branches.every(isTiedToStart);
    case "repeat":
      return tree.minimum > 0 && isTiedToStart(tree.body);
    default:
      return false;
  }
}
