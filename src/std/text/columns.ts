/**
 * How many columns of a terminal a text takes.
 * Promise: what terminals set wide counts two, what stands on the character before it counts none, all else one. The text is
 * printable by now: it has no control and no invisible character.
 */

/** Nearly every text. */
const narrow = /^[\x20-\x7e]*$/;

export function columnsOf(text: string): number {
  if (narrow.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

/**
 * Where a piece of text ends that begins at `start` and takes at most so many columns: an offset in UTF-16 units. What stands
 * on its last character is part of it.
 */
export function endOfColumns(text: string, start: number, columns: number): number {
  if (narrow.test(text)) return Math.min(text.length, start + columns);
  let [offset, taken] = [start, 0];
  while (offset < text.length) {
    const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
    taken += columnsOfCharacter(character);
    if (taken > columns) break;
    offset += character.length;
  }
  return offset;
}

function columnsOfCharacter(character: string): 0 | 1 | 2 {
  if (character < "\u0300") return 1;
  if (standing().test(character)) return 0;
  return wide().test(character) ? 2 : 1;
}

let knownStanding: RegExp | undefined;

/** Marks that enclose or stand on a character, and the vowels and finals that join a Hangul consonant. */
function standing(): RegExp {
  return (knownStanding ??= /[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7ff]/u);
}

/** "Wide" and "Fullwidth" of EastAsianWidth.txt, Unicode 17; gaps within a block of such characters are closed. */
const wideRanges = [
  "\\u1100-\\u115f\\u231a-\\u231b\\u2329-\\u232a\\u23e9-\\u23ec\\u23f0\\u23f3\\u25fd-\\u25fe\\u2614-\\u2615",
  "\\u2630-\\u2637\\u2648-\\u2653\\u267f\\u268a-\\u268f\\u2693\\u26a1\\u26aa-\\u26ab\\u26bd-\\u26be\\u26c4-\\u26c5",
  "\\u26ce\\u26d4\\u26ea\\u26f2-\\u26f3\\u26f5\\u26fa\\u26fd\\u2705\\u270a-\\u270b\\u2728\\u274c\\u274e",
  "\\u2753-\\u2755\\u2757\\u2795-\\u2797\\u27b0\\u27bf\\u2b1b-\\u2b1c\\u2b50\\u2b55\\u2e80-\\u303e\\u3041-\\u3247",
  "\\u3250-\\ua4c6\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6b\\uff01-\\uff60",
  "\\uffe0-\\uffe6\\u{16fe0}-\\u{1b2fb}\\u{1d300}-\\u{1d376}\\u{1f004}\\u{1f0cf}\\u{1f18e}",
  "\\u{1f191}-\\u{1f19a}\\u{1f1ae}\\u{1f200}-\\u{1f320}\\u{1f32d}-\\u{1f335}\\u{1f337}-\\u{1f37c}",
  "\\u{1f37e}-\\u{1f393}\\u{1f3a0}-\\u{1f3ca}\\u{1f3cf}-\\u{1f3d3}\\u{1f3e0}-\\u{1f3f0}\\u{1f3f4}",
  "\\u{1f3f8}-\\u{1f43e}\\u{1f440}\\u{1f442}-\\u{1f4fc}\\u{1f4ff}-\\u{1f53d}\\u{1f54b}-\\u{1f54e}",
  "\\u{1f550}-\\u{1f567}\\u{1f57a}\\u{1f595}-\\u{1f596}\\u{1f5a4}\\u{1f5fb}-\\u{1f64f}\\u{1f680}-\\u{1f6c5}",
  "\\u{1f6cc}\\u{1f6d0}-\\u{1f6d2}\\u{1f6d5}-\\u{1f6df}\\u{1f6eb}-\\u{1f6ec}\\u{1f6f4}-\\u{1f6fc}",
  "\\u{1f7da}-\\u{1f7f0}\\u{1f90c}-\\u{1f93a}\\u{1f93c}-\\u{1f945}\\u{1f947}-\\u{1f9ff}\\u{1fa70}-\\u{1fafa}",
  "\\u{20000}-\\u{2fffd}\\u{30000}-\\u{3fffd}",
];

let knownWide: RegExp | undefined;

function wide(): RegExp {
  return (knownWide ??= new RegExp(`[${wideRanges.join("")}]`, "u"));
}
