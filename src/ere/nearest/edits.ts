/**
 * What an alignment consists of: each character of the line taken or left out, each place of the pattern met or left out.
 * Promise: the edits are in order, and every character of the line is in one of them.
 */
import type { EditProgram } from "./edit-program.js";

/** How one character of the line, or one place of the pattern, is dealt with. */
export type Edit =
  | { readonly kind: "taken"; readonly at: number; readonly place: number }
  | { readonly kind: "deleted"; readonly at: number }
  /** Before the character. */
  | { readonly kind: "skipped"; readonly at: number; readonly place: number };

/** By place three states: no gap, a gap that was opened inside of a word, one that was opened at a word's start. */
export const gapStates = { outside: 0, inWord: 1, atWord: 2, count: 3 } as const;

/**
 * Walks back from the last cell. In: by cell, the one that it came from, plus one. A cell is a state of a place after so
 * many characters.
 */
export function editsTo(end: number, { length, leaves }: EditProgram, cameFrom: Int32Array): Edit[] {
  const states = gapStates.count;
  const size = (length + 1) * states;
  const edits: Edit[] = [];
  for (let cell = end; ;) {
    const before = (cameFrom[cell] ?? 0) - 1;
    if (before < 0) return edits.reverse();
    const at = Math.floor(before / size);
    const place = Math.floor((before % size) / states);
    const isSame = place === Math.floor((cell % size) / states);
    if (at === Math.floor(cell / size)) {
      if (leaves[place] !== undefined) edits.push({ kind: "skipped", at, place });
    } else if (isSame && cell % states !== gapStates.outside) edits.push({ kind: "deleted", at });
    else edits.push({ kind: "taken", at, place });
    cell = before;
  }
}
