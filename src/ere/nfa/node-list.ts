/**
 * Nodes in the order in which they were found, in an array that is used again and again.
 * Promise: once it has grown to the size that is needed, adding allocates nothing.
 */
import { withRoom } from "./int32-list.js";
import type { NodeId } from "./program.js";

export class NodeList {
  /** The first `length` count. */
  nodes = new Int32Array(64);
  length = 0;

  add(node: NodeId): void {
    if (this.length === this.nodes.length) this.nodes = withRoom(this.nodes, this.length + 1);
    this.nodes[this.length++] = node;
  }

  sort(): void {
    const { nodes, length } = this;
    if (length > longestForInsertion) {
      nodes.subarray(0, length).sort();
      return;
    }
    for (let i = 1; i < length; i++) {
      const node = nodes[i] ?? 0;
      let place = i;
      for (; place > 0 && (nodes[place - 1] ?? 0) > node; place--) nodes[place] = nodes[place - 1] ?? 0;
      nodes[place] = node;
    }
  }
}

/** Most sets of Debian's rules have 2 to 5 nodes, which the sort of typed arrays takes longer for. */
const longestForInsertion = 40;
