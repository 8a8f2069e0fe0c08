/**
 * Walks a line with sets of nodes that are forgotten at once: for when building states is not worth it.
 * Promise: finds exactly the patterns that the automaton would find, in time linear in the line's length and in the
 * patterns' nodes, and in memory that does not grow with the line.
 */
import { NodeList } from "./node-list.js";
import { sides, type NodeSteps } from "./node-steps.js";
import type { NodeId } from "./program.js";

export interface NodeSimulationOptions {
  readonly steps: NodeSteps;
  /** Where patterns start anew after each byte. */
  readonly reentry: NodeId;
}

export class NodeSimulation {
  private readonly options: NodeSimulationOptions;
  private nodes = new NodeList();
  private afterByte = new NodeList();
  /** What waits where patterns start anew; the same after every byte. */
  private reentered: NodeList | undefined;

  constructor(options: NodeSimulationOptions) {
    this.options = options;
  }

  /** An empty list, to be filled with the nodes from which the next walk starts. */
  begin(): NodeList {
    this.nodes.length = 0;
    return this.nodes;
  }

  /**
   * The patterns that match the line, ascending. The walk starts at the nodes given before, which are where the line's
   * first `start` bytes have led; the line ends at `end`.
   */
  matches(line: Uint8Array, lineStart: number, start: number, end: number): readonly number[] {
    const { steps } = this.options;
    const reentered = (this.reentered ??= this.reenter());
    let before = start === lineStart ? sides.lineEdge : steps.sideOf(line[start - 1] ?? 0);
    for (let i = start; i < end; i++) {
      const byte = line[i] ?? 0;
      const side = steps.sideOf(byte);
      const waiting = steps.hasWordAssertions
        ? steps.passWordAssertions(this.nodes, before, side)
        : this.nodes;
      steps.step(waiting, byte, side, this.afterByte);
      steps.add(reentered, this.afterByte);
      [this.nodes, this.afterByte] = [this.afterByte, this.nodes];
      before = side;
    }
    return steps.endMatches(this.nodes, before);
  }

  private reenter(): NodeList {
    const { steps, reentry } = this.options;
    const reentered = new NodeList();
    steps.begin(reentered);
    steps.reach(reentry, sides.unknown, reentered);
    return reentered;
  }
}
