/**
 * Sets of program nodes: where the patterns can be after the same bytes. Each set is kept once, known by a number.
 * Promise: a step from a set is the set of all nodes that its nodes can reach by that byte.
 *
 * A set keeps the nodes that wait: for a byte, for the line's end, or for the next byte to tell whether a word ends.
 * Nodes that accept stay in the set to the line's end, since a pattern that has matched once has matched.
 */
import { hasByte, type ByteSet, byteSetWords } from "./byte-set.js";
import { asciiWordBytes } from "./character-classes.js";
import { InternedLists } from "./interned-lists.js";
import type { Locale } from "./locale.js";
import { nodeKinds, type NodeId, type Program } from "./program.js";
import type { AssertionKind } from "./syntax-tree.js";
import { wordAssertionHolds } from "./word-assertion.js";

export type NodeSetId = number;

/** What stands before or behind a place: a byte above 127 may be part of a word in UTF-8, and the automaton cannot tell. */
const sides = { lineEdge: 0, noWord: 1, word: 2, unknown: 3 } as const;
type Side = (typeof sides)[keyof typeof sides];

/** A step from one set by one byte, and by all bytes that lead to the same set. */
export type StepId = number;

export interface NodeSetsOptions {
  readonly program: Program;
  /** Where the patterns start at the line's start. */
  readonly entry: NodeId;
  /** Where patterns start anew behind each byte, for those that are not tied to the line's start. */
  readonly reentry: NodeId | undefined;
  readonly locale: Locale;
  readonly hasWordAssertions: boolean;
}

const none = -1;

export class NodeSets {
  private readonly options: NodeSetsOptions;
  /** Each set as what stands before it, then its nodes in ascending order. */
  private sets = new InternedLists();
  /** Sets of bytes that behave alike. A few hundred serve all steps: as objects of their own they took half the memory. */
  private readonly alikes = new InternedLists();
  private readonly alike: ByteSet = new Uint32Array(byteSetWords);
  /** By set, the step computed last; by step, where it leads, its bytes, and the step of its set computed before it. */
  private lastSteps: number[] = [];
  private stepNexts: number[] = [];
  private stepAlikes: number[] = [];
  private stepsBefore: number[] = [];
  private knownEndMatches: (readonly number[] | undefined)[] = [];
  /** By node, the closure that saw it last. */
  private seen = new Uint32Array(1024);
  private closure = 0;
  private readonly stack: NodeId[] = [];

  constructor(options: NodeSetsOptions) {
    this.options = options;
  }

  get size(): number {
    return this.sets.size;
  }

  /** The nodes of all sets together, which is what they cost in memory. */
  get totalNodes(): number {
    return this.sets.totalLength;
  }

  /** The set before the first byte of a line. */
  get start(): NodeSetId {
    this.beginClosure();
    const nodes: NodeId[] = [];
    this.reach(this.options.entry, sides.lineEdge, nodes);
    return this.intern(sides.lineEdge, nodes);
  }

  /** Forgets all sets but one, which gets a new number. */
  flush(kept: NodeSetId): NodeSetId {
    const list = [this.before(kept), ...this.nodes(kept)];
    this.sets = new InternedLists();
    [this.lastSteps, this.stepNexts, this.stepAlikes, this.stepsBefore] = [[], [], [], []];
    this.knownEndMatches = [];
    return this.sets.intern(list);
  }

  step(id: NodeSetId, byte: number): StepId {
    const last = this.lastSteps[id] ?? none;
    for (let step = last; step !== none; step = this.stepsBefore[step] ?? none)
      if (((this.alikeWord(step, byte >>> 5) >>> (byte & 31)) & 1) === 1) return step;
    const next = this.computeStep(id, byte);
    const step = this.stepNexts.push(next) - 1;
    this.stepAlikes.push(this.alikes.intern(this.alike));
    this.stepsBefore.push(last);
    this.lastSteps[id] = step;
    return step;
  }

  /** The set that a step leads to. */
  nextOf(step: StepId): NodeSetId {
    return this.stepNexts[step] ?? 0;
  }

  /** One of the eight words of the set of bytes that a step is by. */
  alikeWord(step: StepId, word: number): number {
    return this.alikes.at(this.stepAlikes[step] ?? 0, word);
  }

  /** The patterns that match if the line ends here, ascending. */
  endMatches(id: NodeSetId): readonly number[] {
    return (this.knownEndMatches[id] ??= this.computeEndMatches(id));
  }

  /** Whether no pattern can match any more. */
  isDead(id: NodeSetId): boolean {
    return this.sets.lengthOf(id) === 1;
  }

  private before(id: NodeSetId): Side {
    return this.sets.at(id, 0) as Side;
  }

  private nodes(id: NodeSetId): NodeId[] {
    const nodes: NodeId[] = [];
    for (let i = 1; i < this.sets.lengthOf(id); i++) nodes.push(this.sets.at(id, i));
    return nodes;
  }

  private sideOf(byte: number): Side {
    if (byte > 0x7f && this.options.locale === "UTF-8") return sides.unknown;
    return hasByte(asciiWordBytes, byte) ? sides.word : sides.noWord;
  }

