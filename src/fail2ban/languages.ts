/**
 * Takes apart what an expression matches: by its first character, by its last, by what comes before a place.
 * Promise: what is given matches exactly what it says; where that cannot be said, NotCarriedOver is thrown.
 *
 * Trees here have no starts, groups, look-aheads and references to groups any more.
 */
import { hasCharacter, newlineOnly, rangeOf, without } from "./character-set.js";
import { NotCarriedOver } from "./not-carried-over.js";
import { choice, end, never, nothing, repeat, sequence, setTree, type Tree } from "./regex-tree.js";

/** Whether it matches nothing at all. Ends and edges of words are taken to be there. */
export function isNullable(tree: Tree): boolean {
  switch (tree.kind) {
    case "never":
    case "set":
    case "date":
      return false;
    case "sequence":
      return tree.items.every(isNullable);
    case "choice":
      return tree.options.some(isNullable);
    case "repeat":
      return tree.least === 0 || isNullable(tree.body);
    case "group":
      return isNullable(tree.body);
    default:
      return true;
  }
}

/** Whether it may be passed over in the middle of a line. */
function isSkippable(tree: Tree): boolean {
  switch (tree.kind) {
    case "sequence": {
      if (!tree.items.filter((item) => !isEdge(item)).every(isSkippable)) return false;
      if (tree.items.some(isEdge))
        throw new NotCarriedOver("asks for the edge of a word where another part may begin");
      return true;
    }
    case "choice":
      return tree.options.some(isSkippable);
    case "repeat":
      return tree.least === 0 || isSkippable(tree.body);
    case "group":
      return isSkippable(tree.body);
    case "word edge":
    case "no word edge":
      return isSkippable({ kind: "sequence", items: [tree] });
    default:
      return false;
  }
}

function isEdge({ kind }: Tree): boolean {
  return kind === "word edge" || kind === "no word edge";
}

/** What follows a first character: of all that begins with it. */
export function after(tree: Tree, character: string): Tree {
  return byFirst(tree, (set) => (hasCharacter(set, character) ? nothing : never));
}

/** All that begins with another character. */
export function notBeginning(tree: Tree, character: string): Tree {
  const range = rangeOf(character);
  if (!range) throw new NotCarriedOver("asks for a character beyond ASCII");
  return byFirst(tree, (set) => setTree(without(set, range)));
}

type SetTree = Extract<Tree, { readonly kind: "set" }>;

/** The tree with each character that it may begin with replaced. What has no first character is left out. */
function byFirst(tree: Tree, replace: (set: SetTree["set"]) => Tree): Tree {
  switch (tree.kind) {
    case "set":
      return replace(tree.set);
    case "sequence": {
      const [first = nothing, ...rest] = tree.items;
      if (tree.items.length === 0) return never;
      const others = sequence(...rest);
      const within = sequence(byFirst(first, replace), others);
      return isSkippable(first) ? choice(within, byFirst(others, replace)) : within;
    }
    case "choice":
      return choice(...tree.options.map((option) => byFirst(option, replace)));
    case "repeat":
      return sequence(
        byFirst(tree.body, replace),
        repeat(tree.body, Math.max(0, tree.least - 1), tree.most - 1, tree.isLazy),
      );
    case "group":
      return byFirst(tree.body, replace);
    default:
      return never;
  }
}

/** What comes before a last character: of all that ends with it. */
export function before(tree: Tree, character: string): Tree {
  switch (tree.kind) {
    case "set":
      return hasCharacter(tree.set, character) ? nothing : never;
    case "sequence": {
      const last = tree.items.at(-1);
      if (!last) return never;
      const others = sequence(...tree.items.slice(0, -1));
      const within = sequence(others, before(last, character));
      return isSkippable(last) ? choice(within, before(others, character)) : within;
    }
    case "choice":
      return choice(...tree.options.map((option) => before(option, character)));
    case "repeat":
      return sequence(
        repeat(tree.body, Math.max(0, tree.least - 1), tree.most - 1, tree.isLazy),
        before(tree.body, character),
      );
    case "group":
      return before(tree.body, character);
    default:
      return never;
  }
}

/**
 * What also matches where its last character would be the newline after the line: Python sees that, a rule does not.
 */
export function orAtNewline(tree: Tree): Tree {
  switch (tree.kind) {
    case "set":
      return hasCharacter(tree.set, "\n") ? choice(setTree(without(tree.set, newlineOnly)), end) : tree;
    case "sequence": {
      const items = [...tree.items];
      for (let index = items.length - 1; index >= 0; index--) {
        const item = items[index] ?? nothing;
        items[index] = orAtNewline(item);
        if (!isNullable(item)) break;
      }
      return sequence(...items);
    }
    case "choice":
      return choice(...tree.options.map(orAtNewline));
    case "repeat": {
      // What may be left out may be left out at the end, too.
      if (tree.least === 0) return tree;
      const { body, least, most, isLazy } = tree;
      return sequence(repeat(body, least - 1, most - 1, isLazy), orAtNewline(body));
    }
    case "group":
      return orAtNewline(tree.body);
    default:
      return tree;
  }
}

/** The texts that it matches, if they are at most so many. Undefined: they are more, or depend on what is around. */
export function textsOf(tree: Tree, most: number): readonly string[] | undefined {
  switch (tree.kind) {
    case "set": {
      if (tree.set.hasWords || tree.set.hasOthers) return undefined;
      const found = tree.set.ascii.flatMap((isIn, code) => (isIn ? [String.fromCharCode(code)] : []));
      return found.length <= most ? found : undefined;
    }
    case "sequence": {
      let found: readonly string[] = [""];
      for (const item of tree.items) {
        const texts = textsOf(item, most);
        if (!texts || texts.length * found.length > most) return undefined;
        found = found.flatMap((text) => texts.map((more) => text + more));
      }
      return found;
    }
    case "choice":
    case "repeat":
    case "group": {
      const parts =
        tree.kind === "choice"
          ? tree.options
          : tree.kind === "group"
            ? [tree.body]
            : repetitionsOf(tree, most);
      const found = new Set<string>();
      for (const part of parts ?? [])
        for (const text of textsOf(part, most) ?? [undefined]) found.add(text ?? "\n");
      return parts && !found.has("\n") && found.size <= most ? [...found] : undefined;
    }
    default:
      return undefined;
  }
}

function repetitionsOf(
  { body, least, most }: Extract<Tree, { readonly kind: "repeat" }>,
  limit: number,
): readonly Tree[] | undefined {
  if (most - least >= limit || most > limit) return undefined;
  return Array.from({ length: most - least + 1 }, (_, index) => repeat(body, least + index, least + index));
}
