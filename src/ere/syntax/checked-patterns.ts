/**
 * What is known of the patterns of a set once they are checked.
 * Promise: in numbers, to be kept on disk, it is the same.
 */
import type { PatternReader, CheckedPattern } from "./pattern-reader.js";

/** Why a pattern was left out. `index` is its place in the input, `column` counts bytes from 1. */
export interface PatternError {
  readonly index: number;
  readonly column: number;
  readonly reason: string;
}

export interface CheckedPatterns {
  readonly reader: PatternReader;
  /** The valid patterns in ascending order of their texts. */
  readonly valid: readonly CheckedPattern[];
  readonly errors: readonly PatternError[];
}

/** What a check has found, in numbers: three for each valid pattern. */
export function factsOf(valid: readonly CheckedPattern[]): number[] {
  return valid.flatMap(({ index, features, isPlainSequence, dialectsDisagree, takesAnyByte }) => [
    index,
    features,
    (isPlainSequence ? plainSequence : 0) |
      (dialectsDisagree ? disagreement : 0) |
      (takesAnyByte ? anyByte : 0),
  ]);
}

/** The other way. `patterns` are those that were checked. */
export function patternsOf(facts: readonly number[], patterns: readonly Uint8Array[]): CheckedPattern[] {
  const valid: CheckedPattern[] = [];
  for (let at = 0; at < facts.length; at += 3) {
    const [index = 0, features = 0, form = 0] = facts.slice(at, at + 3);
    const text = patterns[index];
    if (text === undefined) throw new Error(`bug: there is no pattern ${index}`);
    valid.push({
      index,
      text,
      features,
      isPlainSequence: (form & plainSequence) !== 0,
      dialectsDisagree: (form & disagreement) !== 0,
      takesAnyByte: (form & anyByte) !== 0,
    });
  }
  return valid;
}

const plainSequence = 1;
const disagreement = 2;
const anyByte = 4;
