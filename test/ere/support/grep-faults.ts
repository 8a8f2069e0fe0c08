/**
 * Where GNU grep 3.8 with glibc 2.36 does not find what a pattern means, and ours does not follow it.
 * Promise: what is no fault here, grep and ours agree on.
 *
 * All of them are glibc's, so that they show only in patterns that grep's own automaton leaves to it.
 */
import { Parser } from "../../../src/ere/syntax/grammar.js";
import { features } from "../../../src/ere/syntax/pattern-features.js";
import type { Locale } from "../../../src/ere/index.js";
import type { SyntaxTree } from "../../../src/ere/syntax/syntax-tree.js";

export const grepFaults = {
  /** glibc copies what is counted and forgets an anchor if what follows it is copied too: `(\<a){2}`. */
  forgottenAnchor: "an anchor in a repetition that copies",
  /**
   * Of bytes that are no UTF-8 glibc asks the pattern, not the line, whether a word goes on, as for `\B\xa9`; and it
   * skips some of the places where a match could start if the pattern starts with a loop, as `.*\xa9` does.
   */
  invalidBytes: "bytes that are no UTF-8 in a pattern with edges of words, or that starts with a loop",
  /** glibc loses what a group matched that is repeated: `(a){,2}\1` does not match "aa". */
  repeatedReferent: "a back-reference to a repeated group",
  /** glibc takes one group's text for another's where several back-references can be empty: `^(|a)(|a)()\2\2$` matches "aa". */
  emptyReferents: "two or more back-references to groups that can be empty",
  /** glibc goes astray, or crashes, where nothing is repeated beside back-references: `(()+)\1`. */
  repeatedNothing: "a repetition of what can be empty beside a back-reference",
} as const;

export type GrepFault = keyof typeof grepFaults;

/** The fault that a valid pattern may bring to light. */
export function faultIn(pattern: Uint8Array, locale: Locale): GrepFault | undefined {
  const parser = new Parser(locale, "regex");
  const tree = parser.readWhole(pattern);
  if ((parser.cursor.features & features.regex) === 0) return undefined;
  const hasWordEdges = (parser.cursor.features & features.wordAssertions) !== 0;
  const hasInvalidBytes = (parser.cursor.features & features.invalidBytes) !== 0;
  if (hasInvalidBytes && (hasWordEdges || startsWithLoop(tree))) return "invalidBytes";
  const repeats = partsOf(tree).filter((part) => part.kind === "repeat");
  const repeated = repeats.flatMap(({ body }) => partsOf(body));
  const copied = repeats.filter(isCopied).flatMap(({ body }) => partsOf(body));
  if (copied.some(forgetsAnchor)) return "forgottenAnchor";
  const references = partsOf(tree).flatMap((part) => (part.kind === "back-reference" ? [part.number] : []));
  const referents = new Set(references);
  if (referents.size === 0) return undefined;
  if (repeated.some((part) => part.kind === "group" && referents.has(part.number))) return "repeatedReferent";
  const groups = new Map(
    partsOf(tree).flatMap((part) => (part.kind === "group" ? [[part.number, part.body]] : [])),
  );
  const canBeEmpty = emptiness(groups);
  const canBeEmptyGroup = (number: number): boolean => {
    const body = groups.get(number);
    return body !== undefined && canBeEmpty(body);
  };
  if (references.length > 1 && references.some(canBeEmptyGroup)) return "emptyReferents";
  return repeats.some(({ body, maximum }) => maximum > 1 && canBeEmpty(body)) ? "repeatedNothing" : undefined;
}

/**
 * Whether a line holds UTF-8 forms of numbers that Unicode gives to no character: surrogates, and what is past 10FFFF.
 * grep's automaton and glibc disagree on whether a dot matches them; ours never does.
 */
export function isBeyondUnicode(line: Buffer): boolean {
  return /\xed[\xa0-\xbf]|\xf4[\x90-\xbf]|[\xf5-\xfd]/.test(line.toString("latin1"));
}

type Repeat = SyntaxTree & { readonly kind: "repeat" };

/** A loop and an option are one node to glibc; everything else is written out. */
function isCopied({ minimum, maximum }: Repeat): boolean {
  return minimum > 1 || (maximum === Infinity ? minimum > 0 : maximum > 1);
}

function startsWithLoop(tree: SyntaxTree): boolean {
  if (tree.kind === "sequence") return tree.parts.slice(0, 1).some(startsWithLoop);
  return tree.kind === "repeat" && tree.minimum === 0 && tree.maximum === Infinity;
}

function forgetsAnchor(tree: SyntaxTree): boolean {
  if (tree.kind !== "sequence") return false;
  const parts = tree.parts.filter(({ kind }) => kind !== "empty");
  return parts.some((part, i) => {
    const next = parts[i + 1];
    return part.kind === "assertion" && next !== undefined && !opensGroup(next);
  });
}

/** Parentheses are not copied but made anew. */
function opensGroup(tree: SyntaxTree): boolean {
  return tree.kind === "group" || (tree.kind === "repeat" && tree.minimum > 0 && opensGroup(tree.body));
}

function partsOf(tree: SyntaxTree): readonly SyntaxTree[] {
  switch (tree.kind) {
    case "sequence":
      return [tree, ...tree.parts.flatMap(partsOf)];
    case "choice":
      return [tree, ...tree.branches.flatMap(partsOf)];
    case "group":
    case "repeat":
      return [tree, ...partsOf(tree.body)];
    default:
      return [tree];
  }
}

function emptiness(groups: ReadonlyMap<number, SyntaxTree>): (tree: SyntaxTree) => boolean {
  const canBeEmpty = (tree: SyntaxTree): boolean => {
    switch (tree.kind) {
      case "empty":
      case "assertion":
        return true;
      case "byte":
      case "character":
        return false;
      case "sequence":
        return tree.parts.every(canBeEmpty);
      case "choice":
        return tree.branches.some(canBeEmpty);
      case "group":
        return canBeEmpty(tree.body);
      case "repeat":
        return tree.minimum === 0 || canBeEmpty(tree.body);
      case "back-reference": {
        const referent = groups.get(tree.number);
        return referent === undefined || canBeEmpty(referent);
      }
    }
  };
  return canBeEmpty;
}
