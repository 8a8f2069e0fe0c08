/**
 * The nondeterministic automaton of all patterns, built only as far as some line gets.
 * Promise: what a node means never changes; expanding one only writes down what it already meant.
 *
 * A node is a continuation: a syntax tree, and the node of what follows it. It is expanded when a set of nodes first
 * reaches it, so a pattern that no line enters costs one node, and `x{32767}` costs as many nodes as a line has x.
 */
import type { ByteSet } from "./byte-set.js";
import { characterTree, type CharacterTree } from "./character-tree.js";
import type { SharedPrefixes } from "./shared-prefixes.js";
import type { AssertionKind, SyntaxTree } from "./syntax-tree.js";

export const nodeKinds = {
  pending: 0,
  byte: 1,
  character: 2,
  assertion: 3,
  fork: 4,
  accept: 5,
  groupStart: 6,
  groupEnd: 7,
  backReference: 8,
} as const;
export type NodeKind = (typeof nodeKinds)[keyof typeof nodeKinds];
export type NodeId = number;

/** Patterns that are the same up to some offset, still to be told apart behind it. */
interface SharedContinuation {
  readonly kind: "shared";
  readonly prefixes: SharedPrefixes;
  /** The patterns, as places in their order: the first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** What a node works on. Which of these it is, the node's kind tells. */
type Detail =
  | SyntaxTree
  | SharedContinuation
  | ByteSet
  | CharacterTree
  | AssertionKind
  | readonly NodeId[]
  | number
  | undefined;

export interface ProgramOptions {
  /** Whether groups and back-references are nodes, for a matcher that remembers what groups matched. */
  readonly keepsGroups: boolean;
}

export class Program {
  private readonly keepsGroups: boolean;
  /** By node. Read the kinds through `kindOf`, which expands pending nodes. */
  private readonly kinds: NodeKind[] = [];
  private readonly nexts: NodeId[] = [];
  private readonly details: Detail[] = [];
  private readonly characterBranches = new Map<NodeId, Map<number, NodeId>>();

  constructor({ keepsGroups }: ProgramOptions) {
    this.keepsGroups = keepsGroups;
  }

  get nodeCount(): number {
    return this.kinds.length;
  }

  /** A node that accepts for a pattern. */
  accept(pattern: number): NodeId {
    return this.add(nodeKinds.accept, pattern, undefined);
  }

  /** A node that matches the tree and goes on to `next`. */
  continuation(tree: SyntaxTree, next: NodeId): NodeId {
    return this.add(nodeKinds.pending, next, tree);
  }

  /** A node that matches all of the patterns, what they share as one. */
  patterns(prefixes: SharedPrefixes): NodeId {
    return this.shared({ kind: "shared", prefixes, from: 0, to: prefixes.count, offset: 0 });
  }

  private shared(continuation: SharedContinuation): NodeId {
    return this.add(nodeKinds.pending, 0, continuation);
  }

  /** A node that goes to all of the targets at once. */
  fork(targets: readonly NodeId[]): NodeId {
    return this.add(nodeKinds.fork, 0, targets);
  }

  /** Never `pending`: such a node is expanded first. */
  kindOf(node: NodeId): NodeKind {
    if (this.kinds[node] === nodeKinds.pending) this.expand(node);
    return this.kinds[node] ?? nodeKinds.pending;
  }

  /** The node behind a byte or an assertion; of an accepting node, its pattern. */
  nextOf(node: NodeId): NodeId {
    return this.nexts[node] ?? 0;
  }

  bytesOf(node: NodeId): ByteSet {
    return this.details[node] as ByteSet;
  }

  treeOf(node: NodeId): CharacterTree {
    return this.details[node] as CharacterTree;
  }

  assertionOf(node: NodeId): AssertionKind {
    return this.details[node] as AssertionKind;
  }

  targetsOf(node: NodeId): readonly NodeId[] {
    return this.details[node] as readonly NodeId[];
  }

  groupOf(node: NodeId): number {
    return this.details[node] as number;
  }

