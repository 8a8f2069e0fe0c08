/**
 * Finds rules that white space at their end keeps from ever matching.
 * Promise: a rule that could match some line is not named; lines are matched without their trailing white space.
 */
import { isWhiteSpaceByte, partsOf, patternParser } from "../../ere/index.js";

/** White space is ASCII here, so every locale reads the end of a rule as this one does. */
const parse = patternParser("C");

/**
 * What is wrong with the end of a rule, in words; undefined when nothing is.
 * In: the bytes of the ERE. Rules with alternatives are let pass: another branch may match.
 */
export function neverMatchesBecauseOf(ere: Uint8Array): string | undefined {
  const tree = parse(ere);
  // The compiler says what is wrong with a rule that cannot be read.
  if (tree === undefined) return undefined;
  const parts = partsOf(tree);
  const last = parts.findLastIndex((part) => !isWhiteSpaceByte(part));
  const end = parts[last];
  if (end?.kind !== "assertion" || end.assertion !== "line end") return undefined;
  // After the anchor nothing can follow: lines have no newline inside.
  const after = Buffer.from(ere.subarray(end.end)).toString("latin1");
  if (after !== "") return `${after === "\r" ? "carriage return" : "white space"} after the final $`;
  const before = parts[last - 1];
  return before && isWhiteSpaceByte(before) ? "white space before the final $" : undefined;
}
