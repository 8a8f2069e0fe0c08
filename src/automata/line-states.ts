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
import { hasByte } from "./byte-set.js";
import type { ByteClasses } from "./byte-classes.js";
import { InternedLists } from "./interned-lists.js";
import type { MatchSets } from "./match-sets.js";
import type { NodeSets } from "./node-sets.js";
import type { MatchSetId } from "./pattern-set.js";
import { classesAt, mostTraps, trapFields, trapsAt, type ScanMemory } from "./scan-memory.js";

/** The address of a state's row. */
export type Row = number;

/** Where a transition that is not built leads. */
export const missingRow: Row = 0;

const newline = 0x0a;
/** In a state: the last byte was no white space, or white space counts. */
const notInSpace = -1;

export interface LineStatesOptions {
  readonly anchored: NodeSets;
  readonly floating: NodeSets;
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
  /** Each state as [anchored, floating, match set before the white space]. */
  private states = new InternedLists();
  private readonly trapOfMatchSet: Row[] = [];

  constructor(options: LineStatesOptions) {
    this.options = options;
    const { memory } = options;
    this.parkRow = memory.statesAt;
    this.startRow = memory.statesAt + memory.rowBytes;
    memory.words.fill(this.parkRow, this.parkRow >> 2, this.startRow >> 2);
    this.internStart();
  }

  get size(): number {
    return this.states.size;
  }

  get isFull(): boolean {
    return this.states.size >= this.options.mostStates;
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
    const state = this.stateOf(row);
    const beforeSpace = this.states.at(state, 2);
    if (beforeSpace !== notInSpace) return beforeSpace;
    const byStart = this.options.anchored.endMatches(this.states.at(state, 0));
    const anywhere = this.options.floating.endMatches(this.states.at(state, 1));
    if (anywhere.length === 0) return this.options.matchSets.intern(byStart);
    return this.options.matchSets.intern([...byStart, ...anywhere].sort((a, b) => a - b));
  }

  /**
   * Forgets all states but one, which gets a new row. Rows got before mean nothing afterwards; traps and their counts
   * stay.
   */
  flush(kept: Row): Row {
    const { memory, anchored, floating } = this.options;
    const state = this.stateOf(kept);
    const beforeSpace = this.states.at(state, 2);
    const byStart = anchored.flush(this.states.at(state, 0));
    const anywhere = floating.flush(this.states.at(state, 1));
    memory.words.fill(missingRow, this.startRow >> 2);
    this.states = new InternedLists();
    this.internStart();
    return this.intern(byStart, anywhere, beforeSpace);
  }

  /** By match set, how many lines have run into its trap. */
  *trapCounts(): Generator<[MatchSetId, number]> {
    const { memory } = this.options;
    for (const [id, trap] of this.trapOfMatchSet.entries()) {
      if (trap !== undefined) yield [id, memory.words[(trap + memory.rowBytes + trapFields.count) >> 2] ?? 0];
    }
  }

  private internStart(): void {
    const { anchored, floating } = this.options;
    this.intern(anchored.start, floating.start, notInSpace);
  }

  private stateOf(row: Row): number {
    return (row - this.startRow) / this.options.memory.rowBytes;
  }

  /** Builds a transition, and with it those of all bytes that behave alike. */
  private build(row: Row, byte: number): Row {
    const { memory, anchored, floating, classes, trimsTrailingSpace } = this.options;
    if (byte === newline) return this.buildNewline(row);
    const state = this.stateOf(row);
    const byAnchored = anchored.step(this.states.at(state, 0), byte);
    const byFloating = floating.step(this.states.at(state, 1), byte);
    const isSpace = trimsTrailingSpace && isWhiteSpace(byte);
    const next = this.intern(byAnchored.next, byFloating.next, isSpace ? this.endSet(row) : notInSpace);
    for (let index = 0; index < classes.count; index++) {
      const first = classes.firstBytes[index] ?? 0;
      const isAlike =
        first !== newline &&
        hasByte(byAnchored.alike, first) &&
        hasByte(byFloating.alike, first) &&
        (trimsTrailingSpace && isWhiteSpace(first)) === isSpace;
      if (isAlike) memory.words[(row >> 2) + index] = next;
    }
    return next;
  }

  private buildNewline(row: Row): Row {
    const { memory, classes } = this.options;
    const trap = this.trap(this.endSet(row));
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
    words[(fields + trapFields.listedStep) >> 2] = isListed(matchSet) ? 12 : 0;
    words[(fields + trapFields.matchSet) >> 2] = matchSet;
    return trap;
  }

  private intern(anchored: number, floating: number, beforeSpace: number): Row {
    const { memory } = this.options;
    const row = this.startRow + this.states.intern([anchored, floating, beforeSpace]) * memory.rowBytes;
    memory.reserve(row + memory.rowBytes);
    return row;
  }
}

/** What is cut from a line's end: the bytes of [[:space:]] in ASCII. */
export function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
