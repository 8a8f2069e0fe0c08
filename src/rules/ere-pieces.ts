/**
 * Takes an ERE apart at its top level, without understanding more of it than that takes.
 * Promise: the pieces follow each other as they stand in the text; what is malformed is taken as it comes.
 */

export interface Piece {
  /** One character, an escape, a bracket expression, or a whole group. */
  readonly text: string;
  readonly index: number;
  /** The character after it. */
  readonly next: string;
}

/** A group that is never closed, and what is in it, is left out: the parser refuses such a rule. */
export function* topLevelPieces(ere: string): Generator<Piece> {
  let depth = 0;
  let start = 0;
  for (let index = 0; index < ere.length;) {
    const end = pieceEnd(ere, index);
    if (depth === 0) start = index;
    if (ere[index] === "(") depth += 1;
    else if (ere[index] === ")" && depth > 0) depth -= 1;
    if (depth === 0) yield { text: ere.slice(start, end), index: start, next: ere.charAt(end) };
    index = end;
  }
}

/** The pieces of one branch, each together with what repeats it: `[0-9]+`, `x{2,3}`. */
export function repeatedPieces(ere: string): string[] {
  const pieces: string[] = [];
  let isInInterval = false;
  for (const { text } of topLevelPieces(ere)) {
    if (isInInterval || /^[*+?{]$/.test(text)) pieces.push((pieces.pop() ?? "") + text);
    else pieces.push(text);
    isInInterval = text === "{" || (isInInterval && text !== "}");
  }
  return pieces;
}

function pieceEnd(ere: string, start: number): number {
  if (ere[start] === "\\") return Math.min(start + 2, ere.length);
  if (ere[start] !== "[") return start + 1;
  let index = start + 1;
  if (ere[index] === "^") index += 1;
  if (ere[index] === "]") index += 1;
  while (index < ere.length && ere[index] !== "]") {
    const kind = ere[index] === "[" ? ere.charAt(index + 1) : "";
    const end = kind !== "" && ":.=".includes(kind) ? ere.indexOf(`${kind}]`, index + 2) : -1;
    index = end < 0 ? index + 1 : end + 2;
  }
  return Math.min(index + 1, ere.length);
}