  /** Where the byte leads. Leaves in `alike` the bytes that lead there too. */
  private computeStep(id: NodeSetId, byte: number): NodeSetId {
    const { program, hasWordAssertions, reentry } = this.options;
    const { alike } = this;
    const side = this.sideOf(byte);
    alike.fill(0xffffffff);
    if (hasWordAssertions) this.keepSameSide(alike, side);
    const waiting = hasWordAssertions ? this.passWordAssertions(id, side) : this.nodes(id);
    this.beginClosure();
    const nodes: NodeId[] = [];
    for (const node of waiting) {
      const kind = program.kindOf(node);
      if (kind === nodeKinds.byte) {
        if (narrow(alike, program.bytesOf(node), byte)) this.reach(program.nextOf(node), side, nodes);
      } else if (kind === nodeKinds.character) {
        const tree = program.treeOf(node);
        if (narrow(alike, tree.final, byte)) this.reach(program.nextOf(node), side, nodes);
        if (narrow(alike, tree.leading, byte)) {
          // What may follow differs from one leading byte to the next.
          alike.fill(0);
          alike[byte >>> 5] = 1 << (byte & 31);
          this.reach(program.behindLeadingByte(node, byte), side, nodes);
        }
      } else if (kind === nodeKinds.accept) this.reach(node, side, nodes);
    }
    if (reentry !== undefined) this.reach(reentry, side, nodes);
    return this.intern(side, nodes);
  }

  private keepSameSide(alike: ByteSet, side: Side): void {
    for (let byte = 0; byte < 256; byte++)
      if (this.sideOf(byte) !== side) alike[byte >>> 5] = (alike[byte >>> 5] ?? 0) & ~(1 << (byte & 31));
  }

  /** The nodes of a set and those behind its word assertions that hold before a byte of this side. */
  private passWordAssertions(id: NodeSetId, behind: Side): readonly NodeId[] {
    const { program } = this.options;
    const before = this.before(id);
    this.beginClosure();
    const reached: NodeId[] = [];
    for (const node of this.nodes(id)) this.reach(node, before, reached);
    for (let i = 0; i < reached.length; i++) {
      const node = reached[i] ?? 0;
      if (program.kindOf(node) !== nodeKinds.assertion) continue;
      const assertion = program.assertionOf(node);
      if (assertion !== "line end" && mayHold(assertion, before, behind))
        this.reach(program.nextOf(node), before, reached);
    }
    return reached;
  }

  private computeEndMatches(id: NodeSetId): readonly number[] {
    const { program } = this.options;
    const before = this.before(id);
    this.beginClosure();
    const reached: NodeId[] = [];
    for (const node of this.nodes(id)) this.reach(node, before, reached);
    const matches: number[] = [];
    for (let i = 0; i < reached.length; i++) {
      const node = reached[i] ?? 0;
      const kind = program.kindOf(node);
      if (kind === nodeKinds.accept) matches.push(program.nextOf(node));
      if (kind !== nodeKinds.assertion) continue;
      const assertion = program.assertionOf(node);
      if (assertion === "line end" || mayHold(assertion, before, sides.lineEdge))
        this.reach(program.nextOf(node), before, reached);
    }
    return matches.sort((a, b) => a - b);
  }

  private beginClosure(): void {
    this.closure++;
  }

  /** Adds the nodes that wait and can be reached from `from` without a byte. */
  private reach(from: NodeId, before: Side, into: NodeId[]): void {
    const { program } = this.options;
    const { stack } = this;
    stack.push(from);
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node >= this.seen.length) this.growSeen();
      if (this.seen[node] === this.closure) continue;
      this.seen[node] = this.closure;
      const kind = program.kindOf(node);
      if (kind === nodeKinds.fork) for (const target of program.targetsOf(node)) stack.push(target);
      else if (kind === nodeKinds.assertion && program.assertionOf(node) === "line start") {
        if (before === sides.lineEdge) stack.push(program.nextOf(node));
      } else into.push(node);
    }
  }

  private growSeen(): void {
    const grown = new Uint32Array(Math.max(2 * this.seen.length, 2 * this.options.program.nodeCount));
    grown.set(this.seen);
    this.seen = grown;
  }

  private intern(before: Side, nodes: NodeId[]): NodeSetId {
    const { program, hasWordAssertions } = this.options;
    nodes.sort((a, b) => a - b);
    const hasAssertions = nodes.some((node) => program.kindOf(node) === nodeKinds.assertion);
    // What stands before matters only to assertions; sets that differ in nothing else are one.
    const matters = hasAssertions && (hasWordAssertions || before === sides.lineEdge);
    const relevant = matters ? before : sides.noWord;
    nodes.unshift(relevant);
    return this.sets.intern(nodes);
  }
}

/** Whether a set holds the byte; and leaves in `alike` only the bytes of which the same is true. */
function narrow(alike: ByteSet, set: ByteSet, byte: number): boolean {
  const holds = hasByte(set, byte);
  for (let word = 0; word < byteSetWords; word++)
    alike[word] = (alike[word] ?? 0) & (holds ? (set[word] ?? 0) : ~(set[word] ?? 0));
  return holds;
}

/** True also where the automaton cannot tell: what it lets through is looked at again. */
function mayHold(assertion: AssertionKind, before: Side, behind: Side): boolean {
  if (before === sides.unknown || behind === sides.unknown) return true;
  return wordAssertionHolds(assertion, before === sides.word, behind === sides.word);
}
