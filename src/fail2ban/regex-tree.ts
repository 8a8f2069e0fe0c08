/**
 * Python's regular expressions as trees.
 * Promise: what is built alike is simplified alike: nothing, and what can never match, leave no trace.
 */
import { isEmptySet, rangeOf, unionOf, type CharacterSet } from "./character-set.js";

export type Tree =
  /** Never matches. */
  | { readonly kind: "never" }
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence"; readonly items: readonly Tree[] }
  | { readonly kind: "choice"; readonly options: readonly Tree[] }
  | {
      readonly kind: "repeat";
      readonly body: Tree;
      readonly least: number;
      /** Infinity: no bound. */
      readonly most: number;
      /** Whether it is tried with fewer first. */
      readonly isLazy: boolean;
    }
  | { readonly kind: "group"; readonly name: string; readonly body: Tree }
  /** What stands in a line where fail2ban has taken the date away, as an ERE. */
  | { readonly kind: "date"; readonly ere: string }
  | { readonly kind: "start" | "end" | "word edge" | "no word edge" }
  | { readonly kind: "look ahead"; readonly body: Tree; readonly isNegative: boolean }
  | { readonly kind: "again"; readonly name: string }
  | { readonly kind: "if matched"; readonly name: string; readonly yes: Tree; readonly no: Tree };

/** A sequence of nothing. */
export const nothing: Tree = { kind: "sequence", items: [] };
export const never: Tree = { kind: "never" };
export const start: Tree = { kind: "start" };
export const end: Tree = { kind: "end" };

function isNothing(tree: Tree): boolean {
  return tree.kind === "sequence" && tree.items.length === 0;
}

export function setTree(set: CharacterSet): Tree {
  return isEmptySet(set) ? never : { kind: "set", set };
}

export function sequence(...parts: readonly Tree[]): Tree {
  const items = parts.flatMap((part) => (part.kind === "sequence" ? part.items : [part]));
  if (items.some(({ kind }) => kind === "never")) return never;
  const [only] = items;
  return items.length === 1 && only ? only : { kind: "sequence", items };
}

/** A text of ASCII characters. */
export function literal(text: string): Tree {
  return sequence(
    ...text.split("").map((character) => {
      const set = rangeOf(character);
      if (!set) throw new Error(`bug: "${character}" is beyond ASCII`);
      return setTree(set);
    }),
  );
}

/** Of the options that can match, each once; characters together. In the order that they were given. */
export function choice(...parts: readonly Tree[]): Tree {
  const options = new Map<string, Tree>();
  for (const part of parts.flatMap((one) => (one.kind === "choice" ? one.options : [one])))
    if (part.kind !== "never") options.set(keyOf(part), part);
  const found = [...options.values()];
  const [first] = found;
  if (!first) return never;
  if (found.length === 1) return first;
  const sets = found.flatMap((one) => (one.kind === "set" ? [one.set] : []));
  if (sets.length > 1 && sets.length === found.length) return setTree(sets.reduce(unionOf));
  return { kind: "choice", options: found };
}

export function repeat(body: Tree, least: number, most: number, isLazy = false): Tree {
  if (most === 0 || isNothing(body)) return nothing;
  if (body.kind === "never") return least === 0 ? nothing : never;
  return least === 1 && most === 1 ? body : { kind: "repeat", body, least, most, isLazy };
}

export function group(name: string, body: Tree): Tree {
  return body.kind === "never" ? never : { kind: "group", name, body };
}

/** The same for trees that are built alike. */
function keyOf(tree: Tree): string {
  return JSON.stringify(tree, (_key, value: unknown) => {
    if (value === Infinity) return "*";
    return Array.isArray(value) && value.length === 128 && typeof value[0] === "boolean"
      ? value.map(Number).join("")
      : value;
  });
}

/** The same tree with each of its parts changed, the innermost first. `change` gives the part itself to keep it. */
export function changed(tree: Tree, change: (part: Tree) => Tree): Tree {
  const inside = (part: Tree): Tree => changed(part, change);
  switch (tree.kind) {
    case "sequence":
      return change(sequence(...tree.items.map(inside)));
    case "choice":
      return change(choice(...tree.options.map(inside)));
    case "repeat":
      return change(repeat(inside(tree.body), tree.least, tree.most, tree.isLazy));
    case "group":
      return change(group(tree.name, inside(tree.body)));
    case "look ahead":
      return change({ ...tree, body: inside(tree.body) });
    case "if matched":
      return change({ ...tree, yes: inside(tree.yes), no: inside(tree.no) });
    default:
      return change(tree);
  }
}

/** Whether some part of the tree is such. */
export function contains(tree: Tree, isSuch: (part: Tree) => boolean): boolean {
  if (isSuch(tree)) return true;
  switch (tree.kind) {
    case "sequence":
      return tree.items.some((item) => contains(item, isSuch));
    case "choice":
      return tree.options.some((option) => contains(option, isSuch));
    case "repeat":
    case "group":
    case "look ahead":
      return contains(tree.body, isSuch);
    case "if matched":
      return contains(tree.yes, isSuch) || contains(tree.no, isSuch);
    default:
      return false;
  }
}

export function countOf(tree: Tree): number {
  let count = 0;
  contains(tree, () => {
    count++;
    return false;
  });
  return count;
}
