/**
 * A line as an alignment reads it: characters, and what it costs to leave each of them out.
 * Promise: the offsets are those of the line's bytes, also where bytes are no characters.
 */
import type { Locale } from "../alphabet/locale.js";
import { decodeCharacter } from "../alphabet/utf8.js";

export interface LineCharacters {
  /** Code points; a byte that is no character is one of its own, past the last. */
  readonly characters: Int32Array;
  /** By character, its first byte; and where the last one ends. */
  readonly offsets: Int32Array;
  /** Whether the line goes on after what is given of it. */
  readonly isCut: boolean;
  /** By character: 1 where a word begins. At the end too. */
  readonly wordStarts: Uint8Array;
  /** By character: the cost of leaving it out, and that in a gap which began with a word. */
  readonly deletingCosts: Uint8Array;
  readonly deletingCostsAfterWord: Uint8Array;
}

const blank = 0x20;
const strayByte = 0x110000;
/** A changed word costs the least when it is a whole one. */
const costs = { firstOfWord: 20, laterOfWord: 4, blank: 40, blankAfterWord: 4 } as const;

/** Of a longer line, its beginning. In: the bytes without a newline. */
export function lineCharacters(bytes: Uint8Array, locale: Locale, mostCharacters: number): LineCharacters {
  const most = Math.min(bytes.length, mostCharacters);
  const line = new Int32Array(most);
  const offsets = new Int32Array(most + 1);
  let [count, at] = [0, 0];
  while (at < bytes.length && count < most) {
    const byte = bytes[at] ?? 0;
    const character = locale === "C" ? undefined : decodeCharacter(bytes, at, bytes.length);
    const stray = locale === "C" ? byte : strayByte + byte;
    offsets[count] = at;
    line[count++] = character?.codePoint ?? stray;
    at += character?.length ?? 1;
  }
  offsets[count] = at;
  const characters = line.subarray(0, count);
  const wordStarts = Uint8Array.from({ length: count + 1 }, (_, i) =>
    i === 0 || characters[i - 1] === blank ? 1 : 0,
  );
  const deleting = (blankCost: number): Uint8Array =>
    Uint8Array.from(characters, (character, i) => {
      if (character === blank) return blankCost;
      return wordStarts[i] === 1 ? costs.firstOfWord : costs.laterOfWord;
    });
  return {
    characters,
    offsets: offsets.subarray(0, count + 1),
    isCut: at < bytes.length,
    wordStarts,
    deletingCosts: deleting(costs.blank),
    deletingCostsAfterWord: deleting(costs.blankAfterWord),
  };
}
