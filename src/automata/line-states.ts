/**
 * The deterministic automaton over lines, built where lines walk it.
 * Promise: walking a line's bytes from the start row and then a newline leads to the trap of the match set that names
 * exactly the patterns of the automaton that match the line.
 *
 * A state is a pair of node sets, the patterns tied to the line's start and the others, and, where trailing white
 * space does not count, the match set of the place where the current run of white space began. So twelve patterns that
 * are alive from a line's first byte to its last are stepped once for each of their few node sets, not once for each
 * state of the other 1,523.
 */
import { byteSetOf, byteSetWords, emptyByteSet, hasByte } from "./byte-set.js";
import type { ByteClasses } from "./byte-classes.js";
import type { Components } from "./components.js";
import { InternedLists } from "./interned-lists.js";
import type { MatchSets } from "./match-sets.js";
import type { MatchSetId } from "./pattern-set.js";
import type { SavedStates } from "./saved-states.js";
import {
  classesAt,
  listedLineBytes,
  mostTraps,
  trapFields,
  trapsAt,
  type ScanMemory,
} from "./scan-memory.js";

/** The address of a state's row. */
export type Row = number;

/** Where a transition that is not built leads. */
export const missingRow: Row = 0;

const newline = 0x0a;
/** The nodes of all node sets at most, 4 bytes each. `((a{0,99}){0,99}){0,9}` alone has 88,000 in each of its sets. */
const mostSetNodes = 1 << 23;
/** In a state: the last byte was no white space, or white space counts. */
const notInSpace = -1;
const unknown = -1;

export interface LineStatesOptions {
  /** Asked for when the first transition is missing, which with saved states may be never. */
  readonly components: () => Components;
  readonly classes: ByteClasses;
  readonly matchSets: MatchSets;
  readonly memory: ScanMemory;
  readonly trimsTrailingSpace: boolean;
  readonly isListed: (matches: MatchSetId) => boolean;
  /** At most so many states are kept. */
  readonly mostStates: number;
}

export class LineStates {
  /** A row that leads to itself whatever comes, for lanes that have nothing to do. */
  readonly parkRow: Row;
  readonly startRow: Row;
  private readonly options: LineStatesOptions;
  /** What the states are: [anchored, floating, match set before the white space]. */
  private triples = new InternedLists();
  private stateOfTriple: number[] = [];
  /** By state, its triple, or `unknown` where the state was restored and not needed yet. */
  private tripleOfState: number[] = [];
  /** By state, the state that it was first reached from, and by which byte. */
  private parents: number[] = [];
  private bytes: number[] = [];
  private readonly trapOfMatchSet: Row[] = [];
  private hasFlushed = false;
  private hasManySetNodes = false;

  constructor(options: LineStatesOptions) {
    this.options = options;
    const { memory } = options;
    this.parkRow = memory.statesAt;
    this.startRow = memory.statesAt + memory.rowBytes;
    memory.reserve(this.startRow + memory.rowBytes);
    memory.words.fill(this.parkRow, this.parkRow >> 2, this.startRow >> 2);
    this.addState(unknown, unknown, 0);
  }

  get isFull(): boolean {
    return this.hasManySetNodes || this.tripleOfState.length >= this.options.mostStates;
  }

  get size(): number {
    return this.tripleOfState.length;
  }

  /** The row behind a byte, which may be a newline: then it is a trap, or `missingRow` where there is none. */
  step(row: Row, byte: number): Row {
    const { bytes, words } = this.options.memory;
    const place = row + ((bytes[classesAt + 2 * byte] ?? 0) | ((bytes[classesAt + 2 * byte + 1] ?? 0) << 8));
    const next = words[place >> 2] ?? missingRow;
    return next === missingRow ? this.build(row, byte) : next;
  }

  /** The patterns that match if the line ends in this state. */
  endSet(row: Row): MatchSetId {
    const { memory } = this.options;
    const trap = this.step(row, newline);
    if (trap === missingRow) return this.computeEndSet(this.tripleOf(this.stateOf(row)));
    return memory.words[(trap + memory.rowBytes + trapFields.matchSet) >> 2] ?? 0;
  }

