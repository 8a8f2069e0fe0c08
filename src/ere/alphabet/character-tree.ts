/**
 * The byte sequences of a set of characters, as a tree that is built where a line walks it.
 * Promise: the paths of the tree are exactly the UTF-8 encodings of the set's characters.
 *
 * `[[:alpha:]]` has 759 ranges; as an eager automaton of bytes that is hundreds of nodes. Logs are ASCII but for a few
 * bytes, so a tree whose branches appear on demand costs one node.
 */
import { addByte, addByteRange, emptyByteSet, type ByteSet } from "./byte-set.js";
import { lastCharacter, type CharacterSet } from "./character-set.js";
import { announcedLength } from "./utf8.js";

export interface CharacterTree {
  /** Bytes that complete a character of the set. */
  readonly final: ByteSet;
  /** Bytes after which a character of the set can still be completed. */
  readonly leading: ByteSet;
  /** What may follow one of the leading bytes. Where the same may follow, it is the same object. */
  after(byte: number): CharacterTree;
}

const roots = new WeakMap<CharacterSet, CharacterTree>();
const rootsWithAnyByte = new WeakMap<CharacterSet, CharacterTree>();

/** The tree of a set, where `takesAnyByte` with each byte above 127 as one more character. One tree for one set. */
export function characterTree(set: CharacterSet, takesAnyByte: boolean): CharacterTree {
  const known = takesAnyByte ? rootsWithAnyByte : roots;
  let root = known.get(set);
  if (root === undefined) {
    root = new FirstByte(set);
    if (takesAnyByte) addByteRange(root.final, 0x80, 0xff);
    known.set(set, root);
  }
  return root;
}

/** The place of the first range that does not end before a character. */
function rangeAt(set: CharacterSet, character: number): number {
  let low = 0;
  let high = set.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[2 * middle + 1] ?? 0) < character) low = middle + 1;
    else high = middle;
  }
  return low;
}

function intersects(set: CharacterSet, first: number, last: number): boolean {
  const at = rangeAt(set, first);
  return 2 * at < set.length && (set[2 * at] ?? 0) <= last;
}

/** Overlong forms are none, so the characters after a first byte start here. */
const leastOfLength = [0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000];

class FirstByte implements CharacterTree {
  readonly final = emptyByteSet();
  readonly leading = emptyByteSet();
  private readonly set: CharacterSet;
  private readonly branches = new Map<number, CharacterTree>();

  constructor(set: CharacterSet) {
    this.set = set;
    for (let byte = 0; byte < 0x80; byte++) if (intersects(set, byte, byte)) addByte(this.final, byte);
    for (let byte = 0xc2; byte < 0xfe; byte++) {
      const [first, last] = afterFirstByte(byte);
      if (intersects(set, first, last)) addByte(this.leading, byte);
    }
  }

  after(byte: number): CharacterTree {
    let branch = this.branches.get(byte);
    if (branch === undefined) {
      const [first, last] = afterFirstByte(byte);
      const length = announcedLength(byte);
      const base = (byte & (0x7f >> length)) * 64 ** (length - 1);
      branch = laterByte(partOf(this.set, first, last, base), length - 1);
      this.branches.set(byte, branch);
    }
    return branch;
  }
}

/** The first and last code point after the first byte of a longer form. */
function afterFirstByte(byte: number): [number, number] {
  const length = announcedLength(byte);
  const span = 64 ** (length - 1);
  const base = (byte & (0x7f >> length)) * span;
  return [Math.max(base, leastOfLength[length] ?? 0), Math.min(base + span - 1, lastCharacter)];
}

/** The characters from first to last, counted from `base`. */
function partOf(set: CharacterSet, first: number, last: number, base: number): CharacterSet {
  const part: number[] = [];
  for (let i = 2 * rangeAt(set, first); i < set.length; i += 2) {
    const [from, to] = [Math.max(set[i] ?? 0, first), Math.min(set[i + 1] ?? 0, last)];
    if (from > to) break;
    part.push(from - base, to - base);
  }
  return part;
}

/**
 * By what they take. Nearly all characters are in most sets, or in none: one tree serves for all first bytes after which
 * anything may follow. Without this, each character of a text in no known language is a state of its own.
 */
const laterBytes = new Map<string, LaterByte>();

/** The tree of so many more bytes for the characters of a set, which are counted from that place. */
function laterByte(set: CharacterSet, bytesLeft: number): LaterByte {
  const key = `${bytesLeft} ${set.join()}`;
  let tree = laterBytes.get(key);
  if (tree === undefined) {
    tree = new LaterByte(set, bytesLeft);
    laterBytes.set(key, tree);
  }
  return tree;
}

class LaterByte implements CharacterTree {
  readonly final = emptyByteSet();
  readonly leading = emptyByteSet();
  private readonly set: CharacterSet;
  private readonly bytesLeft: number;
  private readonly branches: (CharacterTree | undefined)[] = [];

  constructor(set: CharacterSet, bytesLeft: number) {
    this.set = set;
    this.bytesLeft = bytesLeft;
    const span = 64 ** (bytesLeft - 1);
    for (let bits = 0; bits < 64; bits++)
      if (intersects(set, bits * span, (bits + 1) * span - 1))
        addByte(bytesLeft === 1 ? this.final : this.leading, 0x80 + bits);
  }

  after(byte: number): CharacterTree {
    const bits = byte & 0x3f;
    const span = 64 ** (this.bytesLeft - 1);
    return (this.branches[bits] ??= laterByte(
      partOf(this.set, bits * span, (bits + 1) * span - 1, bits * span),
      this.bytesLeft - 1,
    ));
  }
}
