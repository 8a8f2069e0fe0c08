/**
 * Finds the patterns that come nearest to a line that none of them matches.
 * Promise: of the patterns that have the most telling words in common with the line, those that fit it by the fewest edits.
 */
import type { Locale } from "../alphabet/locale.js";
import { unbounded } from "./alignment-row.js";
import { Aligner } from "./alignment.js";
import type { EditProgram } from "./edit-program.js";
import type { Edit } from "./edits.js";
import { lineCharacters, type LineCharacters } from "./line-characters.js";
import { VariantPrograms, type Candidate, type PatternWords } from "./variant-programs.js";

export interface NearPattern {
  /** Its place among the patterns. */
  readonly index: number;
  readonly program: EditProgram;
  readonly cost: number;
  /** Where the line stops to fit: characters of the line, from 0. */
  readonly firstEdit: number;
  readonly edits: readonly Edit[];
  /** What stood in the pattern's place for this line: its text is the one that was aligned. */
  readonly instead?: Uint8Array;
}

export interface NearPatterns {
  readonly line: LineCharacters;
  /** The nearest first, each pattern once. */
  readonly patterns: readonly NearPattern[];
}

interface Tried extends Candidate {
  readonly cost: number;
  /** With its handicap. */
  readonly total: number;
  /** How many characters of the line it takes before an edit is needed. */
  readonly taken: number;
  /** No edits are looked for before this character. */
  readonly from: number;
}

/** The right one was among so many in every trial. */
const mostCandidates = 24;
/** Of a longer line, what fits its beginning. */
const mostCharacters = 2048;
/** An alignment that costs so much more than another is not as good. */
const [worthMentioning, asGood] = [12, 30];
const mostMentioned = 3;
/** Characters that are aligned anew, of those that a pattern takes without edits: more of them take time and find nothing. */
const mostTakenAgain = 40;

export class NearestPatterns {
  private readonly programs: VariantPrograms;
  private readonly locale: Locale;
  private readonly aligner = new Aligner();

  /** All patterns are read where their words are not known. One that grep refuses is never near. */
  constructor(eres: readonly Uint8Array[], locale: Locale, words?: PatternWords) {
    this.locale = locale;
    this.programs = new VariantPrograms(eres, locale, words);
  }

  /** For another one of the same patterns. */
  get words(): PatternWords {
    return this.programs.patternWords;
  }

  /** In: a line without its newline, and an ERE that stands in place of a pattern for it, where one does. */
  near(
    bytes: Uint8Array,
    insteadOf: (index: number) => Uint8Array | undefined = () => undefined,
  ): NearPatterns {
    const line = lineCharacters(bytes, this.locale, mostCharacters);
    const best = new Map<number, Tried>();
    let bound = unbounded - 1;
    const text = Buffer.from(bytes).toString("latin1");
    const candidates = this.programs.candidates(text, mostCandidates, insteadOf).map((candidate) => {
      const { taken, beforeFree } = this.aligner.takenOf(candidate.program, line);
      return { ...candidate, taken, from: Math.max(0, Math.min(taken - mostTakenAgain, beforeFree)) };
    });
    // What fits far is mostly what fits best, and what fits best bounds the work for the others.
    candidates.sort((one, other) => other.taken - one.taken);
    for (const candidate of candidates) {
      const { index, program, handicap, from } = candidate;
      const cost = this.aligner.costOf(program, line, { bound: bound - handicap, firstEdit: from });
      if (cost + handicap >= (best.get(index)?.total ?? unbounded)) continue;
      best.set(index, { ...candidate, cost, total: cost + handicap });
      bound = Math.min(bound, cost + handicap + worthMentioning);
    }
    const patterns = [...best.values()]
      .filter(({ total }) => total <= bound)
      .sort((one, other) => one.total - other.total || one.index - other.index)
      .slice(0, mostMentioned)
      .map((tried): NearPattern => {
        const { index, program, cost, instead } = tried;
        const firstEdit = this.firstEdit(tried, line);
        const edits = this.aligner.editsOf(program, line, { bound: cost + asGood, firstEdit }) ?? [];
        return { index, program, cost, firstEdit, edits, ...(instead && { instead }) };
      });
    return { line, patterns };
  }

  /**
   * Whether a pattern matches a line, in a tenth of the time that it takes to compile it: "maybe" where only that can tell.
   * In: an ERE, and a line without its newline.
   */
  matches(ere: Uint8Array, bytes: Uint8Array): boolean | "maybe" {
    const program = this.programs.programFor(ere);
    const line = lineCharacters(bytes, this.locale, mostCharacters);
    if (program === undefined || line.isCut) return "maybe";
    const options = { bound: unbounded - 1, firstEdit: line.characters.length + 1 };
    const isTaken = this.aligner.costOf(program.program, line, options) !== unbounded;
    return isTaken && !program.isExact ? "maybe" : isTaken;
  }

  /** As far into the line as there is an alignment about as good that has no edit before. */
  private firstEdit({ program, cost, taken, from }: Tried, line: LineCharacters): number {
    const isAsGood = (firstEdit: number): boolean =>
      this.aligner.costOf(program, line, { bound: cost + asGood, firstEdit }) !== unbounded;
    // Mostly it is where the pattern cannot go on without.
    if (isAsGood(taken)) return taken;
    let [low, high] = [from, taken];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (isAsGood(middle)) low = middle;
      else high = middle;
    }
    return low;
  }
}
