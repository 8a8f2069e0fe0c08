/**
 * Makes a large pattern smaller for one line: leaves out the branches of its choices that the line has nothing of.
 * Promise: what is left matches nothing that the pattern does not; where the pattern matches the line, so does what is left.
 */
import { hasByte } from "../alphabet/byte-set.js";
import { partsOf, type SyntaxTree } from "../syntax/syntax-tree.js";

/** Smaller choices are kept whole. */
const manyBranches = 8;

/** In: the line as latin1. */
export function prunedFor(tree: SyntaxTree, line: string): SyntaxTree {
  switch (tree.kind) {
    case "group":
      return { ...tree, body: prunedFor(tree.body, line) };
    case "repeat":
      return { ...tree, body: prunedFor(tree.body, line) };
    case "sequence":
      return { ...tree, parts: tree.parts.map((part) => prunedFor(part, line)) };
    case "choice":
      return { ...tree, branches: branchesFor(tree.branches, line) };
    default:
      return tree;
  }
}

function branchesFor(branches: readonly SyntaxTree[], line: string): readonly SyntaxTree[] {
  const isLarge = branches.length > manyBranches;
  const kept = isLarge ? branches.filter((branch) => isIn(line, branch)) : branches;
  return (kept.length > 0 ? kept : branches.slice(0, 1)).map((branch) => prunedFor(branch, line));
}

/** Whether the line has what each match of the branch begins with, as far as that is one text. */
function isIn(line: string, branch: SyntaxTree): boolean {
  const parts = partsOf(branch);
  const [first] = parts;
  if (first?.kind !== "byte") return true;
  for (let at = 0; at < line.length; at++) {
    let count = 0;
    while (takes(parts[count], line, at + count)) count++;
    const next = parts[count];
    if (count > 0 && next?.kind !== "byte") return true;
  }
  return false;
}

function takes(part: SyntaxTree | undefined, line: string, at: number): boolean {
  return part?.kind === "byte" && at < line.length && hasByte(part.set, line.charCodeAt(at));
}
