/**
 * How nodes are walked: what they reach by a byte, and what without one.
 * Promise: what is reached is all that can be reached, each node once, whether the result becomes a set of its own
 * (`node-sets.ts`) or is only a place on the way (`node-simulation.ts`).
 *
 * The nodes that are kept are those that wait: for a byte, for the line's end, or for the next byte to tell whether a
 * word ends. Nodes that accept stay to the line's end, since a pattern that has matched once has matched.
 */
import { hasByte } from "../alphabet/byte-set.js";
import { asciiWordBytes } from "../alphabet/character-classes.js";
import { withRoom } from "./int32-list.js";
import type { Locale } from "../alphabet/locale.js";
import { NodeList } from "./node-list.js";
import { nodeKinds, type NodeId, type Program } from "./program.js";
import type { AssertionKind } from "../syntax/syntax-tree.js";
import { wordAssertionHolds } from "./word-assertion.js";

/** What stands before or after a place: a byte above 127 may be part of a word in UTF-8, and the automaton cannot tell. */
export const sides = { lineEdge: 0, noWord: 1, word: 2, unknown: 3 } as const;
export type Side = (typeof sides)[keyof typeof sides];

export interface NodeStepsOptions {
  readonly program: Program;
  /** By byte. */
  readonly sides: Uint8Array;
  readonly hasWordAssertions: boolean;
}

/** The side that each byte is. */
export function sidesOfBytes(locale: Locale): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    if (byte > 0x7f && locale === "UTF-8") return sides.unknown;
    return hasByte(asciiWordBytes, byte) ? sides.word : sides.noWord;
  });
}

export class NodeSteps {
  readonly program: Program;
  readonly hasWordAssertions: boolean;
  private readonly sideOfByte: Uint8Array;
  /** By node, the closure that saw it last. */
  private seen = new Int32Array(1024);
  private closure = 0;
  private stack = new Int32Array(64);
  private readonly afterAssertions = new NodeList();

  constructor(options: NodeStepsOptions) {
    this.program = options.program;
    this.hasWordAssertions = options.hasWordAssertions;
    this.sideOfByte = options.sides;
  }

  sideOf(byte: number): Side {
    return this.sideOfByte[byte] as Side;
  }

  /** Empties a list, to have the nodes of one closure: what is reached from now on is added to it once. */
  begin(into: NodeList): void {
    into.length = 0;
    if (this.closure === lastClosure) {
      this.seen.fill(0);
      this.closure = 0;
    }
    this.closure++;
  }

  /** Adds the nodes that wait and can be reached from `from` without a byte. */
  reach(from: NodeId, before: Side, into: NodeList): void {
    const seenBy = this.seen[from];
    if (seenBy === this.closure) return;
    // Most nodes wait themselves. Apart from the others they are a fourth quicker, since this much is inlined.
    if (seenBy !== undefined && this.program.kindOf(from) === nodeKinds.byte) {
      this.seen[from] = this.closure;
      into.add(from);
    } else this.follow(from, before, into);
  }

  /** Adds nodes that wait, those that are not there yet. */
  add(waiting: NodeList, into: NodeList): void {
    const { seen, closure } = this;
    for (let i = 0; i < waiting.length; i++) {
      const node = waiting.nodes[i] ?? 0;
      if (seen[node] === closure) continue;
      seen[node] = closure;
      into.add(node);
    }
  }

  /** The waiting nodes, and those after word assertions that hold between these sides. */
  passWordAssertions(waiting: NodeList, before: Side, after: Side): NodeList {
    return this.passAssertions(waiting, before, after, false);
  }

  /** What the nodes reach by a byte; `after` is the byte's side. Word assertions have been passed before. */
  step(waiting: NodeList, byte: number, after: Side, into: NodeList): void {
    const { program } = this;
    const { nodes, length } = waiting;
    this.begin(into);
    for (let i = 0; i < length; i++) {
      const node = nodes[i] ?? 0;
      const kind = program.kindOf(node);
      if (kind === nodeKinds.byte) {
        if (hasByte(program.bytesOf(node), byte)) this.reach(program.nextOf(node), after, into);
      } else if (kind === nodeKinds.accept) this.reach(node, after, into);
      else if (kind === nodeKinds.character) {
        const tree = program.treeOf(node);
        if (hasByte(tree.final, byte)) this.reach(program.nextOf(node), after, into);
        if (hasByte(tree.leading, byte)) this.reach(program.afterLeadingByte(node, byte), after, into);
      }
    }
  }

  /** The patterns that match if the line ends here, ascending. */
  endMatches(waiting: NodeList, before: Side): readonly number[] {
    const { program } = this;
    const { nodes, length } = this.passAssertions(waiting, before, sides.lineEdge, true);
    const matches: number[] = [];
    for (let i = 0; i < length; i++) {
      const node = nodes[i] ?? 0;
      if (program.kindOf(node) === nodeKinds.accept) matches.push(program.nextOf(node));
    }
    return matches.sort((a, b) => a - b);
  }

  private follow(from: NodeId, before: Side, into: NodeList): void {
    const { program } = this;
    let depth = 0;
    let node = from;
    for (;;) {
      if (node >= this.seen.length) this.seen = withRoom(this.seen, program.nodeCount);
      if (this.seen[node] !== this.closure) {
        this.seen[node] = this.closure;
        const kind = program.kindOf(node);
        if (kind === nodeKinds.fork) {
          const targets = program.targetsOf(node);
          this.stack = withRoom(this.stack, depth + targets.length);
          for (let i = 0; i < targets.length; i++) this.stack[depth++] = targets[i] ?? 0;
        } else if (kind === nodeKinds.assertion && program.assertionOf(node) === "line start") {
          if (before === sides.lineEdge) {
            node = program.nextOf(node);
            continue;
          }
        } else into.add(node);
      }
      if (depth === 0) return;
      node = this.stack[--depth] ?? 0;
    }
  }

  private passAssertions(waiting: NodeList, before: Side, after: Side, isAtLineEnd: boolean): NodeList {
    const { program, afterAssertions: reached } = this;
    this.begin(reached);
    for (let i = 0; i < waiting.length; i++) this.reach(waiting.nodes[i] ?? 0, before, reached);
    for (let i = 0; i < reached.length; i++) {
      const node = reached.nodes[i] ?? 0;
      if (program.kindOf(node) !== nodeKinds.assertion) continue;
      const assertion = program.assertionOf(node);
      if (assertion === "line end" ? isAtLineEnd : mayHold(assertion, before, after))
        this.reach(program.nextOf(node), before, reached);
    }
    return reached;
  }
}

/** Two gigabytes of simulated log need more closures than fit `seen`. */
const lastClosure = 0x7fffffff;

/** True also where the automaton cannot tell: what it takes is verified. */
function mayHold(assertion: AssertionKind, before: Side, after: Side): boolean {
  if (before === sides.unknown || after === sides.unknown) return true;
  return wordAssertionHolds(assertion, before === sides.word, after === sides.word);
}
