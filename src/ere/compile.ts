/**
 * The short way into the engine: patterns in, and for a line the patterns that match it.
 * Promise: `grep -E` would say the same of each line, or the pattern is refused.
 */
import { oneLine } from "./one-line.js";
import { compilePatternSet } from "./scan/pattern-set.js";
import type { Locale } from "./alphabet/locale.js";

export interface CompileOptions {
  /** How bytes become characters. "UTF-8" where nothing is said. */
  readonly locale?: Locale;
  /** Whether lines are matched as if the white space at their end were not there. False where nothing is said. */
  readonly trimsTrailingSpace?: boolean;
}

export interface CompiledPatterns {
  /**
   * Which patterns match a line: their indices, ascending. In: a line as text or as bytes, with or without its newline.
   * A pattern with back-references that takes more than some 20 ms for a line does not match it.
   * Throws RangeError for a text of several lines.
   */
  matches(line: string | Uint8Array): number[];
}

/** More than that are kept only while they are looked at. */
const mostMatchSets = 1 << 14;

/** A pattern that grep refuses, or that is too large. */
export class PatternSyntaxError extends Error {
  /** The pattern's place among those given. */
  readonly index: number;
  /** Where in the pattern, in bytes of UTF-8 from 1. */
  readonly column: number;
  /** grep's own words, where grep refuses it. */
  readonly reason: string;

  constructor(index: number, column: number, reason: string) {
    super(`pattern ${index}, column ${column}: ${reason}`);
    this.name = "PatternSyntaxError";
    this.index = index;
    this.column = column;
    this.reason = reason;
  }
}

/**
 * Compiles POSIX EREs in the dialect of GNU grep, each a text or its bytes, without a newline.
 * Throws PatternSyntaxError for the first one that cannot be used; `compilePatternSet` names all of them instead and
 * leaves them out. For logs of many megabytes, use its scanner: it takes a megabyte at a time and makes no strings.
 */
export function compile(
  patterns: readonly (string | Uint8Array)[],
  { locale = "UTF-8", trimsTrailingSpace = false }: CompileOptions = {},
): CompiledPatterns {
  const texts = patterns.map((pattern) => (typeof pattern === "string" ? Buffer.from(pattern) : pattern));
  const { set, errors } = compilePatternSet(texts, { locale, trimsTrailingSpace });
  const [error] = errors;
  if (error) throw new PatternSyntaxError(error.index, error.column, error.reason);
  const scanner = set.scanner({ isSelected: () => false });
  return {
    matches(line) {
      const matches = [...scanner.matches(scanner.matchLine(oneLine(line)))];
      if (scanner.matchSetCount > mostMatchSets) {
        scanner.takeCounts();
        scanner.forgetMatchSets();
      }
      return matches;
    },
  };
}
