/**
 * The deterministic automaton over lines, built where lines walk it.
 * Promise: walking a line's bytes from the start row and then a newline leads to the sink of the match set that names
 * exactly the patterns of the automaton that match the line.
 *
 * A state is a pair of node sets, the patterns tied to the line's start and the others, and, where trailing white
 * space does not count, the match set of the place where the current run of white space began. So twelve patterns that
 * are alive from a line's first byte to its last are stepped once for each of their few node sets, not once for each
 * state of the other 1,523.
 */
import { byteSetWords } from "../alphabet/byte-set.js";
import type { ByteClasses } from "../alphabet/byte-classes.js";
import type { Components } from "../nfa/components.js";
import type { MatchSetId, MatchSets } from "./match-sets.js";
import type { AcceptSinks } from "./accept-sinks.js";
import type { SavedStates } from "./saved-states.js";
import type { ScanMemory } from "./scan-memory.js";
import { notInSpace, StateTable, unknown, type PartsId, type State } from "./state-table.js";
import { isWhiteSpace, trimmedEnd, whiteSpace } from "../alphabet/white-space.js";

/** The address of a state's row. */
export type Row = number;

/** Where a transition that is not built leads. */
const missingRow: Row = 0;

const newline = 0x0a;
/** The nodes of all node sets at most, 4 bytes each. `((a{0,99}){0,99}){0,9}` alone has 88,000 in each of its sets. */
const mostSetNodes = 1 << 23;

export interface LineStatesOptions {
  /** Asked for when the first transition is missing, which with saved states may be never. */
  readonly components: () => Components;
  readonly classes: ByteClasses;
  readonly matchSets: MatchSets;
  readonly memory: ScanMemory;
  readonly trimsTrailingSpace: boolean;
  readonly sinks: AcceptSinks;
  /** At most so many states are kept. */
  readonly mostStates: number;
}

export class LineStates {
  /** A row that leads to itself whatever comes, for lanes that have nothing to do. */
  readonly parkRow: Row;
  readonly startRow: Row;
  /** Where `follow` has led. */
  reachedRow: Row = missingRow;
  private readonly options: LineStatesOptions;
  private table = new StateTable();
  private hasFlushed = false;
  private hasManySetNodes = false;

  constructor(options: LineStatesOptions) {
    this.options = options;
    const { memory } = options;
    this.parkRow = memory.statesAt;
    this.startRow = memory.statesAt + memory.rowBytes;
    memory.words.fill(this.parkRow, this.parkRow >> 2, this.startRow >> 2);
    this.addState(unknown, unknown, 0);
  }

  /** Makes room for another state. Out: whether there is any. Views of the memory may be useless afterwards. */
  makeRoom(): boolean {
    if (this.hasManySetNodes || this.table.size >= this.options.mostStates) return false;
    const { memory } = this.options;
    return memory.reserve(this.rowOf(this.table.size) + memory.rowBytes);
  }

  get size(): number {
    return this.table.size;
  }

  /**
   * Follows the transitions that are built from a row on. Out: the place of the first byte that has none, or `end`; the
   * row there is left in `reachedRow`.
   */
  follow(from: Row, bytes: Uint8Array, start: number, end: number): number {
    const { words } = this.options.memory;
    const { ofByte } = this.options.classes;
    let row = from;
    let place = start;
    // This loop walks small logs whole, so it calls nothing. All indices are within the arrays.
    for (; place < end; place++) {
      const next = words[(row >> 2) + ofByte[bytes[place]!]!]!;
      if (next === missingRow) break;
      row = next;
    }
    this.reachedRow = row;
    return place;
  }

  /** Builds a transition by a byte other than a newline, and with it those of all bytes that behave alike. */
  build(row: Row, byte: number): Row {
    const { memory, classes, trimsTrailingSpace } = this.options;
    const { anchored, unanchored } = this.options.components();
    const state = this.stateAt(row);
    const parts = this.partsOf(state);
    const byAnchored = anchored.step(this.table.anchoredOf(parts), byte);
    const byUnanchored = unanchored.step(this.table.unanchoredOf(parts), byte);
    const isSpace = trimsTrailingSpace && isWhiteSpace(byte);
    const next = this.rowOfParts(this.partsAfter(parts, byte), state, byte);
    for (let word = 0; word < byteSetWords; word++) {
      let alike =
        anchored.alikeWord(byAnchored, word) &
        unanchored.alikeWord(byUnanchored, word) &
        (classes.firstBytes[word] ?? 0);
      if (trimsTrailingSpace) alike &= isSpace ? (whiteSpace[word] ?? 0) : ~(whiteSpace[word] ?? 0);
      for (; alike !== 0; alike &= alike - 1) {
        const first = 32 * word + 31 - Math.clz32(alike & -alike);
        memory.words[(row >> 2) + (classes.ofByte[first] ?? 0)] = next;
      }
    }
    return next;
  }

  /** The patterns that match if the line ends in this state. Builds the newline's transition. */
  endSet(row: Row): MatchSetId {
    const { memory, classes, sinks } = this.options;
    const place = (row >> 2) + (classes.ofByte[newline] ?? 0);
    const known = memory.words[place] ?? missingRow;
    if (known !== missingRow) return sinks.matchSetOf(known);
    const matchSet = this.endSetOf(this.partsOf(this.stateAt(row)));
    memory.words[place] = sinks.of(matchSet) ?? missingRow;
    return matchSet;
  }

