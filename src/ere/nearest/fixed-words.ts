/**
 * Tells which whole words, runs of ASCII letters, are written in a pattern.
 * Promise: none; it is for guessing which patterns a line may be about, and a guess is tried afterwards.
 */
import { hasByte, type ByteSet } from "../alphabet/byte-set.js";
import { hasCharacter } from "../alphabet/character-set.js";
import type { SyntaxTree } from "../syntax/syntax-tree.js";
import { isLetter } from "./edit-leaves.js";

export interface FixedWords {
  /** In each line that the pattern matches. */
  readonly needed: readonly string[];
  /** In some, but not in each. */
  readonly possible: readonly string[];
}

/** Shorter ones say nothing. */
const shortestWord = 2;

/** The words of a line, as they are compared with those of patterns. In: latin1. */
export function wordsOf(line: string): ReadonlySet<string> {
  return new Set(line.match(/[A-Za-z]{2,}/g));
}

export function fixedWordsOf(tree: SyntaxTree): FixedWords {
  const reader = new WordReader();
  reader.read(tree, true);
  reader.endWord();
  const { needed, possible } = reader;
  return { needed: [...needed], possible: [...possible].filter((word) => !needed.has(word)) };
}

class WordReader {
  readonly needed = new Set<string>();
  readonly possible = new Set<string>();
  private word = "";
  /** Whether what stands before the word may be a letter, so that it is not known to be a whole one. */
  private isOpen = false;
  private isNeeded = true;

  read(tree: SyntaxTree, isNeeded: boolean): void {
    this.isNeeded = isNeeded;
    switch (tree.kind) {
      case "byte":
        return this.readBytes(tree.set);
      case "character":
        return hasCharacter(tree.set, 0x65) ? this.open() : this.endWord();
      case "group":
        return this.read(tree.body, isNeeded);
      case "sequence":
        for (const part of tree.parts) this.read(part, isNeeded);
        return;
      case "choice":
        return this.readChoice(tree.branches);
      case "repeat":
        if (tree.body.kind === "group") return this.readRepeated(tree.body, isNeeded && tree.minimum > 0);
        this.read(tree.body, isNeeded);
        // What is repeated is no part of a word that is known.
        if (this.word !== "") this.open();
        return;
      case "back-reference":
        return this.open();
      case "assertion":
        return tree.assertion === "line start" || tree.assertion === "line end" ? this.endWord() : undefined;
      case "empty":
        return;
    }
  }

  endWord(): void {
    const { word } = this;
    if (!this.isOpen && word.length >= shortestWord) (this.isNeeded ? this.needed : this.possible).add(word);
    this.word = "";
    this.isOpen = false;
  }

  private readBytes(set: ByteSet): void {
    const letter = onlyLetterOf(set);
    if (letter !== "") this.word += letter;
    else if (hasByte(set, 0x65)) this.open();
    else this.endWord();
  }

  private open(): void {
    this.word = "";
    this.isOpen = true;
  }

  /** A word that goes on into the branches goes on in each of them. */
  private readChoice(branches: readonly SyntaxTree[]): void {
    const [word, isOpen] = [this.word, this.isOpen];
    let mayGoOn = false;
    for (const branch of branches) {
      [this.word, this.isOpen] = [word, isOpen];
      this.read(branch, false);
      mayGoOn ||= this.word !== "" || this.isOpen;
      this.isNeeded = false;
      this.endWord();
    }
    this.isOpen = mayGoOn;
  }

  private readRepeated(body: SyntaxTree, isNeeded: boolean): void {
    this.endWord();
    this.read(body, isNeeded);
    const mayGoOn = this.word !== "" || this.isOpen;
    this.endWord();
    this.isOpen = mayGoOn;
  }
}

const letters = new WeakMap<ByteSet, string>();

/** The only member of a set, where it is a letter; else "". */
function onlyLetterOf(set: ByteSet): string {
  let letter = letters.get(set);
  if (letter === undefined) letters.set(set, (letter = findOnlyLetter(set)));
  return letter;
}

function findOnlyLetter(set: ByteSet): string {
  let only = -1;
  for (const [index, word] of set.entries()) {
    if (word === 0) continue;
    if (only !== -1 || (word & (word - 1)) !== 0) return "";
    only = 32 * index + 31 - Math.clz32(word);
  }
  return isLetter(only) ? String.fromCharCode(only) : "";
}
