/**
 * Sets of program nodes: where the patterns can be after the same bytes. Each set is kept once, known by a number.
 * Promise: a step from a set is the set of all nodes that its nodes can reach by that byte.
 */
import { hasByte, type ByteSet, byteSetWords } from "../alphabet/byte-set.js";
import { Int32List } from "./int32-list.js";
import { InternedLists } from "./interned-lists.js";
import { NodeList } from "./node-list.js";
import { sides, type NodeSteps, type Side } from "./node-steps.js";
import { nodeKinds, type NodeId } from "./program.js";

export type NodeSetId = number;

/** A step from one set by one byte, and by all bytes that lead to the same set. */
export type StepId = number;

export interface NodeSetsOptions {
  readonly steps: NodeSteps;
  /** Where the patterns start at the line's start. */
  readonly entry: NodeId;
  /** Where patterns start anew after each byte, for those that are not tied to the line's start. */
  readonly reentry: NodeId | undefined;
}

const none = -1;

export class NodeSets {
  private readonly options: NodeSetsOptions;
  /** Each set as its nodes in ascending order, then what stands before it. */
  private sets = new InternedLists();
  /** Sets of bytes that behave alike. A few hundred serve all steps: as objects of their own they took half the memory. */
  private readonly alikes = new InternedLists();
  private readonly alike = new Int32Array(byteSetWords);
  /** By set, the step computed last, plus one; by step, where it leads, its bytes, and the step computed before it. */
  private lastSteps = new Int32List();
  private stepNexts = new Int32List();
  private stepAlikes = new Int32List();
  private stepsBefore = new Int32List();
  private knownEndMatches: (readonly number[] | undefined)[] = [];
  private readonly from = new NodeList();
  private readonly into = new NodeList();

  constructor(options: NodeSetsOptions) {
    this.options = options;
  }

  /** The nodes of all sets together, which is what they cost in memory. */
  get totalNodes(): number {
    return this.sets.totalLength;
  }

  /** The set before the first byte of a line. */
  get start(): NodeSetId {
    return this.startAt([this.options.entry]);
  }

  /** The same where patterns start at other nodes. */
  startAt(entries: readonly NodeId[]): NodeSetId {
    const { steps } = this.options;
    steps.begin(this.into);
    for (const entry of entries) steps.reach(entry, sides.lineEdge, this.into);
    return this.intern(sides.lineEdge, this.into);
  }

  /** Forgets all sets but one, which gets a new number. */
  flush(kept: NodeSetId): NodeSetId {
    const before = this.load(kept);
    this.sets = new InternedLists();
    this.lastSteps = new Int32List();
    this.stepNexts = new Int32List();
    this.stepAlikes = new Int32List();
    this.stepsBefore = new Int32List();
    this.knownEndMatches = [];
    return this.intern(before, this.from);
  }

  step(id: NodeSetId, byte: number): StepId {
    const last = this.lastSteps.at(id) - 1;
    for (let step = last; step !== none; step = this.stepsBefore.at(step))
      if (((this.alikeWord(step, byte >>> 5) >>> (byte & 31)) & 1) === 1) return step;
    const next = this.computeStep(id, byte);
    const step = this.stepNexts.push(next);
    this.stepAlikes.push(this.alikes.intern(this.alike));
    this.stepsBefore.push(last);
    this.lastSteps.set(id, step + 1);
    return step;
  }

  /** The set that a step leads to. */
  nextOf(step: StepId): NodeSetId {
    return this.stepNexts.at(step);
  }

  /** One of the eight words of the set of bytes that a step is by. */
  alikeWord(step: StepId, word: number): number {
    return this.alikes.at(this.stepAlikes.at(step), word);
  }

  /** The patterns that match if the line ends here, ascending. */
  endMatches(id: NodeSetId): readonly number[] {
    return (this.knownEndMatches[id] ??= this.options.steps.endMatches(this.from, this.load(id)));
  }

  /** How many nodes a set has. */
  lengthOf(id: NodeSetId): number {
    return this.sets.lengthOf(id) - 1;
  }

  /** Whether a pattern has matched, whatever follows. */
  hasAccepted(id: NodeSetId): boolean {
    const { program } = this.options.steps;
    for (let i = 0; i < this.lengthOf(id); i++)
      if (program.kindOf(this.sets.at(id, i)) === nodeKinds.accept) return true;
    return false;
  }

