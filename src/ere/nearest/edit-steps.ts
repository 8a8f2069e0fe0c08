/**
 * Writes a pattern down as steps: a leaf takes a character, and splits and jumps lead on.
 * Promise: the steps are in the order of the pattern's text, and each knows where it was written.
 */
import { hasByte } from "../alphabet/byte-set.js";
import type { Locale } from "../alphabet/locale.js";
import { decodeCharacter } from "../alphabet/utf8.js";
import type { Span, SyntaxTree } from "../syntax/syntax-tree.js";
import type { EditLeaf, EditLeaves } from "./edit-leaves.js";

export const stepKinds = { leaf: 0, split: 1, jump: 2, end: 3 } as const;

/** Patterns with more are not aligned: people do not write them. */
const mostSteps = 32_000;

export class TooLong extends Error {}

/** By step. The last one is the end. */
export interface EditSteps {
  readonly kinds: readonly number[];
  readonly targets: readonly number[];
  readonly leaves: readonly (EditLeaf | undefined)[];
  readonly spans: readonly (Span | undefined)[];
  readonly repeats: readonly (Span | undefined)[];
  /** Where loops and choices begin. */
  readonly heads: readonly number[];
}

/** Throws TooLong. */
export function editStepsOf(tree: SyntaxTree, leaves: EditLeaves, locale: Locale): EditSteps {
  const writer = new StepWriter(leaves, locale);
  writer.write(tree);
  return writer;
}

class StepWriter implements EditSteps {
  private readonly allLeaves: EditLeaves;
  private readonly locale: Locale;
  readonly kinds: number[] = [];
  readonly targets: number[] = [];
  readonly leaves: (EditLeaf | undefined)[] = [];
  readonly spans: (Span | undefined)[] = [];
  readonly repeats: (Span | undefined)[] = [];
  readonly heads: number[] = [];
  private repeat: Span | undefined;

  constructor(leaves: EditLeaves, locale: Locale) {
    this.allLeaves = leaves;
    this.locale = locale;
  }

  write(tree: SyntaxTree): void {
    this.whole(tree);
    this.loop(this.allLeaves.anything);
    const end = this.add(stepKinds.end);
    // "$" leads past the loop at the end.
    for (const [step, target] of this.targets.entries()) if (target === lineEnd) this.targets[step] = end;
  }

  private add(kind: number, target = 0, leaf?: EditLeaf, span?: Span): number {
    if (this.kinds.length >= mostSteps) throw new TooLong();
    this.targets.push(target);
    this.leaves.push(leaf);
    this.spans.push(span);
    this.repeats.push(leaf && this.repeat);
    return this.kinds.push(kind) - 1;
  }

  /** With what may stand before a pattern that is not tied to the line's start. */
  private whole(tree: SyntaxTree): void {
    if (tree.kind === "choice") return this.choice(tree.branches, (branch) => this.whole(branch));
    if (!isTiedToStart(tree)) this.loop(this.allLeaves.anything);
    this.tree(tree);
  }

  private tree(tree: SyntaxTree): void {
    switch (tree.kind) {
      case "empty":
        return;
      case "byte":
        this.add(stepKinds.leaf, 0, this.allLeaves.ofBytes(tree.set), tree);
        return;
      case "character":
        this.add(stepKinds.leaf, 0, this.allLeaves.ofCharacters(tree.set), tree);
        return;
      case "assertion":
        if (tree.assertion === "line end") this.add(stepKinds.jump, lineEnd);
        return;
      case "back-reference":
        this.loop(this.allLeaves.anything, tree);
        return;
      case "group":
        return this.tree(tree.body);
      case "sequence":
        return this.sequence(tree);
      case "choice":
        return this.choice(tree.branches, (branch) => this.tree(branch));
      case "repeat":
        return this.repetition(tree);
    }
  }

  private sequence({ parts, start, end }: SyntaxTree & { readonly kind: "sequence" }): void {
    const character = this.locale === "C" ? undefined : characterOf(parts);
    if (character === undefined) for (const part of parts) this.tree(part);
    else this.add(stepKinds.leaf, 0, this.allLeaves.ofCharacters([character, character]), { start, end });
  }

  private choice(branches: readonly SyntaxTree[], write: (branch: SyntaxTree) => void): void {
    const jumps: number[] = [];
    this.heads.push(this.kinds.length);
    for (const [index, branch] of branches.entries()) {
      const isLast = index === branches.length - 1;
      const split = isLast ? undefined : this.add(stepKinds.split);
      write(branch);
      if (!isLast) jumps.push(this.add(stepKinds.jump));
      if (split !== undefined) this.targets[split] = this.kinds.length;
    }
    for (const jump of jumps) this.targets[jump] = this.kinds.length;
  }

  private repetition(tree: SyntaxTree & { readonly kind: "repeat" }): void {
    const { body, minimum, maximum } = tree;
    const outer = this.repeat;
    this.repeat = isLeaf(body) ? tree : outer;
    for (let count = 0; count < minimum; count++) this.tree(body);
    if (maximum === Infinity) {
      const split = this.add(stepKinds.split);
      this.heads.push(split);
      this.tree(body);
      this.add(stepKinds.jump, split);
      this.targets[split] = this.kinds.length;
    } else {
      const splits: number[] = [];
      for (let count = minimum; count < maximum; count++) {
        splits.push(this.add(stepKinds.split));
        this.tree(body);
      }
      for (const split of splits) this.targets[split] = this.kinds.length;
    }
    this.repeat = outer;
  }

  private loop(leaf: EditLeaf, span?: Span): void {
    const split = this.add(stepKinds.split);
    this.add(stepKinds.leaf, 0, leaf, span);
    this.add(stepKinds.jump, split);
    this.targets[split] = this.kinds.length;
  }
}

/** Stands for the last step until it is known. */
const lineEnd = -1;

function isTiedToStart(tree: SyntaxTree): boolean {
  let inner = tree;
  while (inner.kind === "group") inner = inner.body;
  if (inner.kind === "sequence") return inner.parts[0] !== undefined && isTiedToStart(inner.parts[0]);
  if (inner.kind === "choice") return inner.branches.every(isTiedToStart);
  return inner.kind === "assertion" && inner.assertion === "line start";
}

function isLeaf({ kind }: SyntaxTree): boolean {
  return kind === "byte" || kind === "character";
}

/** The character that the parts are the bytes of. */
function characterOf(parts: readonly SyntaxTree[]): number | undefined {
  const bytes = parts.map((part) => {
    if (part.kind !== "byte") return -1;
    for (let byte = 0x80; byte < 0x100; byte++) if (hasByte(part.set, byte)) return byte;
    return -1;
  });
  if (bytes.length < 2 || bytes.includes(-1)) return undefined;
  const character = decodeCharacter(Uint8Array.from(bytes), 0, bytes.length);
  return character?.length === bytes.length ? character.codePoint : undefined;
}
