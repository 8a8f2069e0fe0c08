/**
 * Finds the ignore rule that comes nearest to a line that none ignores.
 * Promise: it agrees with the line up to the column that is named, and none agrees further; of equals, the one with
 * the least left to match. A back-reference and what follows it agree with nothing.
 */
import { partsOf, patternParser, PrefixWalk, type SyntaxTree } from "../ere/index.js";
import type { Rule } from "./rule.js";
import type { RuleSet } from "./rule-set.js";

export interface NearestRule {
  readonly rule: Rule;
  /** Where the rule stops matching: bytes of the line, from 1. */
  readonly column: number;
}

/** A rule that can be cut short after each of its parts: fewer of them match wherever more of them match. */
interface Candidate {
  readonly rule: Rule;
  readonly ere: string;
  readonly parts: readonly SyntaxTree[];
  /** How many parts it has in all. */
  readonly partCount: number;
  /** How many parts stand before the first wildcard: what stands after it would be found somewhere in most lines. */
  readonly partsBeforeWildcard: number;
}

/** Enough of a line to tell rules apart, and a bound on the work. */
const lookedAtBytes = 2048;
/** Enough of a rule: longer ones are not written by people. */
const lookedAtParts = 1000;

/**
 * A finder for many lines: what it builds for one serves the next. It answers undefined when no rule that is anchored at
 * the start agrees on more than the line's header and program.
 */
export function nearestRuleFinder({
  rules,
  eres,
  locale,
}: RuleSet): (line: Uint8Array) => NearestRule | undefined {
  const parse = patternParser(locale);
  const candidates = rules.flatMap((rule, index) => candidateOf(rule, eres[index] ?? "", parse));
  const walk = new PrefixWalk(candidates, locale);
  const agreedBytes = new Int32Array(walk.prefixCount);
  return (line) => {
    const start = line.subarray(0, lookedAtBytes);
    agreedBytes.fill(none);
    walk.walk(start, (prefix, bytes) => (agreedBytes[prefix] = bytes));
    let nearest: NearestRule | undefined;
    let bytes = Math.max(Buffer.from(start).indexOf(": "), 0);
    let leastLeft = Infinity;
    for (const [place, { rule, partCount, partsBeforeWildcard }] of candidates.entries()) {
      const prefixes = walk.prefixes[place] ?? [];
      const matched = prefixes.findLastIndex((prefix) => agreedBytes[prefix] !== none) + 1;
      const agreed = agreedBytes[prefixes[Math.min(matched, partsBeforeWildcard) - 1] ?? none] ?? none;
      const left = partCount - matched;
      if (agreed < bytes || (agreed === bytes && left >= leastLeft)) continue;
      // No further than the program is no agreement.
      if (agreed === bytes && nearest === undefined) continue;
      nearest = { rule, column: agreed + 1 };
      bytes = agreed;
      leastLeft = left;
    }
    return nearest;
  };
}

const none = -1;

function candidateOf(
  rule: Rule,
  ere: string,
  parse: (ere: Uint8Array) => SyntaxTree | undefined,
): Candidate[] {
  if (rule.list !== "ignored" || !ere.startsWith("^")) return [];
  const tree = parse(Buffer.from(ere, "latin1"));
  if (tree === undefined || tree.kind === "choice") return [];
  const parts = partsOf(tree);
  const wildcard = parts.findIndex(({ start, end }) => /^\.[*+]$/.test(ere.slice(start, end)));
  const reference = parts.findIndex(hasBackReference);
  return [
    {
      rule,
      ere,
      parts: parts.slice(0, reference < 0 ? lookedAtParts : Math.min(reference, lookedAtParts)),
      partCount: parts.length,
      partsBeforeWildcard: wildcard < 0 ? parts.length : wildcard,
    },
  ];
}

function hasBackReference(tree: SyntaxTree): boolean {
  let inner = tree;
  // Intervals can be stacked as high as a pattern is long.
  while (inner.kind === "repeat" || inner.kind === "group") inner = inner.body;
  if (inner.kind === "sequence") return inner.parts.some(hasBackReference);
  if (inner.kind === "choice") return inner.branches.some(hasBackReference);
  return inner.kind === "back-reference";
}
