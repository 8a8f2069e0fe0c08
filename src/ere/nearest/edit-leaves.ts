/**
 * What single characters of a pattern take, and what it costs to take one or to do without.
 * Promise: the costs are whole numbers, and the same set has the same leaf.
 */
import { hasByte, type ByteSet } from "../alphabet/byte-set.js";
import { hasCharacter, type CharacterSet } from "../alphabet/character-set.js";

export interface EditLeaf {
  /** By character below 128: 1 where it is taken. */
  readonly ascii: Uint8Array;
  /** The characters beyond, and with bytes that are no character as those of their number. */
  readonly isTakenBeyond: (character: number) => boolean;
  /** What it costs that it takes a character: the less it says, the more. So a rule of free text is never the nearest. */
  readonly takingCost: number;
  /** What it costs to do without it. */
  readonly skippingCost: number;
  /** Whether it takes one character only. */
  readonly isFixed: boolean;
  /** Whether it is of free text: many words may lie in what repeats it. */
  readonly isFree: boolean;
}

const takingCosts: readonly (readonly [mostMembers: number, cost: number])[] = [
  [1, 0],
  [6, 1],
  [16, 2],
  [72, 3],
  [126, 4],
];
const [freeCost, anythingCost] = [4, 5];
const [skippedLetter, skippedOther, skippedBlank] = [2, 6, 16];

export class EditLeaves {
  private readonly byBytes = new Map<ByteSet, EditLeaf>();
  private readonly byCharacters = new Map<CharacterSet, EditLeaf>();
  /** Any text, of which there need not be any. */
  readonly anything = leafOf(
    () => true,
    () => true,
  );

  ofBytes(set: ByteSet): EditLeaf {
    let leaf = this.byBytes.get(set);
    if (leaf === undefined) {
      const has = (byte: number): boolean => hasByte(set, byte);
      leaf = leafOf(has, (character) => character < 0x100 && has(character));
      this.byBytes.set(set, leaf);
    }
    return leaf;
  }

  ofCharacters(set: CharacterSet): EditLeaf {
    let leaf = this.byCharacters.get(set);
    if (leaf === undefined) {
      const has = (character: number): boolean => hasCharacter(set, character);
      leaf = leafOf(has, has);
      this.byCharacters.set(set, leaf);
    }
    return leaf;
  }
}

function leafOf(isTaken: (character: number) => boolean, isTakenBeyond: EditLeaf["isTakenBeyond"]): EditLeaf {
  const ascii = Uint8Array.from({ length: 0x80 }, (_, character) => (isTaken(character) ? 1 : 0));
  const members = ascii.reduce((sum, one) => sum + one, 0);
  const only = members === 1 ? ascii.indexOf(1) : -1;
  const isFixed = members <= 1;
  const takingCost = takingCosts.find(([most]) => members <= most)?.[1] ?? anythingCost;
  return {
    ascii,
    isTakenBeyond,
    isFixed,
    isFree: takingCost >= freeCost && ascii[0x20] === 1,
    takingCost,
    skippingCost: only === 0x20 ? skippedBlank : isFixed && isLetter(only) ? skippedLetter : skippedOther,
  };
}

export function isLetter(character: number): boolean {
  return (character >= 0x41 && character <= 0x5a) || (character >= 0x61 && character <= 0x7a);
}
