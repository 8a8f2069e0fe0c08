/**
 * Works references to groups, and conditions on them, into what they refer to: case by case.
 * Promise: the same lines; what may be too many cases is refused.
 */
import { textsOf } from "./languages.js";
import { NotCarriedOver } from "./not-carried-over.js";
import {
  changed,
  choice,
  contains,
  group,
  literal,
  never,
  repeat,
  sequence,
  type Tree,
} from "./regex-tree.js";

/** So many texts a group may match that is referred to. */
const mostTexts = 64;

/** Whether the expression cannot match without a group of this name. */
export function alwaysTakes(tree: Tree, name: string): boolean {
  return whereMatched(tree, name, false).kind === "never";
}

/** Case by case: for each text of a group that is referred to, and with and without a group that is asked for. */
export function withoutReferences(tree: Tree): Tree {
  const reference = find(tree, ({ kind }) => kind === "again" || kind === "if matched");
  if (reference?.kind === "if matched") {
    const { name } = reference;
    const isThis = (part: Tree): part is typeof reference => part.kind === "if matched" && part.name === name;
    const cases = [true, false].map((isMatched) =>
      changed(whereMatched(tree, name, isMatched), (part) =>
        isThis(part) ? (isMatched ? part.yes : part.no) : part,
      ),
    );
    return choice(...cases.map(withoutReferences));
  }
  if (reference?.kind !== "again") return tree;
  const { name } = reference;
  const referred = find(tree, (part) => part.kind === "group" && part.name === name);
  const texts = referred?.kind === "group" ? textsOf(referred.body, mostTexts) : undefined;
  if (!texts) throw new NotCarriedOver(`refers to what the group "${name}" has matched`);
  const matched = whereMatched(tree, name, true);
  const cases = texts.map((text) =>
    changed(matched, (part) => {
      if (part.kind === "again" && part.name === name) return literal(text);
      return part.kind === "group" && part.name === name ? group(name, literal(text)) : part;
    }),
  );
  return choice(...cases.map(withoutReferences));
}

function find(tree: Tree, isSuch: (part: Tree) => boolean): Tree | undefined {
  let found: Tree | undefined;
  contains(tree, (part) => {
    if (isSuch(part)) found ??= part;
    return found !== undefined;
  });
  return found;
}

/** The part of the tree's matches in which a group takes part, or does not. */
function whereMatched(tree: Tree, name: string, isMatched: boolean): Tree {
  const isGroup = (part: Tree): boolean => part.kind === "group" && part.name === name;
  const inside = (part: Tree): Tree => whereMatched(part, name, isMatched);
  if (!contains(tree, isGroup)) return isMatched ? never : tree;
  switch (tree.kind) {
    case "group":
      if (tree.name === name) return isMatched ? tree : never;
      return group(tree.name, inside(tree.body));
    case "sequence":
      return sequence(
        ...tree.items.map((item) => (isMatched && !contains(item, isGroup) ? item : inside(item))),
      );
    case "choice":
      return choice(...tree.options.map(inside));
    case "repeat": {
      const { least, most, isLazy } = tree;
      if (isMatched && most > 1) throw new NotCarriedOver(`asks for the group "${name}", which is repeated`);
      const body = inside(tree.body);
      return isMatched ? body : repeat(body, least, most, isLazy);
    }
    default:
      throw new NotCarriedOver(`asks for the group "${name}" in a place that is not known`);
  }
}
