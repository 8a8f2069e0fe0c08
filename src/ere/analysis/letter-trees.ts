/**
 * Trees whose leaves are sets of letters, each kept once.
 * Promise: trees that are built alike are one object, however their patterns spell them.
 */
import type { ByteSet } from "../alphabet/byte-set.js";
import { located, nothing, type Meaning, type SyntaxTree } from "../syntax/syntax-tree.js";
import type { CharacterMeaning } from "./character-trees.js";
import type { Letters } from "./letters.js";

/** A tree as the program takes it. Its byte sets are sets of letters, and its spans mean nothing. */
export type LetterTree = SyntaxTree;

const empty: LetterTree = located(nothing, 0, 0);

export class LetterTrees {
  private readonly letters: Letters;
  private readonly ids = new Map<Meaning, number>();
  private readonly byKey = new Map<string, LetterTree>();
  private readonly leaves = new Map<readonly number[], LetterTree>();
  /** Any text, for patterns that are not tied to the line's start. */
  readonly anything: LetterTree;

  constructor(letters: Letters) {
    this.letters = letters;
    this.ids.set(empty, 0);
    const body = this.leaf(letters.all);
    this.anything = this.kept({ kind: "repeat", body: body, minimum: 0, maximum: Infinity });
  }

  of(tree: CharacterMeaning): LetterTree {
    switch (tree.kind) {
      case "empty":
        return empty;
      case "assertion":
        return this.kept({ kind: "assertion", assertion: tree.assertion });
      case "characters": {
        let leaf = this.leaves.get(tree.set);
        if (leaf === undefined) {
          leaf = this.leaf(this.letters.of(tree.set));
          this.leaves.set(tree.set, leaf);
        }
        return leaf;
      }
      case "sequence":
        return this.sequence(tree.parts.map((part) => this.of(part)));
      case "choice":
        return this.choice(tree.branches.map((branch) => this.of(branch)));
      case "repeat":
        return this.kept({ ...tree, body: this.of(tree.body) });
    }
  }

  /** The number of a tree, the same for trees that are built alike; of one that the program made on the way, too. */
  idOf(tree: Meaning): number {
    const id = this.ids.get(tree) ?? this.ids.get(this.again(tree));
    if (id === undefined) throw new Error("bug: a tree was kept without a number");
    return id;
  }

  /** Of a tree that is not known as an object, the one that is. */
  private again(tree: Meaning): LetterTree {
    if (this.ids.has(tree)) return tree as LetterTree;
    switch (tree.kind) {
      case "byte":
        return this.leaf(tree.set);
      case "sequence":
        return this.sequence(tree.parts.map((part) => this.again(part)));
      case "choice":
        return this.choice(tree.branches.map((branch) => this.again(branch)));
      case "repeat":
        return this.kept({ ...tree, body: this.again(tree.body) });
      default:
        return tree.kind === "empty" ? empty : this.kept(tree);
    }
  }

  private leaf(set: ByteSet): LetterTree {
    return this.kept({ kind: "byte", set });
  }

  private sequence(parts: readonly LetterTree[]): LetterTree {
    const flat = parts
      .flatMap((part) => (part.kind === "sequence" ? part.parts : [part]))
      .filter(({ kind }) => kind !== "empty");
    const [only] = flat;
    if (only === undefined) return empty;
    return flat.length === 1 ? this.again(only) : this.kept({ kind: "sequence", parts: flat });
  }

  private choice(branches: readonly LetterTree[]): LetterTree {
    const byId = new Map(branches.map((branch) => [this.idOf(branch), branch]));
    const sorted = [...byId].sort(([one], [other]) => one - other).map(([, branch]) => branch);
    const [only] = sorted;
    return sorted.length === 1 && only ? only : this.kept({ kind: "choice", branches: sorted });
  }

  private kept(tree: Meaning): LetterTree {
    const key = this.keyOf(tree);
    let known = this.byKey.get(key);
    if (known === undefined) {
      known = located(tree, 0, 0);
      this.byKey.set(key, known);
      this.ids.set(known, this.ids.size);
    }
    return known;
  }

  private keyOf(tree: Meaning): string {
    switch (tree.kind) {
      case "byte":
        return `b${tree.set.join()}`;
      case "assertion":
        return tree.assertion;
      case "sequence":
        return `s${tree.parts.map((part) => this.idOf(part)).join()}`;
      case "choice":
        return `c${tree.branches.map((branch) => this.idOf(branch)).join()}`;
      case "repeat":
        return `r${tree.minimum},${tree.maximum},${this.idOf(tree.body)}`;
      default:
        throw new Error(`bug: "${tree.kind}" in a tree of letters`);
    }
  }
}
