/**
 * Looks again at lines that the automaton has let through in good faith.
 * Promise: what remains of a match set are the patterns that match, and those in doubt that are to count as matching.
 */
import type { Confirmations } from "./confirm.js";
import type { MatchSetId, MatchSets } from "./match-sets.js";
import { trimmedEnd } from "./white-space.js";

export interface SecondLookOptions {
  readonly matchSets: MatchSets;
  readonly confirmations: Confirmations;
  readonly matchesInDoubt: (pattern: number) => boolean;
  readonly trimsTrailingSpace: boolean;
}

export class SecondLook {
  private readonly options: SecondLookOptions;
  private readonly isNeededBySet: (boolean | undefined)[] = [];
  /** How many match sets were asked about, and whether one of them needs it. */
  private askedSets = 0;
  private isOneNeeded = false;

  constructor(options: SecondLookOptions) {
    this.options = options;
  }

  /** Whether a match set has a pattern that the automaton alone cannot tell. */
  isNeeded(id: MatchSetId): boolean {
    const { confirmations, matchSets } = this.options;
    if (confirmations.areEmpty) return false;
    return (this.isNeededBySet[id] ??= matchSets.patterns(id).some((pattern) => confirmations.has(pattern)));
  }

  /** Whether any match set that lines have had so far needs it: few logs have one. */
  isNeededAnywhere(): boolean {
    const { size } = this.options.matchSets;
    while (!this.isOneNeeded && this.askedSets < size) this.isOneNeeded = this.isNeeded(this.askedSets++);
    return this.isOneNeeded;
  }

  /** The match set without the patterns that are not confirmed. The line comes without its newline. */
  confirmed(id: MatchSetId, line: Uint8Array): MatchSetId {
    const { confirmations, matchSets, trimsTrailingSpace, matchesInDoubt } = this.options;
    const matched = trimsTrailingSpace ? line.subarray(0, trimmedEnd(line, 0, line.length)) : line;
    return matchSets.intern(
      matchSets.patterns(id).filter((pattern) => {
        const verdict = confirmations.confirm(pattern, matched);
        return verdict === "match" || (verdict === "doubtful" && matchesInDoubt(pattern));
      }),
    );
  }
}
