/**
 * Makes of an expression that is searched for one that tells of whole lines.
 * Promise: the same lines; references to groups, conditions, anchors at the start and look-aheads are worked in.
 */
import { anyCharacter } from "./character-set.js";
import { after, isNullable, notBeginning, orAtNewline, textsOf } from "./languages.js";
import { NotCarriedOver } from "./python-regex.js";
import {
  changed,
  choice,
  contains,
  end,
  group,
  never,
  nothing,
  repeat,
  sequence,
  setTree,
  type Tree,
} from "./regex-tree.js";

const anything = repeat(setTree(anyCharacter), 0, Infinity);

/** So many texts a group may match that is referred to, or that may not come next. */
const mostTexts = 64;

/**
 * The whole lines, without their newline, in which the expression is found. `hasNewline`: Python sees one at the end.
 * Throws NotCarriedOver.
 */
export function wholeLines(tree: Tree, hasNewline: boolean): Tree {
  const split = withoutReferences(tree);
  const { atStart, elsewhere } = anchored(split);
  const searched = choice(atStart, elsewhere.kind === "never" ? never : sequence(anything, elsewhere));
  const ended = hasNewline ? orAtNewline(searched) : searched;
  return plain(withoutLooks(sequence(ended, anything)));
}

/** Whether the expression cannot match without a group of this name. */
export function alwaysTakes(tree: Tree, name: string): boolean {
  return whereMatched(tree, name, false).kind === "never";
}

/** Case by case: for each text of a group that is referred to, and with and without a group that is asked for. */
function withoutReferences(tree: Tree): Tree {
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

function literal(text: string): Tree {
  const { ascii } = anyCharacter;
  return sequence(
    ...[...text].map((character) =>
      setTree({ ascii: ascii.map((_, code) => code === character.charCodeAt(0)), hasWords: false, hasOthers: false }),
    ),
  );
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

/** What the tree matches where it begins at the line's start, and elsewhere. */
interface Anchored {
  readonly atStart: Tree;
  readonly elsewhere: Tree;
}

function anchored(tree: Tree): Anchored {
  const isStart = ({ kind }: Tree): boolean => kind === "start";
  if (!contains(tree, isStart)) return { atStart: tree, elsewhere: tree };
  switch (tree.kind) {
    case "start":
      return { atStart: nothing, elsewhere: never };
    case "sequence": {
      const [first = nothing, ...items] = tree.items;
      const [head, rest] = [anchored(first), anchored(sequence(...items))];
      const elsewhere = sequence(head.elsewhere, rest.elsewhere);
      if (isZeroWidth(first)) return { atStart: sequence(head.atStart, rest.atStart), elsewhere };
      if (!isNullable(first) || !contains(sequence(...items), isStart))
        return { atStart: sequence(head.atStart, rest.elsewhere), elsewhere };
      throw new NotCarriedOver('has a "^" after what may be left out');
    }
    case "choice": {
      const options = tree.options.map(anchored);
      return {
        atStart: choice(...options.map(({ atStart }) => atStart)),
        elsewhere: choice(...options.map((option) => option.elsewhere)),
      };
    }
    case "group": {
      const { atStart, elsewhere } = anchored(tree.body);
      return { atStart: group(tree.name, atStart), elsewhere: group(tree.name, elsewhere) };
    }
    case "repeat": {
      if (tree.most > 1) throw new NotCarriedOver('repeats a "^"');
      const { atStart, elsewhere } = anchored(tree.body);
      return { atStart: repeat(atStart, 0, 1), elsewhere: repeat(elsewhere, 0, 1) };
    }
    default:
      throw new NotCarriedOver('has a "^" in a look-ahead');
  }
}

function isZeroWidth({ kind }: Tree): boolean {
  return kind === "start" || kind === "word edge" || kind === "no word edge";
}

/** Without look-aheads: what they forbid or ask for is taken from what follows them. */
function withoutLooks(tree: Tree): Tree {
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
    if (seen && !isWhole && isNullable(remaining)) throw new NotCarriedOver("looks further ahead than it repeats");
  };
  if (!isNegative) return choice(...texts.map((text) => beginningWith(text, rest, check)));
  return texts.reduce((following, text) => notBeginningWith(text, following, check), rest);
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

/** Groups are of no use any more. */
function plain(tree: Tree): Tree {
  return changed(tree, (part) => (part.kind === "group" ? part.body : part));
}
