/**
 * The nondeterministic automaton of all patterns, built only as far as some line gets.
 * Promise: what a node means never changes; expanding one only writes down what it already meant.
 *
 * A node is a continuation: a syntax tree, and the node of what follows it. It is expanded when a set of nodes first
 * reaches it, so a pattern that no line enters costs one node, and `x{32767}` costs as many nodes as a line has x.
 */
import type { ByteSet } from "../alphabet/byte-set.js";
import { characterTree, type CharacterTree } from "../alphabet/character-tree.js";
import { withRoom } from "./int32-list.js";
import { withoutEmptyCopies } from "./empty-repeats.js";
import type { SharedPrefixes } from "./shared-prefixes.js";
import { nothing, type AssertionKind, type Meaning } from "../syntax/syntax-tree.js";

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

/** Patterns that are the same up to some offset, still to be told apart after it. */
interface SharedContinuation {
  readonly kind: "shared";
  readonly prefixes: SharedPrefixes;
  /** The patterns, as places in their order: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** What a node works on. Which of these it is, the node's kind tells. */
type Detail =
  | Meaning
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
  private count = 0;
  /** By node. Read the kinds through `kindOf`, which expands pending nodes. */
  private kinds = new Uint8Array(1024);
  private nexts = new Int32Array(1024);
  private readonly details: Detail[] = [];
  /** By what may follow and the node after the character: the nodes inside of characters. */
  private readonly innerNodes = new Map<CharacterTree, Map<NodeId, NodeId>>();

  constructor({ keepsGroups }: ProgramOptions) {
    this.keepsGroups = keepsGroups;
  }

  get nodeCount(): number {
    return this.count;
  }

  /** A node that accepts for a pattern. */
  accept(pattern: number): NodeId {
    return this.add(nodeKinds.accept, pattern, undefined);
  }

  /** A node that matches the tree and goes on to `next`. */
  continuation(tree: Meaning, next: NodeId): NodeId {
    if (tree.kind === "empty") return next;
    if (tree.kind === "byte") return this.add(nodeKinds.byte, next, tree.set);
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
    while (this.kinds[node] === nodeKinds.pending) this.expand(node);
    return (this.kinds[node] ?? nodeKinds.pending) as NodeKind;
  }

  /** The node after a byte or an assertion; of an accepting node, its pattern. */
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

  /** The node after one leading byte of a character. Where the same may follow, it is the same node. */
  afterLeadingByte(node: NodeId, byte: number): NodeId {
    const tree = this.treeOf(node).after(byte);
    const next = this.nextOf(node);
    let byNext = this.innerNodes.get(tree);
    if (byNext === undefined) {
      byNext = new Map();
      this.innerNodes.set(tree, byNext);
    }
    let branch = byNext.get(next);
    if (branch === undefined) {
      branch = this.add(nodeKinds.character, next, tree);
      byNext.set(next, branch);
    }
    return branch;
  }

  private add(kind: NodeKind, next: NodeId, detail: Detail): NodeId {
    if (this.count === this.kinds.length) this.grow();
    this.kinds[this.count] = kind;
    this.nexts[this.count] = next;
    this.details.push(detail);
    return this.count++;
  }

  private grow(): void {
    const kinds = new Uint8Array(2 * this.count);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.nexts = withRoom(this.nexts, 2 * this.count);
  }

  private become(node: NodeId, kind: NodeKind, next: NodeId, detail: Detail): void {
    this.kinds[node] = kind;
    this.nexts[node] = next;
    this.details[node] = detail;
  }

  private becomeFork(node: NodeId, targets: readonly NodeId[]): void {
    this.become(node, nodeKinds.fork, 0, targets);
  }

  /** One step: where there is but one way to begin, the node becomes that beginning, which may be pending in its turn. */
  private expand(node: NodeId): void {
    const tree = this.details[node] as Meaning | SharedContinuation;
    const next = this.nextOf(node);
    switch (tree.kind) {
      case "shared":
        return this.expandShared(node, tree);
      case "empty":
        return this.becomeFork(node, [next]);
      case "byte":
        return this.become(node, nodeKinds.byte, next, tree.set);
      case "character":
        return this.become(node, nodeKinds.character, next, characterTree(tree.set, tree.takesAnyByte));
      case "assertion":
        return this.become(node, nodeKinds.assertion, next, tree.assertion);
      case "group": {
        if (!this.keepsGroups) return this.become(node, nodeKinds.pending, next, tree.body);
        const end = this.add(nodeKinds.groupEnd, next, tree.number);
        return this.become(node, nodeKinds.groupStart, this.continuation(tree.body, end), tree.number);
      }
      case "sequence": {
        const [first = nothing, ...others] = tree.parts;
        const after = others.reduceRight((follower, part) => this.continuation(part, follower), next);
        return this.become(node, nodeKinds.pending, after, first);
      }
      case "choice":
        return this.becomeFork(
          node,
          tree.branches.map((branch) => this.continuation(branch, next)),
        );
      case "repeat":
        return this.expandRepeat(node, tree, next);
      case "back-reference":
        if (this.keepsGroups) return this.become(node, nodeKinds.backReference, next, tree.number);
        // The automaton takes any bytes for what a group has matched; the verifier remembers groups.
        return this.becomeFork(node, [this.add(nodeKinds.byte, node, everyByte), next]);
    }
  }

  private expandShared(node: NodeId, { prefixes, from, to, offset }: SharedContinuation): void {
    const targets: NodeId[] = [];
    for (let first = from; first < to;) {
      const piece = prefixes.piece(first, offset);
      if (piece === undefined) {
        targets.push(this.accept(prefixes.index(first++)));
        continue;
      }
      const after = prefixes.endOfShared(first, to, piece.end);
      const next = this.shared({ kind: "shared", prefixes, from: first, to: after, offset: piece.end });
      if (first === from && after === to) return this.become(node, nodeKinds.pending, next, piece.tree);
      targets.push(this.continuation(piece.tree, next));
      first = after;
    }
    this.becomeFork(node, targets);
  }

  private expandRepeat(node: NodeId, tree: Meaning & { kind: "repeat" }, next: NodeId): void {
    const { body, minimum, maximum } = this.keepsGroups ? tree : withoutEmptyCopies(tree);
    if (maximum === 0) return this.becomeFork(node, [next]);
    if (minimum === 0 && maximum === Infinity)
      return this.becomeFork(node, [this.continuation(body, node), next]);
    const others: Meaning =
      maximum === 1
        ? nothing
        : { kind: "repeat", body, minimum: Math.max(minimum - 1, 0), maximum: maximum - 1 };
    const rest = this.continuation(others, next);
    if (minimum === 0) return this.becomeFork(node, [this.continuation(body, rest), next]);
    this.become(node, nodeKinds.pending, rest, body);
  }
}

const everyByte: ByteSet = new Uint32Array(8).fill(0xffffffff);