  /**
   * Forgets all states but one, which gets a new row. Rows got before mean nothing afterwards; traps and their counts
   * stay.
   */
  flush(kept: Row): Row {
    const { memory } = this.options;
    const { anchored, floating } = this.options.components();
    const triple = this.tripleOf(this.stateOf(kept));
    const beforeSpace = this.triples.at(triple, 2);
    const byStart = anchored.flush(this.triples.at(triple, 0));
    const anywhere = floating.flush(this.triples.at(triple, 1));
    memory.words.fill(missingRow, this.startRow >> 2);
    this.hasFlushed = true;
    this.hasManySetNodes = false;
    this.triples = new InternedLists();
    [this.stateOfTriple, this.tripleOfState, this.parents, this.bytes] = [[], [], [], []];
    this.addState(unknown, unknown, 0);
    this.tripleOf(0);
    return this.internState([byStart, anywhere, beforeSpace], unknown, 0);
  }

  /** By match set, how many lines have run into its trap. */
  *trapCounts(): Generator<[MatchSetId, number]> {
    const { memory } = this.options;
    for (const [id, trap] of this.trapOfMatchSet.entries()) {
      if (trap !== undefined) yield [id, memory.words[(trap + memory.rowBytes + trapFields.count) >> 2] ?? 0];
    }
  }

  /**
   * What is worth keeping, to be used before the next line is walked: the rows are not copied. After a flush that is
   * nothing: the states are not worth it, and one has lost its parents.
   */
  save(): Pick<SavedStates, "trapped" | "origins" | "rows"> {
    const { memory } = this.options;
    const count = this.hasFlushed ? 0 : this.size;
    const origins = new Int32Array(2 * count);
    for (let state = 0; state < count; state++) {
      origins[2 * state] = this.parents[state] ?? unknown;
      origins[2 * state + 1] = this.bytes[state] ?? 0;
    }
    const from = this.startRow >> 2;
    const rows = memory.words.subarray(from, from + count * memory.classCount);
    return {
      trapped: [...this.trapOfMatchSet.keys()].filter((id) => id in this.trapOfMatchSet),
      origins,
      rows,
    };
  }

  /** Takes saved states into an automaton that has walked nothing yet. The match sets have been restored before. */
  restore({ trapped, origins, rows }: SavedStates): void {
    const { memory } = this.options;
    const count = origins.length / 2;
    if (count === 0) return;
    memory.reserve(this.startRow + count * memory.rowBytes);
    memory.words.set(rows, this.startRow >> 2);
    const states = Array.from({ length: count }, (_, state) => state);
    this.tripleOfState = states.map(() => unknown);
    this.parents = states.map((state) => origins[2 * state] ?? unknown);
    this.bytes = states.map((state) => origins[2 * state + 1] ?? 0);
    for (const id of trapped) this.trap(id);
  }

  private stateOf(row: Row): number {
    return (row - this.startRow) / this.options.memory.rowBytes;
  }

  private rowOf(state: number): Row {
    return this.startRow + state * this.options.memory.rowBytes;
  }

  /** What a state is. For a restored state its bytes from the start are walked again. */
  private tripleOf(state: number): number {
    const known = this.tripleOfState[state] ?? unknown;
    if (known !== unknown) return known;
    const path: number[] = [];
    for (
      let at = state;
      at !== unknown && this.tripleOfState[at] === unknown;
      at = this.parents[at] ?? unknown
    )
      path.push(at);
    let triple = unknown;
    for (const at of path.toReversed()) {
      const parent = this.parents[at] ?? unknown;
      const list =
        parent === unknown ? this.startTriple() : this.stepTriple(parent, this.bytes[at] ?? 0).triple;
      triple = this.triples.intern(list);
      this.tripleOfState[at] = triple;
      this.stateOfTriple[triple] ??= at;
    }
    return triple;
  }

  private startTriple(): number[] {
    const { anchored, floating } = this.options.components();
    return [anchored.start, floating.start, notInSpace];
  }

