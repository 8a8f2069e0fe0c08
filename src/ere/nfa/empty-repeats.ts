/**
 * Rewrites repetitions of what can be empty, so that a place in a line does not lead to all of their copies at once.
 * Promise: the lines that match are the same. What groups have matched is not, so it is for programs without groups.
 *
 * `(a?){32767}` is `a{0,32767}`: of the first each byte leads to 32,767 nodes, of the second to two.
 */
import { located as locatedAt, type Meaning, type SyntaxTree } from "../syntax/syntax-tree.js";

type Repeat = Meaning & { readonly kind: "repeat" };

/** How a tree can be without a byte: not at all; in no other way; or beside what `others` matches, which is never empty. */
type Emptiness =
  | { readonly kind: "never" }
  | { readonly kind: "always" }
  | { readonly kind: "sometimes"; readonly others: Meaning }
  /** It depends on anchors, or is not worth finding out. */
  | { readonly kind: "unknown" };

const never: Emptiness = { kind: "never" };
const always: Emptiness = { kind: "always" };
const unknown: Emptiness = { kind: "unknown" };

const known = new WeakMap<Meaning, Emptiness>();

/** The same repetition, or a smaller one that matches the same. */
export function withoutEmptyCopies(tree: Repeat): Repeat {
  const { body, minimum, maximum } = tree;
  if (maximum <= 1) return tree;
  const emptiness = emptinessOf(body);
  // What matches no byte holds at a place or does not, however often it is asked.
  if (emptiness.kind === "always") return { kind: "repeat", body, minimum: Math.min(minimum, 1), maximum: 1 };
  if (emptiness.kind !== "sometimes") return tree;
  return { kind: "repeat", body: located(emptiness.others), minimum: 0, maximum };
}

function emptinessOf(tree: Meaning): Emptiness {
  let found = known.get(tree);
  if (found === undefined) {
    found = find(tree);
    known.set(tree, found);
  }
  return found;
}

function find(tree: Meaning): Emptiness {
  switch (tree.kind) {
    case "byte":
    case "character":
      return never;
    case "empty":
    case "assertion":
      return always;
    case "back-reference":
      return unknown;
    case "group":
      return emptinessOf(tree.body);
    case "repeat":
      return ofRepeat(tree);
    case "choice":
      return ofChoice(tree.branches);
    case "sequence":
      return ofSequence(tree.parts);
  }
}

function ofRepeat({ body, minimum, maximum }: Repeat): Emptiness {
  const once = emptinessOf(body);
  if (once.kind === "always") return minimum > 0 || !hasAssertion(body) ? always : unknown;
  if (once.kind === "unknown" || (once.kind === "never" && minimum > 0)) return once;
  const others = once.kind === "sometimes" ? located(once.others) : body;
  return { kind: "sometimes", others: { kind: "repeat", body: others, minimum: 1, maximum } };
}

function ofChoice(branches: readonly SyntaxTree[]): Emptiness {
  const all = branches.map(emptinessOf);
  if (all.every(({ kind }) => kind === "never")) return never;
  // An anchor in one branch is a condition that the others do not have.
  if (all.some(({ kind }) => kind === "unknown") || branches.some(hasAssertion)) return unknown;
  const others = branches.flatMap((branch, i) => {
    const emptiness = all[i];
    if (emptiness?.kind === "sometimes") return [located(emptiness.others)];
    return emptiness?.kind === "never" ? [branch] : [];
  });
  return others.length === 0 ? always : { kind: "sometimes", others: { kind: "choice", branches: others } };
}

function ofSequence(parts: readonly SyntaxTree[]): Emptiness {
  const all = parts.map(emptinessOf);
  if (all.some(({ kind }) => kind === "never")) return never;
  if (all.every(({ kind }) => kind === "always")) return always;
  const wide = parts.filter((_, i) => all[i]?.kind !== "always");
  const [only] = wide;
  if (wide.length !== 1 || only === undefined || parts.some(hasAssertion)) return unknown;
  return emptinessOf(only);
}

/** Whether it holds at some places only. It is asked of what can be without a byte, which is short. */
function hasAssertion(tree: Meaning): boolean {
  switch (tree.kind) {
    case "assertion":
      return true;
    case "group":
    case "repeat":
      return hasAssertion(tree.body);
    case "sequence":
      return tree.parts.some(hasAssertion);
    case "choice":
      return tree.branches.some(hasAssertion);
    default:
      return false;
  }
}

/** Trees made here stand nowhere in the text. */
function located(meaning: Meaning): SyntaxTree {
  return locatedAt(meaning, 0, 0);
}
