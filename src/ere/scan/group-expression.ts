/**
 * Puts a pattern into JavaScript's regular expressions, where those find its groups fast: backtracking over our own
 * program takes 20 us a line, this takes less than one.
 * Promise: on a line of ASCII it finds what `Backtracking` finds, in time that grows at worst with the square of the
 * line's length; patterns of which that cannot be said are not put into it.
 */
import { areDisjoint, hasByte, type ByteSet } from "../alphabet/byte-set.js";
import type { SyntaxTree } from "../syntax/syntax-tree.js";
import { bytesIn, bytesOf, firstOf, isBounded, noBytes, union } from "./tree-facts.js";

/** Undefined for a pattern with what JavaScript lacks, or with more than one repetition that can end in many ways. */
export function groupExpression(tree: SyntaxTree): RegExp | undefined {
  const translation = new Translation();
  const source = translation.sourceOf(tree, undefined, false);
  if (source === undefined || translation.openEnded > 1 || translation.ways > mostWays) return undefined;
  return new RegExp(source, "s");
}

/** In how many ways short repetitions may end, all together. */
const mostWays = 4096;

/** What comes after a part of a pattern: undefined where nothing does. */
type Follow = { readonly tree: SyntaxTree; readonly next: Follow } | undefined;

class Translation {
  /** Repetitions that can end at more places than a few, whatever comes after them. */
  openEnded = 0;
  ways = 1;

  /** `isLooped`: whether a repetition stands around it. */
  sourceOf(tree: SyntaxTree, follow: Follow, isLooped: boolean): string | undefined {
    switch (tree.kind) {
      case "empty":
        return "";
      case "byte":
      case "character":
        return classOf(bytesOf(tree));
      case "assertion":
        if (tree.assertion === "line start") return "^";
        return tree.assertion === "line end" ? "$" : undefined;
      case "group": {
        const body = this.sourceOf(tree.body, follow, isLooped);
        return body === undefined ? undefined : `(${body})`;
      }
      case "sequence":
        return this.sourceOfSequence(tree.parts, follow, isLooped);
      case "choice":
        return this.sourceOfChoice(tree.branches, follow, isLooped);
      case "repeat":
        return this.sourceOfRepeat(tree, follow, isLooped);
      case "back-reference":
        return undefined;
    }
  }

  private sourceOfSequence(
    parts: readonly SyntaxTree[],
    follow: Follow,
    isLooped: boolean,
  ): string | undefined {
    let after = follow;
    let source = "";
    for (const part of parts.toReversed()) {
      const text = this.sourceOf(part, after, isLooped);
      if (text === undefined) return undefined;
      source = text + source;
      after = { tree: part, next: after };
    }
    return source;
  }

  private sourceOfChoice(
    branches: readonly SyntaxTree[],
    follow: Follow,
    isLooped: boolean,
  ): string | undefined {
    if (isLooped && !areTold(branches)) return undefined;
    const sources = branches.map((branch) => this.sourceOf(branch, follow, isLooped));
    return sources.includes(undefined) ? undefined : `(?:${sources.join("|")})`;
  }

  private sourceOfRepeat(
    tree: SyntaxTree & { readonly kind: "repeat" },
    follow: Follow,
    isLooped: boolean,
  ): string | undefined {
    const { body, minimum, maximum } = tree;
    const isOnce = maximum <= 1;
    if (!isOnce && firstOf(body).isNullable) return undefined;
    if (minimum !== maximum && !areDisjoint(firstOf(body).bytes, firstAfter(follow))) {
      if (isLooped) return undefined;
      if (isBounded(tree)) this.ways *= Math.min(maximum - minimum + 1, mostWays);
      else if (!endsInFewPlaces(bytesIn(body), follow)) this.openEnded += 1;
    }
    const source = this.sourceOf(body, isOnce ? follow : { tree, next: follow }, isLooped || !isOnce);
    if (source === undefined) return undefined;
    return `(?:${source}){${minimum},${maximum === Infinity ? "" : maximum}}`;
  }
}

/** The bytes that may come next. */
function firstAfter(follow: Follow): ByteSet {
  let bytes = noBytes;
  for (let part = follow; part; part = part.next) {
    const first = firstOf(part.tree);
    bytes = union(bytes, first.bytes);
    if (!first.isNullable) break;
  }
  return bytes;
}

/**
 * Whether a run of these bytes can be left in a few places only: after what is short, something must come that the run
 * does not have, or the line's end.
 */
function endsInFewPlaces(run: ByteSet, follow: Follow): boolean {
  for (let part = follow; part; part = part.next) {
    const { bytes, isNullable } = firstOf(part.tree);
    const isOther = areDisjoint(run, bytes);
    if (isOther && !isNullable) return true;
    if (!isOther && !isBounded(part.tree)) return false;
  }
  return true;
}

/** Whether the next byte tells which of the branches it is. */
function areTold(branches: readonly SyntaxTree[]): boolean {
  let seen = noBytes;
  for (const branch of branches) {
    const { bytes, isNullable } = firstOf(branch);
    if (isNullable || !areDisjoint(seen, bytes)) return false;
    seen = union(seen, bytes);
  }
  return true;
}

/** The bytes of ASCII in a set. */
function classOf(set: ByteSet): string {
  let source = "";
  for (let byte = 0; byte < 0x80; byte++)
    if (hasByte(set, byte)) source += `\\x${byte.toString(16).padStart(2, "0")}`;
  return source === "" ? "(?!)" : `[${source}]`;
}