  /** Whether all nodes of a set are in the other, after bytes that leave the same before the next one. */
  isPartOf(part: NodeSetId, whole: NodeSetId): boolean {
    const [length, wholeLength] = [this.lengthOf(part), this.lengthOf(whole)];
    return this.sets.at(part, length) === this.sets.at(whole, wholeLength) && this.isWithin(part, whole);
  }

  /** Whether all nodes of a set are in the other, where both are known to be reached by the same bytes. */
  isWithin(part: NodeSetId, whole: NodeSetId): boolean {
    const [length, wholeLength] = [this.lengthOf(part), this.lengthOf(whole)];
    if (length > wholeLength) return false;
    let at = 0;
    for (let i = 0; i < length; i++) {
      const node = this.sets.at(part, i);
      while (at < wholeLength && this.sets.at(whole, at) < node) at++;
      if (at === wholeLength || this.sets.at(whole, at) !== node) return false;
    }
    return true;
  }

  /** The set of one of the nodes of a set, after the same bytes. In: the node's place in the set. */
  alone(id: NodeSetId, place: number): NodeSetId {
    this.into.length = 0;
    this.into.add(this.sets.at(id, place));
    return this.intern(this.sets.at(id, this.lengthOf(id)) as Side, this.into);
  }

  /** Adds the nodes of a set to a list. */
  addTo(list: NodeList, id: NodeSetId): void {
    for (let i = 0; i < this.lengthOf(id); i++) list.add(this.sets.at(id, i));
  }

  /** Brings a set's nodes into `from`; tells what stands before it. */
  private load(id: NodeSetId): Side {
    this.from.length = 0;
    this.addTo(this.from, id);
    return this.sets.at(id, this.from.length) as Side;
  }

  /** Where the byte leads. Leaves in `alike` the bytes that lead there too. */
  private computeStep(id: NodeSetId, byte: number): NodeSetId {
    const { steps, reentry } = this.options;
    const { into } = this;
    const side = steps.sideOf(byte);
    const before = this.load(id);
    const waiting = steps.hasWordAssertions ? steps.passWordAssertions(this.from, before, side) : this.from;
    this.findAlike(waiting, byte, side);
    steps.step(waiting, byte, side, into);
    if (reentry !== undefined) steps.reach(reentry, side, into);
    return this.intern(side, into);
  }

  private findAlike(waiting: NodeList, byte: number, side: Side): void {
    const { steps } = this.options;
    const { program } = steps;
    const { alike } = this;
    alike.fill(-1);
    if (steps.hasWordAssertions) this.keepSameSide(side);
    for (let i = 0; i < waiting.length; i++) {
      const node = waiting.nodes[i] ?? 0;
      const kind = program.kindOf(node);
      if (kind === nodeKinds.byte) narrow(alike, program.bytesOf(node), byte);
      if (kind !== nodeKinds.character) continue;
      const tree = program.treeOf(node);
      narrow(alike, tree.final, byte);
      narrow(alike, tree.leading, byte);
      if (!hasByte(tree.leading, byte)) continue;
      // What may follow differs from one leading byte to the next.
      alike.fill(0);
      alike[byte >>> 5] = 1 << (byte & 31);
    }
  }

  private keepSameSide(side: Side): void {
    const { steps } = this.options;
    for (let byte = 0; byte < 256; byte++)
      if (steps.sideOf(byte) !== side)
        this.alike[byte >>> 5] = (this.alike[byte >>> 5] ?? 0) & ~(1 << (byte & 31));
  }

  private intern(before: Side, list: NodeList): NodeSetId {
    list.sort();
    list.add(this.relevantSide(before, list));
    const { size } = this.sets;
    const id = this.sets.intern(list.nodes, list.length);
    if (id === size) this.lastSteps.push(0);
    return id;
  }

  /** What stands before matters only to assertions; sets that differ in nothing else are one. */
  private relevantSide(before: Side, { nodes, length }: NodeList): Side {
    const { program, hasWordAssertions } = this.options.steps;
    if (!hasWordAssertions && before !== sides.lineEdge) return sides.noWord;
    for (let i = 0; i < length; i++) if (program.kindOf(nodes[i] ?? 0) === nodeKinds.assertion) return before;
    return sides.noWord;
  }
}

/** Leaves in `alike` only the bytes of which the same is true: that the set holds them, or that it does not. */
function narrow(alike: Int32Array, set: ByteSet, byte: number): void {
  const flip = hasByte(set, byte) ? 0 : -1;
  for (let word = 0; word < byteSetWords; word++)
    alike[word] = (alike[word] ?? 0) & ((set[word] ?? 0) ^ flip);
}
