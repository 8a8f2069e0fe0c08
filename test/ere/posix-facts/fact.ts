/**
 * One fact about extended regular expressions: a pattern, a line, whether the line holds a match.
 * Promise: the verdict is POSIX's, and grep's too; where POSIX says something else or nothing, the fact says so.
 *
 * The disagreements are those that Glenn Fowler's collection of tests for POSIX matchers has made well known.
 */

export interface PosixFact {
  /** ASCII, as the line. */
  readonly pattern: string;
  readonly line: string;
  readonly matches: boolean;
  /** What POSIX says, where that is something else: grep is followed. */
  readonly inPosix?: string;
}

export interface FactGroup {
  readonly shows: string;
  readonly facts: readonly PosixFact[];
}

export const yes = (pattern: string, line: string): PosixFact => ({ pattern, line, matches: true });
export const no = (pattern: string, line: string): PosixFact => ({ pattern, line, matches: false });

/** What POSIX leaves undefined. */
export const open = (fact: PosixFact): PosixFact => ({ ...fact, inPosix: "undefined" });
