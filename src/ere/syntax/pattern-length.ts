/**
 * Leaves out patterns whose texts are too long for all of them to be walked.
 * Promise: whatever the patterns, the trees of long ones are bounded together; which is left out depends on the patterns
 * alone, and no pattern of ordinary length is.
 */
import type { CheckedPatterns, PatternError } from "./checked-patterns.js";
import type { CheckedPattern } from "./pattern-reader.js";

/** A pattern up to here is not counted: 100,000 ordinary rules are not too many. */
const ordinaryBytes = 1 << 13;
/** Of all longer ones together. */
const mostLongBytes = 1 << 20;

/** The same patterns, the longest of them as errors where all together are too long. */
export function withoutLong(checked: CheckedPatterns): CheckedPatterns {
  const long = checked.valid.filter(({ text }) => text.length > ordinaryBytes);
  if (long.length === 0) return checked;
  const errors: PatternError[] = [];
  const leftOut = new Set<CheckedPattern>();
  let bytesLeft = mostLongBytes;
  for (const pattern of long.toSorted((a, b) => a.text.length - b.text.length || a.index - b.index)) {
    const { index, text } = pattern;
    if (text.length <= bytesLeft) {
      bytesLeft -= text.length;
      continue;
    }
    const reason = `has ${text.length} bytes, other long patterns leave ${bytesLeft} of ${mostLongBytes}`;
    errors.push({ index, column: 1, reason });
    leftOut.add(pattern);
  }
  return {
    reader: checked.reader,
    valid: checked.valid.filter((pattern) => !leftOut.has(pattern)),
    errors: [...checked.errors, ...errors].sort((a, b) => a.index - b.index),
  };
}
