/**
 * Says how far into a line the beginnings of many patterns match it.
 * Promise: a line is walked once, however many patterns there are; what a walk has built serves the next line.
 *
 * Each part of a pattern is followed by a node that accepts if the line ended there. Patterns that begin alike share the
 * nodes of what they share.
 */
import type { Locale } from "../alphabet/locale.js";
import { NodeSets } from "../nfa/node-sets.js";
import { NodeSteps, sidesOfBytes } from "../nfa/node-steps.js";
import { Program, type NodeId } from "../nfa/program.js";
import { lineEnd } from "../syntax/leaves.js";
import type { SyntaxTree } from "../syntax/syntax-tree.js";

/** A beginning of a pattern, up to the end of one of its parts. Patterns with the same beginning have the same number. */
export type PrefixId = number;

/** A pattern that is one sequence of parts and tied to the line's start. Back-references stand for anything in it. */
export interface PrefixedPattern {
  readonly ere: string;
  readonly parts: readonly SyntaxTree[];
}

/** The nodes of all sets at most: past that they are built anew. */
const mostSetNodes = 1 << 22;

interface Prefix {
  readonly tree: SyntaxTree;
  readonly following: PrefixId[];
}

export class PrefixWalk {
  /** By pattern, its prefixes from the shortest to the longest. */
  readonly prefixes: readonly (readonly PrefixId[])[];
  readonly prefixCount: number;
  private readonly steps: NodeSteps;
  private readonly entry: NodeId;
  private states: NodeSets;

  constructor(patterns: readonly PrefixedPattern[], locale: Locale) {
    const all: Prefix[] = [];
    const first: PrefixId[] = [];
    const byText = new Map<string, PrefixId>();
    this.prefixes = patterns.map(({ ere, parts }) => {
      let following = first;
      return parts.map((tree) => {
        const text = ere.slice(0, tree.end);
        let id = byText.get(text);
        if (id === undefined) {
          id = all.push({ tree, following: [] }) - 1;
          byText.set(text, id);
          following.push(id);
        }
        ({ following } = all[id]!);
        return id;
      });
    });
    this.prefixCount = all.length;
    const program = new Program({ keepsGroups: false });
    this.entry = entryOf(program, all, first);
    // Edges of words cost little where there are none.
    this.steps = new NodeSteps({ program, sides: sidesOfBytes(locale), hasWordAssertions: true });
    this.states = this.newStates();
  }

  /** Tells of each prefix that matches the line's first bytes, and how many; shorter matches first. */
  walk(line: Uint8Array, tell: (prefix: PrefixId, lengthBytes: number) => void): void {
    if (this.states.totalNodes > mostSetNodes) this.states = this.newStates();
    const { states } = this;
    let state = states.start;
    for (let length = 0; ; length++) {
      for (const prefix of states.endMatches(state)) tell(prefix, length);
      if (length === line.length || states.lengthOf(state) === 0) return;
      state = states.nextOf(states.step(state, line[length] ?? 0));
    }
  }

  private newStates(): NodeSets {
    return new NodeSets({ steps: this.steps, entry: this.entry, reentry: undefined });
  }
}

/** From the last prefix to the first, since those that follow one come after it. */
function entryOf(program: Program, all: readonly Prefix[], first: readonly PrefixId[]): NodeId {
  const nodes: NodeId[] = [];
  const nodesOf = (ids: readonly PrefixId[]): NodeId[] => ids.map((id) => nodes[id] ?? 0);
  for (let id = all.length - 1; id >= 0; id--) {
    const { tree, following } = all[id]!;
    const ended = program.continuation(lineEnd, program.accept(id));
    nodes[id] = program.continuation(tree, program.fork([ended, ...nodesOf(following)]));
  }
  return program.fork(nodesOf(first));
}
