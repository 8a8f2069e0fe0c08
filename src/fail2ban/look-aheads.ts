/**
 * Works look-aheads into what follows them.
 * Promise: the same lines; what looks further than can be said is refused.
 */
import { after, isNullable, notBeginning, textsOf } from "./languages.js";
import { NotCarriedOver } from "./not-carried-over.js";
import {
  choice,
  contains,
  countOf,
  end,
  literal,
  never,
  nothing,
  repeat,
  sequence,
  type Tree,
} from "./regex-tree.js";

/** So many texts may be asked for, or forbidden. */
const mostTexts = 64;
/** Each look-ahead copies what follows it. */
const largestTree = 20_000;

/** Without look-aheads: what they forbid or ask for is taken from what follows them. */
export function withoutLooks(tree: Tree): Tree {
  return hasLook(tree) ? looked(tree, nothing, true) : tree;
}

function hasLook(tree: Tree): boolean {
  return contains(tree, ({ kind }) => kind === "look ahead");
}

/** The tree and what follows it. `isWhole`: the rest reaches to the end of the line. */
function looked(tree: Tree, rest: Tree, isWhole: boolean): Tree {
  if (!hasLook(tree)) return sequence(tree, rest);
  switch (tree.kind) {
    case "look ahead":
      return restricted(tree, rest, isWhole);
    case "sequence":
      return tree.items.reduceRight<Tree>((following, item) => looked(item, following, isWhole), rest);
    case "choice":
      return choice(...tree.options.map((option) => looked(option, rest, isWhole)));
    case "group":
      return looked(tree.body, rest, isWhole);
    case "repeat": {
      const alone = decided(tree.body);
      if (alone) return sequence(repeat(alone, tree.least, tree.most), rest);
      if (tree.most > 1) throw new NotCarriedOver("repeats a look-ahead");
      const once = looked(tree.body, rest, isWhole);
      return tree.least === 1 ? once : choice(once, rest);
    }
    default:
      throw new NotCarriedOver("has a look-ahead in a place that is not known");
  }
}

/** The tree without its look-aheads, where what they ask is decided before it ends; else undefined. */
export function decided(tree: Tree): Tree | undefined {
  try {
    return looked(tree, nothing, false);
  } catch (error) {
    if (error instanceof NotCarriedOver) return undefined;
    throw error;
  }
}

type Look = Extract<Tree, { readonly kind: "look ahead" }>;

function restricted({ body, isNegative }: Look, rest: Tree, isWhole: boolean): Tree {
  const texts = textsOf(body, mostTexts);
  if (!texts) throw new NotCarriedOver("looks ahead for more than a few texts");
  const check = (remaining: Tree, seen: boolean): void => {
    if (seen && !isWhole && isNullable(remaining))
      throw new NotCarriedOver("looks further ahead than it repeats");
  };
  const bounded = (tree: Tree): Tree => {
    if (countOf(tree) > largestTree) throw new NotCarriedOver("becomes too large where it looks ahead");
    return tree;
  };
  if (!isNegative) return bounded(choice(...texts.map((text) => beginningWith(text, rest, check))));
  return texts.reduce((following, text) => bounded(notBeginningWith(text, following, check)), rest);
}

/** Called with what is left of the rest, while not all of the text was seen. */
type Check = (remaining: Tree, seen: boolean) => void;

function beginningWith(text: string, rest: Tree, check: Check): Tree {
  const [character, ...more] = text;
  check(rest, character !== undefined);
  if (character === undefined) return rest;
  return sequence(literal(character), beginningWith(more.join(""), after(rest, character), check));
}

function notBeginningWith(text: string, rest: Tree, check: Check): Tree {
  const [character, ...more] = text;
  check(rest, character !== undefined);
  if (character === undefined || rest.kind === "never") return never;
  return choice(
    isNullable(rest) ? end : never,
    notBeginning(rest, character),
    sequence(literal(character), notBeginningWith(more.join(""), after(rest, character), check)),
  );
}
