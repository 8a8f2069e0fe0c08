/** Writes a tree as a POSIX ERE in GNU grep's dialect. Promise: it matches what the tree does. */
import { anyCharacter, ereOf } from "./character-set.js";
import { NotCarriedOver } from "./not-carried-over.js";
import type { Tree } from "./regex-tree.js";

/** The ERE, without what may stand after it: a rule is open at its end. */
export function ereTextOf(tree: Tree): string {
  return textOf(withoutTail(tree), "choice");
}

/** The ERE of whole lines, from their starts to their ends. */
export function wholeEreOf(tree: Tree): string {
  return `^(${textOf(tree, "choice")})$`;
}

/** What a part stands in: a choice needs no parentheses in a choice, a repeat needs one thing. */
type Around = "choice" | "sequence" | "repeat";

function textOf(tree: Tree, around: Around): string {
  switch (tree.kind) {
    case "set":
      return ereOf(tree.set);
    case "date":
      return around === "repeat" ? `(${tree.ere})` : tree.ere;
    case "sequence": {
      const text = tree.items.map((item) => textOf(item, "sequence")).join("");
      return around === "repeat" || text === "" ? `(${text})` : text;
    }
    case "choice": {
      const empty = tree.options.filter(isEmpty);
      const options = tree.options.filter((option) => !isEmpty(option));
      const text = options
        .map((option) => textOf(option, options.length > 1 ? "choice" : "repeat"))
        .join("|");
      if (empty.length > 0) return options.length > 1 ? `(${text})?` : repeated(text, "?", around);
      return around === "choice" ? text : `(${text})`;
    }
    case "repeat":
      return repeated(textOf(tree.body, "repeat"), quantifierOf(tree.least, tree.most), around);
    case "end":
      return around === "repeat" ? "($)" : "$";
    case "word edge":
      return String.raw`\b`;
    case "no word edge":
      return String.raw`\B`;
    default:
      throw new NotCarriedOver(`has a ${tree.kind} left`);
  }
}

function isEmpty(tree: Tree): boolean {
  return tree.kind === "sequence" && tree.items.length === 0;
}

function repeated(text: string, quantifier: string, around: Around): string {
  const whole = text + quantifier;
  return around === "repeat" ? `(${whole})` : whole;
}

function quantifierOf(least: number, most: number): string {
  if (most === Infinity) return least === 0 ? "*" : least === 1 ? "+" : `{${least},}`;
  if (least === 0 && most === 1) return "?";
  return least === most ? `{${least}}` : `{${least},${most}}`;
}

/** Without an "anything" at its end, also after the end of the line. */
export function withoutTail(tree: Tree): Tree {
  if (tree.kind !== "sequence") return isAnything(tree) ? { kind: "sequence", items: [] } : tree;
  const last = tree.items.at(-1);
  return last && isAnything(last) ? withoutTail({ ...tree, items: tree.items.slice(0, -1) }) : tree;
}

function isAnything(tree: Tree): boolean {
  return (
    tree.kind === "repeat" &&
    tree.least === 0 &&
    tree.most === Infinity &&
    tree.body.kind === "set" &&
    ereOf(tree.body.set) === ereOf(anyCharacter)
  );
}