  /**
   * The patterns that match the line from `lineStart` to `end`, whose bytes before `place` have led to this row. Walks
   * the rest without building anything.
   */
  simulate(row: Row, line: Uint8Array, lineStart: number, place: number, end: number): MatchSetId {
    const { components, matchSets, trimsTrailingSpace } = this.options;
    const parts = this.partsOf(this.stateAt(row));
    const matchedEnd = trimsTrailingSpace ? trimmedEnd(line, place, end) : end;
    if (matchedEnd === place) return this.endSetOf(parts);
    const { anchored, unanchored, simulation } = components();
    const nodes = simulation.begin();
    anchored.addTo(nodes, this.table.anchoredOf(parts));
    unanchored.addTo(nodes, this.table.unanchoredOf(parts));
    return matchSets.intern(simulation.matches(line, lineStart, place, matchedEnd));
  }

  /**
   * Forgets all states but one, which gets a new row. Rows got before mean nothing afterwards; sinks and their counts
   * stay.
   */
  flush(kept: Row): Row {
    const { memory, components } = this.options;
    const { anchored, unanchored } = components();
    const parts = this.partsOf(this.stateAt(kept));
    const beforeSpace = this.table.beforeSpaceOf(parts);
    const byStart = anchored.flush(this.table.anchoredOf(parts));
    const anywhere = unanchored.flush(this.table.unanchoredOf(parts));
    memory.words.fill(missingRow, this.startRow >> 2, this.rowOf(this.table.size) >> 2);
    this.hasFlushed = true;
    this.hasManySetNodes = false;
    this.table = new StateTable();
    this.addState(this.startParts(), unknown, 0);
    return this.rowOfParts(this.table.internParts(byStart, anywhere, beforeSpace), unknown, 0);
  }

  /** The match sets that states lead to, by what came before the white space that they are in. */
  heldMatchSets(): ReadonlySet<MatchSetId> {
    return this.table.setsBeforeSpace();
  }

  /**
   * What is worth keeping, to be used before the next line is walked: the rows are not copied. After a flush that is
   * nothing: the states are not worth it, and one has lost its parents.
   */
  save(): Pick<SavedStates, "sinkSets" | "origins" | "rows"> {
    const { memory, sinks } = this.options;
    const kept = this.hasFlushed ? new StateTable() : this.table;
    const from = this.startRow >> 2;
    const rows = memory.words.subarray(from, from + kept.size * memory.classCount);
    return { sinkSets: sinks.matchSets(), origins: kept.origins(), rows };
  }

  /** Takes saved states into an automaton that has walked nothing yet. The match sets have been restored before. */
  restore({ sinkSets, origins, rows }: SavedStates): void {
    const { memory, sinks } = this.options;
    const count = origins.length / 2;
    if (count === 0) return;
    if (!memory.reserve(this.startRow + count * memory.rowBytes)) return;
    memory.words.set(rows, this.startRow >> 2);
    this.table = new StateTable();
    for (let state = 0; state < count; state++)
      this.table.add(unknown, origins[2 * state] ?? unknown, origins[2 * state + 1] ?? 0);
    for (const id of sinkSets) sinks.of(id);
  }

  private stateAt(row: Row): State {
    return (row - this.startRow) / this.options.memory.rowBytes;
  }

  private rowOf(state: State): Row {
    return this.startRow + state * this.options.memory.rowBytes;
  }

  /** What a state is. For a restored state its bytes from the start are walked again. */
  private partsOf(state: State): PartsId {
    const known = this.table.partsOf(state);
    if (known !== unknown) return known;
    const path: State[] = [];
    let at = state;
    for (; at !== unknown && this.table.partsOf(at) === unknown; at = this.table.parentOf(at)) path.push(at);
    let parts = at === unknown ? unknown : this.table.partsOf(at);
    for (let next = path.pop(); next !== undefined; next = path.pop()) {
      parts = parts === unknown ? this.startParts() : this.partsAfter(parts, this.table.byteOf(next));
      this.table.learn(next, parts);
    }
    return parts;
  }

  private startParts(): PartsId {
    const { anchored, unanchored } = this.options.components();
    return this.table.internParts(anchored.start, unanchored.start, notInSpace);
  }

  private partsAfter(parts: PartsId, byte: number): PartsId {
    const { components, trimsTrailingSpace } = this.options;
    const { anchored, unanchored } = components();
    const byStart = anchored.nextOf(anchored.step(this.table.anchoredOf(parts), byte));
    const anywhere = unanchored.nextOf(unanchored.step(this.table.unanchoredOf(parts), byte));
    this.hasManySetNodes = anchored.totalNodes + unanchored.totalNodes >= mostSetNodes;
    const isSpace = trimsTrailingSpace && isWhiteSpace(byte);
    return this.table.internParts(byStart, anywhere, isSpace ? this.endSetOf(parts) : notInSpace);
  }

  private endSetOf(parts: PartsId): MatchSetId {
    const { components, matchSets } = this.options;
    const beforeSpace = this.table.beforeSpaceOf(parts);
    if (beforeSpace !== notInSpace) return beforeSpace;
    const { anchored, unanchored } = components();
    const byStart = anchored.endMatches(this.table.anchoredOf(parts));
    const anywhere = unanchored.endMatches(this.table.unanchoredOf(parts));
    if (anywhere.length === 0) return matchSets.intern(byStart);
    return matchSets.intern([...byStart, ...anywhere].sort((a, b) => a - b));
  }

  private rowOfParts(parts: PartsId, parent: State, byte: number): Row {
    const known = this.table.stateOf(parts);
    return this.rowOf(known === unknown ? this.addState(parts, parent, byte) : known);
  }

  private addState(parts: PartsId, parent: State, byte: number): State {
    const { memory } = this.options;
    const state = this.table.add(parts, parent, byte);
    if (!memory.reserve(this.rowOf(state) + memory.rowBytes))
      throw new Error("bug: a state was added where there is no room");
    return state;
  }
}