  private stepTriple(state: number, byte: number) {
    const { trimsTrailingSpace } = this.options;
    const { anchored, floating } = this.options.components();
    const triple = this.tripleOf(state);
    const byAnchored = anchored.step(this.triples.at(triple, 0), byte);
    const byFloating = floating.step(this.triples.at(triple, 1), byte);
    this.hasManySetNodes = anchored.totalNodes + floating.totalNodes >= mostSetNodes;
    const isSpace = trimsTrailingSpace && isWhiteSpace(byte);
    const beforeSpace = isSpace ? this.computeEndSet(triple) : notInSpace;
    const next = [anchored.nextOf(byAnchored), floating.nextOf(byFloating), beforeSpace];
    return { byAnchored, byFloating, isSpace, triple: next };
  }

  private computeEndSet(triple: number): MatchSetId {
    const { components, matchSets } = this.options;
    const beforeSpace = this.triples.at(triple, 2);
    if (beforeSpace !== notInSpace) return beforeSpace;
    const { anchored, floating } = components();
    const byStart = anchored.endMatches(this.triples.at(triple, 0));
    const anywhere = floating.endMatches(this.triples.at(triple, 1));
    if (anywhere.length === 0) return matchSets.intern(byStart);
    return matchSets.intern([...byStart, ...anywhere].sort((a, b) => a - b));
  }

  /** Builds a transition, and with it those of all bytes that behave alike. */
  private build(row: Row, byte: number): Row {
    const { memory, classes, trimsTrailingSpace } = this.options;
    const state = this.stateOf(row);
    if (byte === newline) return this.buildNewline(row, state);
    const { byAnchored, byFloating, isSpace, triple } = this.stepTriple(state, byte);
    const { anchored, floating } = this.options.components();
    const next = this.internState(triple, state, byte);
    const spaces = trimsTrailingSpace ? whiteSpace : emptyByteSet();
    for (let word = 0; word < byteSetWords; word++) {
      const ofSpaces = spaces[word] ?? 0;
      let alike =
        anchored.alikeWord(byAnchored, word) &
        floating.alikeWord(byFloating, word) &
        (isSpace ? ofSpaces : ~ofSpaces) &
        (classes.firstBytes[word] ?? 0);
      for (; alike !== 0; alike &= alike - 1) {
        const first = 32 * word + 31 - Math.clz32(alike & -alike);
        memory.words[(row >> 2) + (classes.ofByte[first] ?? 0)] = next;
      }
    }
    return next;
  }

  private buildNewline(row: Row, state: number): Row {
    const { memory, classes } = this.options;
    const trap = this.trap(this.computeEndSet(this.tripleOf(state)));
    memory.words[(row >> 2) + (classes.ofByte[newline] ?? 0)] = trap;
    return trap;
  }

  private trap(matchSet: MatchSetId): Row {
    if (matchSet >= mostTraps) return missingRow;
    return (this.trapOfMatchSet[matchSet] ??= this.addTrap(matchSet));
  }

  private addTrap(matchSet: MatchSetId): Row {
    const { memory, isListed } = this.options;
    const { words, rowBytes, trapBytes } = memory;
    const trap = trapsAt + matchSet * trapBytes;
    const fields = trap + rowBytes;
    words.fill(trap, trap >> 2, fields >> 2);
    words[(fields + trapFields.listedStep) >> 2] = isListed(matchSet) ? listedLineBytes : 0;
    words[(fields + trapFields.matchSet) >> 2] = matchSet;
    return trap;
  }

  private internState(list: readonly number[], parent: number, byte: number): Row {
    const triple = this.triples.intern(list);
    const state = (this.stateOfTriple[triple] ??= this.addState(triple, parent, byte));
    return this.rowOf(state);
  }

  private addState(triple: number, parent: number, byte: number): number {
    const { memory } = this.options;
    const state = this.tripleOfState.length;
    this.tripleOfState.push(triple);
    this.parents.push(parent);
    this.bytes.push(byte);
    memory.reserve(this.rowOf(state) + memory.rowBytes);
    return state;
  }
}

/** What is cut from a line's end: the bytes of [[:space:]] in ASCII. */
export function isWhiteSpace(byte: number): boolean {
  return hasByte(whiteSpace, byte);
}

const whiteSpace = byteSetOf([0x09, 0x0d], [0x20, 0x20]);
