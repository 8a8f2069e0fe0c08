/**
 * Checks the patterns of a set, all of them, before the first line is read.
 * Promise: a pattern is left out exactly where grep refuses it, or where it is too large for grep and for us.
 */
import type { CheckedPatterns, PatternError } from "./checked-patterns.js";
import type { Locale } from "../alphabet/locale.js";
import { withoutLong } from "./pattern-length.js";
import { withoutLarge } from "./pattern-size.js";
import { PatternFault } from "./pattern-text.js";
import { PatternReader, type CheckedPattern } from "./pattern-reader.js";
import { isPlainPattern } from "./plain-pattern.js";

/** `takesAnyByte` says by index whether a pattern's wildcards stand for bytes that are no UTF-8 too. */
export function checkPatterns(
  patterns: readonly Uint8Array[],
  locale: Locale,
  takesAnyByte: (index: number) => boolean = () => false,
): CheckedPatterns {
  const errors: PatternError[] = [];
  const valid: CheckedPattern[] = [];
  const reader = new PatternReader(locale);
  const check = (text: Uint8Array, index: number, ere: string): void => {
    if (isPlainPattern(ere)) {
      valid.push({
        index,
        text,
        features: 0,
        isPlainSequence: true,
        dialectsDisagree: false,
        takesAnyByte: takesAnyByte(index),
      });
      return;
    }
    try {
      valid.push(reader.check(text, index, takesAnyByte(index)));
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
  return withoutLarge(withoutLong({ reader, valid, errors }), eres);
}

function latin1(text: Uint8Array): string {
  return Buffer.from(text.buffer, text.byteOffset, text.length).toString("latin1");
}
