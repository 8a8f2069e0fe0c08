/**
 * Verifies the candidates: lines that match, as far as the automaton can tell, a pattern that it only approximates.
 * Promise: what remains of a match set are the patterns that match, and those that count as matching where the verifier
 * gives up.
 */
import type { Verifiers } from "../nfa/verifier.js";
import type { MatchSetId, MatchSets } from "../dfa/match-sets.js";
import { trimmedEnd } from "../alphabet/white-space.js";

export interface VerificationOptions {
  readonly matchSets: MatchSets;
  readonly verifiers: Verifiers;
  readonly matchesInDoubt: (pattern: number) => boolean;
  readonly trimsTrailingSpace: boolean;
}

export class Verification {
  private readonly options: VerificationOptions;
  private isNeededBySet: (boolean | undefined)[] = [];
  /** How many match sets were asked about, and whether one of them needs it. */
  private askedSets = 0;
  private isOneNeeded = false;

  constructor(options: VerificationOptions) {
    this.options = options;
  }

  /** Whether a match set has a pattern that the automaton only approximates. */
  isNeeded(id: MatchSetId): boolean {
    const { verifiers, matchSets } = this.options;
    if (verifiers.areEmpty) return false;
    return (this.isNeededBySet[id] ??= matchSets.patterns(id).some((pattern) => verifiers.has(pattern)));
  }

  /** To be called when match sets were forgotten: their numbers are those of other sets now. */
  forget(): void {
    this.isNeededBySet = [];
    // From now on new sets have old numbers, so they are not asked about one after the other.
    this.isOneNeeded = !this.options.verifiers.areEmpty;
  }

  /** Whether any match set that lines have had so far needs it: few logs have one. */
  isNeededAnywhere(): boolean {
    const { size } = this.options.matchSets;
    while (!this.isOneNeeded && this.askedSets < size) this.isOneNeeded = this.isNeeded(this.askedSets++);
    return this.isOneNeeded;
  }

  /** The match set without the patterns that are not verified. The line comes without its newline. */
  verified(id: MatchSetId, line: Uint8Array): MatchSetId {
    const { verifiers, matchSets, trimsTrailingSpace, matchesInDoubt } = this.options;
    const matched = trimsTrailingSpace ? line.subarray(0, trimmedEnd(line, 0, line.length)) : line;
    return matchSets.intern(
      matchSets.patterns(id).filter((pattern) => {
        const verdict = verifiers.verify(pattern, matched);
        return verdict === "match" || (verdict === "gave up" && matchesInDoubt(pattern));
      }),
    );
  }
}
