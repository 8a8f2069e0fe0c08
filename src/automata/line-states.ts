/**
 * The deterministic automaton over lines, built where lines walk it.
 * Promise: walking a line's bytes from the start state leads to a state whose `endSet` names exactly the patterns of
 * the automaton that match the line.
 *
 * A state is a pair of node sets, the patterns tied to the line's start and the others, and, where trailing white
 * space does not count, the match set of the place where the current run of white space began.
 */
import { hasByte } from "./byte-set.js";
import type { ByteClasses } from "./byte-classes.js";
import type { MatchSets } from "./match-sets.js";
import type { NodeSets, NodeSetId } from "./node-sets.js";
import type { MatchSetId } from "./pattern-set.js";

export type StateId = number;

interface LineState {
  readonly anchored: NodeSetId;
  readonly floating: NodeSetId;
  /** undefined: the last byte was no white space, or white space counts. */
  readonly beforeSpace: MatchSetId | undefined;
}

export interface LineStatesOptions {
  readonly anchored: NodeSets;
  readonly floating: NodeSets;
  readonly classes: ByteClasses;
  readonly matchSets: MatchSets;
  readonly trimsTrailingSpace: boolean;
}

/** No state: the transition has not been built yet. */
export const unbuilt = -1;

export class LineStates {
  readonly start: StateId;
  private readonly options: LineStatesOptions;
  private readonly states: LineState[] = [];
  private readonly ids = new Map<string, StateId>();
  /** By state and class, the next state or `unbuilt`. */
  private table = new Int32Array(0);
  private readonly endSets: (MatchSetId | undefined)[] = [];

  constructor(options: LineStatesOptions) {
    this.options = options;
    this.start = this.intern({
      anchored: options.anchored.start,
      floating: options.floating.start,
      beforeSpace: undefined,
    });
  }

  get size(): number {
    return this.states.length;
  }

  step(id: StateId, byte: number): StateId {
    const { classes } = this.options;
    const next = this.table[id * classes.count + (classes.ofByte[byte] ?? 0)];
    return next === undefined || next === unbuilt ? this.build(id, byte) : next;
  }

  /** The patterns that match if the line ends here. */
  endSet(id: StateId): MatchSetId {
    return (this.endSets[id] ??= this.computeEndSet(this.state(id)));
  }

  private state(id: StateId): LineState {
    const state = this.states[id];
    if (state === undefined) throw new Error(`bug: no state ${id}`);
    return state;
  }

  private computeEndSet({ anchored, floating, beforeSpace }: LineState): MatchSetId {
    if (beforeSpace !== undefined) return beforeSpace;
    const byStart = this.options.anchored.endMatches(anchored);
    const anywhere = this.options.floating.endMatches(floating);
    if (anywhere.length === 0) return this.options.matchSets.intern(byStart);
    return this.options.matchSets.intern([...byStart, ...anywhere].sort((a, b) => a - b));
  }

  /** Builds a transition, and with it those of all bytes that behave alike. */
  private build(id: StateId, byte: number): StateId {
    const { anchored, floating, classes, trimsTrailingSpace } = this.options;
    const state = this.state(id);
    const byAnchored = anchored.step(state.anchored, byte);
    const byFloating = floating.step(state.floating, byte);
    const isSpace = trimsTrailingSpace && isWhiteSpace(byte);
    const next = this.intern({
      anchored: byAnchored.next,
      floating: byFloating.next,
      beforeSpace: isSpace ? this.endSet(id) : undefined,
    });
    const row = id * classes.count;
    for (let index = 0; index < classes.count; index++) {
      const first = classes.firstBytes[index] ?? 0;
      const isAlike =
        hasByte(byAnchored.alike, first) &&
        hasByte(byFloating.alike, first) &&
        (trimsTrailingSpace && isWhiteSpace(first)) === isSpace;
      if (isAlike) this.table[row + index] = next;
    }
    return next;
  }

  private intern(state: LineState): StateId {
    const key = `${state.anchored},${state.floating},${state.beforeSpace ?? ""}`;
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.states.length;
      this.ids.set(key, id);
      this.states.push(state);
      this.endSets.push(undefined);
      this.reserveRow(id);
    }
    return id;
  }

  private reserveRow(id: StateId): void {
    const width = this.options.classes.count;
    if ((id + 1) * width <= this.table.length) return;
    const grown = new Int32Array(Math.max(64, 2 * (id + 1)) * width).fill(unbuilt);
    grown.set(this.table);
    this.table = grown;
  }
}

/** What is cut from a line's end: the bytes of [[:space:]] in ASCII. */
export function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
