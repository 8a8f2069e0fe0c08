/**
 * Finds the cheapest way to make a line fit a pattern: which characters of the line are too many, and which of the pattern
 * are missing.
 * Promise: the cost is the least there is, unless it passes the bound that was given; a run takes steps of the pattern
 * times characters of the line at most.
 *
 * Edits come in gaps: to open one costs most, so a changed word is one change and not several. A changed word costs the
 * least when it is a whole one. The weights were found by trying, on other lines than those that they are measured with:
 * "how far into the line does the rule fit" is the wrong question, since a rule of free text always wins it.
 */
import type { EditProgram } from "./edit-program.js";
import { AlignmentRow, beam, laterBits, unbounded } from "./alignment-row.js";
import { editsTo, gapStates, type Edit } from "./edits.js";
import type { LineCharacters } from "./line-characters.js";

/** To open a gap. */
const gapCost = 32;
const { outside, inWord, atWord, count: states } = gapStates;

export interface AlignmentOptions {
  /** Costs above it are not told from each other. */
  readonly bound: number;
  /** No edits before this character. */
  readonly firstEdit: number;
}

interface Ending {
  readonly cost: number;
  /** The last cell. */
  readonly cell: number;
  /** How many characters were taken. */
  readonly at: number;
}

/**
 * Aligns one line after the other with one pattern after the other. A cell is a state of a place after so many characters.
 * The loops are written out: with a function for each improvement a line took five times as long.
 */
export class Aligner {
  private program!: EditProgram;
  private line!: LineCharacters;
  private options!: AlignmentOptions;
  /** By cell, the cell that it came from, plus one. */
  private cameFrom: Int32Array | undefined;
  /** After the characters so far, and after one more. */
  private here = new AlignmentRow();
  private next = new AlignmentRow();
  /** How many words of bits the places have. */
  private words = 0;
  /** The first character that was taken by free text. */
  private freeFrom = 0;

  /** The least cost; `unbounded` where it is above the bound. */
  costOf(program: EditProgram, line: LineCharacters, options: AlignmentOptions): number {
    return this.align(program, line, options, undefined).cost;
  }

  /** What the cheapest alignment consists of, in order. Undefined where it is above the bound. */
  editsOf(program: EditProgram, line: LineCharacters, options: AlignmentOptions): Edit[] | undefined {
    const cameFrom = new Int32Array((line.characters.length + 1) * (program.length + 1) * states);
    const { cost, cell } = this.align(program, line, options, cameFrom);
    return cost === unbounded ? undefined : editsTo(cell, program, cameFrom);
  }

  /** How many characters of the line the pattern takes before an edit is needed, and how many of them before free text. */
  takenOf(
    program: EditProgram,
    line: LineCharacters,
  ): { readonly taken: number; readonly beforeFree: number } {
    const options = { bound: unbounded - 1, firstEdit: line.characters.length + 1 };
    const taken = this.align(program, line, options, undefined).at;
    return { taken, beforeFree: Math.min(taken, this.freeFrom) };
  }

  private align(
    program: EditProgram,
    line: LineCharacters,
    options: AlignmentOptions,
    cameFrom: Int32Array | undefined,
  ): Ending {
    this.program = program;
    this.line = line;
    this.options = options;
    this.cameFrom = cameFrom;
    this.freeFrom = Infinity;
    this.words = (program.length >>> 5) + 1;
    const size = (program.length + 1) * states;
    this.here.makeRoom(size);
    this.next.makeRoom(size);
    this.here.start(program.starts);
    for (let at = 0, width = beam; ; at++) {
      const best = this.here.best(this.words);
      const limit = Math.min(options.bound, best + width);
      let ending: Ending | undefined = { cost: unbounded, cell: 0, at: at - 1 };
      if (best <= limit) {
        this.skip(at, limit);
        ending = at === line.characters.length ? this.ending(at) : undefined;
        if (ending === undefined) this.take(at, limit);
      }
      width = this.here.clear(this.words, best);
      [this.here, this.next] = [this.next, this.here];
      if (ending !== undefined) return ending;
    }
  }

  /** Leaves out places of the pattern. */
  private skip(at: number, limit: number): void {
    while (this.skipForward(at, limit)) {
      // A loop was gone round, so that places before those that were looked at cost less now.
    }
  }

