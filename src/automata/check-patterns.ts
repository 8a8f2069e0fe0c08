/**
 * Checks the patterns of a set, all of them, before the first line is read.
 * Promise: a pattern is left out exactly where grep refuses it, or where it is too large for grep and for us; what is known of the others can be kept on disk.
 */
import type { Locale } from "./locale.js";
import type { PatternError } from "./pattern-set.js";
import { withoutLarge } from "./pattern-size.js";
import { PatternFault } from "./pattern-text.js";
import { PatternReader, type CheckedPattern } from "./read-pattern.js";
import { isSurePattern } from "./sure-pattern.js";

export interface CheckedPatterns {
  readonly reader: PatternReader;
  /** The sound patterns in ascending order of their texts. */
  readonly sound: readonly CheckedPattern[];
  readonly errors: readonly PatternError[];
}

export function checkPatterns(patterns: readonly Uint8Array[], locale: Locale): CheckedPatterns {
  const errors: PatternError[] = [];
  const sound: CheckedPattern[] = [];
  const reader = new PatternReader(locale);
  const check = (text: Uint8Array, index: number, ere: string): void => {
    if (isSurePattern(ere)) {
      sound.push({ index, text, needs: 0, isPlainSequence: true, hasCorner: false });
      return;
    }
    try {
      sound.push(reader.check(text, index));
    } catch (fault) {
      if (!(fault instanceof PatternFault)) throw fault;
      errors.push({ index, column: fault.column, reason: fault.message });
    }
  };
  // As strings they sort in a third of the time.
  const eres = patterns.map(latin1);
  const order = eres.map((ere, index) => `${ere}\n${index}`).sort();
  for (const entry of order) {
    const index = Number(entry.slice(entry.lastIndexOf("\n") + 1));
    const [text, ere] = [patterns[index], eres[index]];
    if (text !== undefined && ere !== undefined) check(text, index, ere);
  }
  errors.sort((a, b) => a.index - b.index);
  return withoutLarge({ reader, sound, errors }, eres);
}

function latin1(text: Uint8Array): string {
  return Buffer.from(text.buffer, text.byteOffset, text.length).toString("latin1");
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
