/**
 * What is known of the patterns of a set once they are checked.
 * Promise: in numbers, to be kept on disk, it is the same.
 */
import type { PatternReader, CheckedPattern } from "./read-pattern.js";

/** Why a pattern was left out. `index` is its place in the input, `column` counts bytes from 1. */
export interface PatternError {
  readonly index: number;
  readonly column: number;
  readonly reason: string;
}

export interface CheckedPatterns {
  readonly reader: PatternReader;
  /** The sound patterns in ascending order of their texts. */
  readonly sound: readonly CheckedPattern[];
  readonly errors: readonly PatternError[];
}

/** What a check has found, in numbers: three for each sound pattern. */
export function factsOf(sound: readonly CheckedPattern[]): number[] {
  return sound.flatMap(({ index, needs, isPlainSequence, hasCorner }) => [
    index,
    needs,
    (isPlainSequence ? plainSequence : 0) | (hasCorner ? corner : 0),
  ]);
}

/** The other way. `patterns` are those that were checked. */
export function patternsOf(facts: readonly number[], patterns: readonly Uint8Array[]): CheckedPattern[] {
  const sound: CheckedPattern[] = [];
  for (let at = 0; at < facts.length; at += 3) {
    const [index = 0, needs = 0, form = 0] = facts.slice(at, at + 3);
    const text = patterns[index];
    if (text === undefined) throw new Error(`bug: there is no pattern ${index}`);
    sound.push({
      index,
      text,
      needs,
      isPlainSequence: (form & plainSequence) !== 0,
      hasCorner: (form & corner) !== 0,
    });
  }
  return sound;
}

const plainSequence = 1;
const corner = 2;
