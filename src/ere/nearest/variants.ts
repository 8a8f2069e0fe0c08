/**
 * Splits a large pattern at its choices, so that a line is compared with the branches that it may be about.
 * Promise: together the variants match what the pattern matches, and their spans are places in its text.
 */
import type { SyntaxTree } from "../syntax/syntax-tree.js";
import { fixedWordsOf } from "./fixed-words.js";

/** Leaves of a pattern that is aligned as a whole: a widened header has 200, and what is said after it seldom as many. */
const manyLeaves = 400;
const mostVariants = 100;
/** To split smaller choices helps little. */
const [fewestBranches, fewestLeaves] = [3, 40];
/** How many of the branches must say what they are about: those of a header do not. */
const leastNamed = 0.6;

type Choice = SyntaxTree & { readonly kind: "choice" };

/** Out: the pattern itself where it is small; at most a hundred. */
export function variantsOf(tree: SyntaxTree): readonly SyntaxTree[] {
  const sizes = new TreeSizes();
  const whole: SyntaxTree[] = [];
  const large = [tree];
  for (let one = large.pop(); one !== undefined; one = large.pop()) {
    const choice = sizes.leavesOf(one) > manyLeaves ? sizes.largestChoice(one) : undefined;
    if (choice === undefined || whole.length + large.length + choice.branches.length > mostVariants)
      whole.push(one);
    else for (const branch of choice.branches) large.push(withInstead(one, choice, branch));
  }
  return whole;
}

/** Variants share trees, so each is looked at once. */
class TreeSizes {
  private readonly leaves = new Map<SyntaxTree, number>();
  private readonly choices = new Map<SyntaxTree, Choice | undefined>();

  /** How many leaves an alignment has to look at. */
  leavesOf(tree: SyntaxTree): number {
    if (tree.kind === "byte" || tree.kind === "character" || tree.kind === "back-reference") return 1;
    let count = this.leaves.get(tree);
    if (count === undefined) this.leaves.set(tree, (count = this.countLeaves(tree)));
    return count;
  }

  /** The largest that is no part of a loop. */
  largestChoice(tree: SyntaxTree): Choice | undefined {
    if (this.leavesOf(tree) < fewestLeaves) return undefined;
    if (!this.choices.has(tree)) this.choices.set(tree, this.findLargestChoice(tree));
    return this.choices.get(tree);
  }

  private countLeaves(tree: SyntaxTree): number {
    switch (tree.kind) {
      case "group":
        return this.leavesOf(tree.body);
      case "sequence":
        return this.sum(tree.parts);
      case "choice":
        return this.sum(tree.branches);
      case "repeat": {
        const times = tree.maximum === Infinity ? tree.minimum + 1 : tree.maximum;
        return times * this.leavesOf(tree.body);
      }
      default:
        return 0;
    }
  }

  private sum(trees: readonly SyntaxTree[]): number {
    let count = 0;
    for (const tree of trees) count += this.leavesOf(tree);
    return count;
  }

  private findLargestChoice(tree: SyntaxTree): Choice | undefined {
    switch (tree.kind) {
      case "group":
        return this.largestChoice(tree.body);
      case "repeat":
        return tree.maximum === 1 ? this.largestChoice(tree.body) : undefined;
      case "sequence":
        return this.largestOf(tree.parts);
      case "choice":
        return saysMuch(tree) ? tree : this.largestOf(tree.branches);
      default:
        return undefined;
    }
  }

  private largestOf(trees: readonly SyntaxTree[]): Choice | undefined {
    let [largest, most] = [undefined as Choice | undefined, 0];
    for (const tree of trees) {
      const choice = this.largestChoice(tree);
      const leaves = choice ? this.leavesOf(choice) : 0;
      if (leaves > most) [largest, most] = [choice, leaves];
    }
    return largest;
  }
}

function saysMuch({ branches }: Choice): boolean {
  if (branches.length < fewestBranches) return false;
  const named = branches.filter((branch) => {
    const { needed, possible } = fixedWordsOf(branch);
    return needed.length + possible.length > 0;
  });
  return named.length >= leastNamed * branches.length;
}

function withInstead(tree: SyntaxTree, choice: Choice, branch: SyntaxTree): SyntaxTree {
  if (tree === choice) return branch;
  if (choice.start < tree.start || choice.end > tree.end) return tree;
  const inner = (part: SyntaxTree): SyntaxTree => withInstead(part, choice, branch);
  switch (tree.kind) {
    case "group":
      return { ...tree, body: inner(tree.body) };
    case "repeat":
      return { ...tree, body: inner(tree.body) };
    case "sequence":
      return { ...tree, parts: tree.parts.map(inner) };
    case "choice":
      return { ...tree, branches: tree.branches.map(inner) };
    default:
      return tree;
  }
}
