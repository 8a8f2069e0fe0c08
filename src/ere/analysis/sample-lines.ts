/**
 * Makes lines that a pattern matches, out of its tree.
 * Promise: they are made in bounded time and length. Word edges are not looked at, so whoever asks tries each line
 * with the matcher.
 */
import { hasByte, type ByteSet } from "../alphabet/byte-set.js";
import { hasCharacter, type CharacterSet } from "../alphabet/character-set.js";
import { lastCodePoint } from "./letter-classes.js";
import { takesByte } from "./required-bytes.js";
import type { SyntaxTree } from "../syntax/syntax-tree.js";

/** Which of all lines: "first" takes the first branches and as little as may be, "last" the last ones. */
export type SampleStyle = "first" | "last" | "any" | "long";

/** Longer lines are not made. */
const mostSampleBytes = 2048;
/** Nodes of the tree that are gone through, those that add nothing too. */
const mostSteps = 1 << 15;
/** How often at most something is repeated beyond what must be, in a long line and in any other. */
const [mostRepeats, fewRepeats] = [20, 3];

const printable =
  "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -._:/,;()[]{}<>=+*?!@#$%^&|~'\"`\\\t";
const readable: readonly number[] = Array.from(printable, (letter) => letter.charCodeAt(0));

const noWord = new Uint8Array();

class NoSample extends Error {}

/**
 * In: a tree, from which place of the pattern's text on its parts are wanted, numbers from 0 to 1, and a word that stands
 * wherever a repeated character can be that word. Out: undefined where a line would be too long or holds what nothing can
 * match.
 */
export function sampleLine(
  tree: SyntaxTree,
  from: number,
  style: SampleStyle,
  random: () => number,
  word: Uint8Array = noWord,
): Uint8Array | undefined {
  const line = new SampleLine(style, random, word);
  const parts = tree.kind === "sequence" ? tree.parts.filter(({ start }) => start >= from) : [tree];
  try {
    for (const part of parts) line.add(part);
  } catch (error) {
    if (error instanceof NoSample) return undefined;
    throw error;
  }
  return Uint8Array.from(line.bytes);
}

class SampleLine {
  readonly bytes: number[] = [];
  /** What each group stands for, as it was last. */
  private readonly groups = new Map<number, readonly number[]>();
  private steps = 0;
  private readonly style: SampleStyle;
  private readonly random: () => number;

  private readonly word: Uint8Array;

  constructor(style: SampleStyle, random: () => number, word: Uint8Array) {
    this.style = style;
    this.word = word;
    this.random = random;
  }

  add(tree: SyntaxTree): void {
    if (this.steps++ >= mostSteps) throw new NoSample();
    switch (tree.kind) {
      case "byte":
        return this.append(this.chosen(membersOf(tree.set, hasByte)));
      case "character":
        return this.append(...this.characterOf(tree.set));
      case "sequence":
        for (const part of tree.parts) this.add(part);
        return;
      case "choice":
        return this.add(this.chosen(tree.branches) ?? tree);
      case "group": {
        const start = this.bytes.length;
        this.add(tree.body);
        this.groups.set(tree.number, this.bytes.slice(start));
        return;
      }
      case "back-reference":
        return this.append(...(this.groups.get(tree.number) ?? []));
      case "repeat": {
        if (this.canBeWord(tree)) return this.append(...this.word);
        const times = this.timesOf(tree.minimum, tree.maximum);
        for (let time = 0; time < times; time++) this.add(tree.body);
        return;
      }
      default:
        return;
    }
  }

  private canBeWord({ body, minimum, maximum }: SyntaxTree & { kind: "repeat" }): boolean {
    const { word } = this;
    if (word.length === 0 || word.length < minimum || word.length > maximum) return false;
    return word.every((byte) => takesByte(body, byte));
  }

  private characterOf(set: CharacterSet): readonly (number | undefined)[] {
    const character = this.chosen(membersOf(set, hasCharacter)) ?? set[0];
    if (character === undefined || character > lastCodePoint) return [undefined];
    return Array.from(Buffer.from(String.fromCodePoint(character)));
  }

  private append(...bytes: readonly (number | undefined)[]): void {
    for (const byte of bytes) {
      if (byte === undefined || this.bytes.length >= mostSampleBytes) throw new NoSample();
      this.bytes.push(byte);
    }
  }

  private chosen<Choice>(choices: readonly Choice[]): Choice | undefined {
    if (this.style === "first") return choices[0];
    if (this.style === "last") return choices.at(-1);
    return choices[Math.floor(this.random() * choices.length)];
  }

  private timesOf(minimum: number, maximum: number): number {
    if (this.style === "first") return minimum;
    const more = this.style === "long" ? mostRepeats : this.style === "last" ? 1 : fewRepeats;
    const most = Math.min(maximum, minimum + more);
    return this.style === "any" ? minimum + Math.floor(this.random() * (most - minimum + 1)) : most;
  }
}

const membersBySet = new WeakMap<ByteSet | CharacterSet, readonly number[]>();

/** The members that read well; else one that does not. */
function membersOf<Set extends ByteSet | CharacterSet>(
  set: Set,
  has: (set: Set, member: number) => boolean,
): readonly number[] {
  let members = membersBySet.get(set);
  if (members === undefined) {
    members = readable.filter((member) => has(set, member));
    for (let byte = 0; members.length === 0 && byte < 256; byte++)
      if (byte !== newline && has(set, byte)) members = [byte];
    membersBySet.set(set, members);
  }
  return members;
}

const newline = 0x0a;