  /** The node behind one leading byte of a character. */
  behindLeadingByte(node: NodeId, byte: number): NodeId {
    let branches = this.characterBranches.get(node);
    if (branches === undefined) {
      branches = new Map();
      this.characterBranches.set(node, branches);
    }
    let branch = branches.get(byte);
    if (branch === undefined) {
      branch = this.add(nodeKinds.character, this.nextOf(node), this.treeOf(node).behind(byte));
      branches.set(byte, branch);
    }
    return branch;
  }

  private add(kind: NodeKind, next: NodeId, detail: Detail): NodeId {
    this.kinds.push(kind);
    this.nexts.push(next);
    this.details.push(detail);
    return this.kinds.length - 1;
  }

  private become(node: NodeId, kind: NodeKind, detail: Detail): void {
    this.kinds[node] = kind;
    this.details[node] = detail;
  }

  private expand(node: NodeId): void {
    const tree = this.details[node] as SyntaxTree | SharedContinuation;
    const next = this.nextOf(node);
    switch (tree.kind) {
      case "shared":
        return this.become(node, nodeKinds.fork, this.expandShared(tree));
      case "empty":
        return this.become(node, nodeKinds.fork, [next]);
      case "byte":
        return this.become(node, nodeKinds.byte, tree.set);
      case "character":
        return this.become(node, nodeKinds.character, characterTree(tree.set));
      case "assertion":
        return this.become(node, nodeKinds.assertion, tree.assertion);
      case "group":
        return this.expandGroup(node, tree, next);
      case "sequence": {
        let follower = next;
        for (const part of tree.parts.toReversed()) follower = this.continuation(part, follower);
        return this.become(node, nodeKinds.fork, [follower]);
      }
      case "choice":
        return this.become(
          node,
          nodeKinds.fork,
          tree.branches.map((branch) => this.continuation(branch, next)),
        );
      case "repeat":
        return this.become(node, nodeKinds.fork, this.expandRepeat(node, tree, next));
      case "back-reference":
        if (this.keepsGroups) return this.become(node, nodeKinds.backReference, tree.number);
        return this.become(node, nodeKinds.fork, this.expandBackReference(node, next));
    }
  }

  private expandShared({ prefixes, from, to, offset }: SharedContinuation): NodeId[] {
    const targets: NodeId[] = [];
    for (let first = from; first < to;) {
      const piece = prefixes.piece(first, offset);
      if (piece === undefined) {
        targets.push(this.accept(prefixes.index(first++)));
        continue;
      }
      const behind = prefixes.endOfShared(first, to, piece.end);
      const next = this.shared({ kind: "shared", prefixes, from: first, to: behind, offset: piece.end });
      targets.push(this.continuation(piece.tree, next));
      first = behind;
    }
    return targets;
  }

  private expandGroup(node: NodeId, tree: SyntaxTree & { kind: "group" }, next: NodeId): void {
    if (!this.keepsGroups) return this.become(node, nodeKinds.fork, [this.continuation(tree.body, next)]);
    const end = this.add(nodeKinds.groupEnd, next, tree.number);
    this.become(node, nodeKinds.groupStart, tree.number);
    this.nexts[node] = this.continuation(tree.body, end);
  }

  private expandRepeat(node: NodeId, tree: SyntaxTree & { kind: "repeat" }, next: NodeId): NodeId[] {
    const { body, minimum, maximum } = tree;
    if (minimum === 0 && maximum === Infinity) return [this.continuation(body, node), next];
    if (maximum === 0) return [next];
    const rest: SyntaxTree = {
      kind: "repeat",
      body,
      minimum: Math.max(minimum - 1, 0),
      maximum: maximum - 1,
    };
    const once = this.continuation(body, this.continuation(rest, next));
    return minimum > 0 ? [once] : [once, next];
  }

  /** The automaton takes any bytes for what a group has matched; a matcher that remembers groups confirms it. */
  private expandBackReference(node: NodeId, next: NodeId): NodeId[] {
    return [this.add(nodeKinds.byte, node, everyByte), next];
  }
}

const everyByte: ByteSet = new Uint32Array(8).fill(0xffffffff);
