/**
 * Reads what repeats an atom: `*`, `+`, `?` and braces.
 * Promise: braces count where they count to the reader that is asked for.
 */
import { readInterval, readPlainInterval, type Interval } from "./interval.js";
import type { PatternCursor } from "./pattern-cursor.js";
import { located, nothing, type SyntaxTree } from "./syntax-tree.js";

export const openBrace = 0x7b;
const [star, plus, question] = [0x2a, 0x2b, 0x3f];

/** Whether a byte repeats what stands before it. A brace may turn out to stand for itself. */
export function isRepetition(byte: number): boolean {
  return byte === star || byte === plus || byte === question || byte === openBrace;
}

/** The repetition at the cursor, which stays; undefined where there is none. Throws PatternFault. */
export function repetitionAt(cursor: PatternCursor): Interval | undefined {
  const end = cursor.offset + 1;
  switch (cursor.peek()) {
    case star:
      return { minimum: 0, maximum: Infinity, end };
    case plus:
      return { minimum: 1, maximum: Infinity, end };
    case question:
      return { minimum: 0, maximum: 1, end };
    case openBrace:
      return cursor.reading === "regex"
        ? intervalOfBoth(cursor)
        : readPlainInterval(cursor.text, cursor.offset);
    default:
      return undefined;
  }
}

/** What glibc reads. Notes where the automaton reads something else, as in `{1\\,2}`, which to it is no interval. */
function intervalOfBoth(cursor: PatternCursor): Interval | undefined {
  const interval = readInterval(cursor.text, cursor.offset);
  const isNoneToOther = interval !== undefined && readPlainInterval(cursor.text, cursor.offset) === undefined;
  if (isNoneToOther) cursor.dialectsDisagree = true;
  return interval;
}

export function repeat(body: SyntaxTree, { minimum, maximum, end }: Interval): SyntaxTree {
  const { start } = body;
  if (maximum === 0) return located(nothing, start, end);
  // Nothing that is repeated once is still something to grep's search for fixed text.
  if (minimum === 1 && maximum === 1 && body.kind !== "empty") return located(body, start, end);
  // A row of stars is one star: else its tree would be as deep as the pattern is long.
  if (body.kind === "repeat" && isSimple(body) && isSimple({ minimum, maximum }))
    return {
      kind: "repeat",
      body: body.body,
      minimum: body.minimum * minimum,
      maximum: Math.max(body.maximum, maximum),
      start,
      end,
    };
  return { kind: "repeat", body, minimum, maximum, start, end };
}

/** A star, a plus or a question mark. */
function isSimple({ minimum, maximum }: Pick<Interval, "minimum" | "maximum">): boolean {
  return minimum <= 1 && (maximum === 1 || maximum === Infinity);
}
