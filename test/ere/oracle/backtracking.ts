/** A slow and obvious matcher: tries everything, remembers nothing. Promise: so short that it can be read to be right. */
import { hasByte } from "../../../src/ere/alphabet/byte-set.js";
import type { SyntaxTree } from "../../../src/ere/syntax/syntax-tree.js";

type Rest = (offset: number) => boolean;

/** Whether the tree matches somewhere in the line. Bytes only: no words, no back-references. */
export function matchesSomewhere(tree: SyntaxTree, line: Uint8Array): boolean {
  for (let start = 0; start <= line.length; start++) if (matches(tree, line, start, () => true)) return true;
  return false;
}

function matches(tree: SyntaxTree, line: Uint8Array, offset: number, rest: Rest): boolean {
  switch (tree.kind) {
    case "empty":
      return rest(offset);
    case "byte":
      return offset < line.length && hasByte(tree.set, line[offset] ?? 0) && rest(offset + 1);
    case "assertion":
      return (tree.assertion === "line start" ? offset === 0 : offset === line.length) && rest(offset);
    case "group":
      return matches(tree.body, line, offset, rest);
    case "choice":
      return tree.branches.some((branch) => matches(branch, line, offset, rest));
    case "sequence":
      return matchesParts(tree.parts, line, offset, rest);
    case "repeat":
      return repeats(tree, 0, line, offset, rest);
    case "character":
    case "back-reference":
      throw new Error(`the oracle knows no ${tree.kind}`);
  }
}

function matchesParts(parts: readonly SyntaxTree[], line: Uint8Array, offset: number, rest: Rest): boolean {
  const [first, ...others] = parts;
  if (first === undefined) return rest(offset);
  return matches(first, line, offset, (after) => matchesParts(others, line, after, rest));
}

function repeats(
  tree: SyntaxTree & { readonly kind: "repeat" },
  done: number,
  line: Uint8Array,
  offset: number,
  rest: Rest,
): boolean {
  if (done >= tree.minimum && rest(offset)) return true;
  if (done >= tree.maximum) return false;
  return matches(
    tree.body,
    line,
    offset,
    // An empty repetition beyond the minimum changes nothing.
    (after) => (after > offset || done < tree.minimum) && repeats(tree, done + 1, line, after, rest),
  );
}
