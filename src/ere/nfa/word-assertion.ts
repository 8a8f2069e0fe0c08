/** GNU's conditions on a place between two bytes that are about words: `\<`, `\>`, `\b` and `\B`. */
import type { AssertionKind } from "../syntax/syntax-tree.js";

/** Throws for the ends of the line, which words do not decide. */
export function wordAssertionHolds(
  assertion: AssertionKind,
  isWordBefore: boolean,
  isWordAfter: boolean,
): boolean {
  switch (assertion) {
    case "word start":
      return !isWordBefore && isWordAfter;
    case "word end":
      return isWordBefore && !isWordAfter;
    case "word boundary":
      return isWordBefore !== isWordAfter;
    case "no word boundary":
      return isWordBefore === isWordAfter;
    case "line start":
    case "line end":
      throw new Error(`bug: "${assertion}" is not about words`);
  }
}