  /** True where a place cost less in the end than when it was looked at. */
  private skipForward(at: number, limit: number): boolean {
    let isBehind = false;
    const { cameFrom, words } = this;
    const { costs: here, alive: aliveHere } = this.here;
    const { length, leaves, skippingCosts, followersFrom, followersTo, followers } = this.program;
    const opened = this.line.wordStarts[at] === 1 ? atWord : inWord;
    const firstGap = at < this.options.firstEdit ? inWord : outside;
    const column = at * (length + 1) * states;
    for (let word = 0; word < words; word++) {
      // Places after this one may come to life on the way.
      for (let bits = aliveHere[word]!, place = 0; bits !== 0; bits = laterBits(aliveHere[word]!, place)) {
        place = 32 * word + 31 - Math.clz32(bits & -bits);
        if (place === length) break;
        const skipping = skippingCosts[place]!;
        const isHub = leaves[place] === undefined;
        for (let gap = isHub ? outside : firstGap; gap < states; gap++) {
          const state = place * states + gap;
          const isOpening = gap === outside && !isHub;
          const cost = here[state]! + skipping + (isOpening ? gapCost : 0);
          if (cost > limit) continue;
          const newGap = isOpening ? opened : gap;
          const end = followersTo[place]!;
          for (let i = followersFrom[place]!; i < end; i++) {
            const follower = followers[i]!;
            const reached = follower * states + newGap;
            if (here[reached]! <= cost) continue;
            isBehind ||= follower <= place;
            here[reached] = cost;
            aliveHere[follower >>> 5]! |= 1 << (follower & 31);
            if (cameFrom !== undefined) cameFrom[column + reached] = column + state + 1;
          }
        }
      }
    }
    return isBehind;
  }

  /** Goes on by one character. */
  private take(at: number, limit: number): void {
    const { cameFrom, words } = this;
    const { costs: here, alive: aliveHere } = this.here;
    const { costs: next, alive: aliveNext } = this.next;
    const { length, leaves, takingCosts, followersFrom, followersTo, followers } = this.program;
    const character = this.line.characters[at]!;
    const deletingAfterWord = this.line.deletingCostsAfterWord[at]!;
    const deletingInWord = this.line.deletingCosts[at]!;
    const opened = this.line.wordStarts[at] === 1 ? atWord : inWord;
    const size = (length + 1) * states;
    const [column, nextColumn] = [at * size, (at + 1) * size];
    for (let word = 0; word < words; word++)
      for (let bits = aliveHere[word]!; bits !== 0; bits &= bits - 1) {
        const place = 32 * word + 31 - Math.clz32(bits & -bits);
        const leaf = leaves[place];
        if (leaf === undefined && place !== length) continue;
        const base = place * states;
        // From whichever state it is taken, the gap is closed.
        let taken = base;
        for (let gap = 0; gap < states; gap++) {
          const state = base + gap;
          const cost = here[state]!;
          if (cost > limit) continue;
          if (cost < here[taken]!) taken = state;
          if (gap === outside && at < this.options.firstEdit) continue;
          const newGap = gap === outside ? opened : gap;
          const deleting =
            cost + (gap === outside ? gapCost : 0) + (newGap === atWord ? deletingAfterWord : deletingInWord);
          const reached = base + newGap;
          if (deleting > limit || next[reached]! <= deleting) continue;
          next[reached] = deleting;
          aliveNext[place >>> 5]! |= 1 << (place & 31);
          if (cameFrom !== undefined) cameFrom[nextColumn + reached] = column + state + 1;
        }
        if (here[taken]! > limit || leaf === undefined) continue;
        if (character < 0x80 ? leaf.ascii[character] === 0 : !leaf.isTakenBeyond(character)) continue;
        if (leaf.isFree && at < this.freeFrom) this.freeFrom = at;
        const cost = here[taken]! + takingCosts[place]!;
        const end = followersTo[place]!;
        for (let i = followersFrom[place]!; i < end; i++) {
          const follower = followers[i]!;
          const reached = follower * states;
          if (next[reached]! <= cost) continue;
          next[reached] = cost;
          aliveNext[follower >>> 5]! |= 1 << (follower & 31);
          if (cameFrom !== undefined) cameFrom[nextColumn + reached] = column + taken + 1;
        }
      }
  }

  private ending(at: number): Ending {
    const { costs: here } = this.here;
    const { length } = this.program;
    const { bound } = this.options;
    const { isCut } = this.line;
    let end = length * states;
    // Of a line that goes on, nothing is known to be missing.
    for (let state = isCut ? 0 : end; state < (length + 1) * states; state++)
      if (here[state]! < here[end]!) end = state;
    const cost = here[end]!;
    return { cost: cost > bound ? unbounded : cost, cell: at * (length + 1) * states + end, at };
  }
}
