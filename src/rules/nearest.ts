/**
 * Finds the ignore rule that comes nearest to a line that none ignores.
 * Promise: it agrees with the line up to the column that is named, and none agrees further; of equals, the one with
 * the least left to match.
 */
import { compilePatternSet, partsOf, patternParser } from "../ere/index.js";
import type { LineScanner, Locale, SyntaxTree } from "../ere/index.js";
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
  /** Where in the ERE each part ends. */
  readonly ends: readonly number[];
  /** How many parts stand before the first wildcard: what stands after it would be found somewhere in most lines. */
  readonly partsBeforeWildcard: number;
  /** So many of the first parts match the line. */
  matched: number;
  /** No more than so many can. */
  limit: number;
}

/** Enough of a line to tell rules apart, and a bound on the work. */
const lookedAtBytes = 2048;

/** Undefined when no rule that is anchored at the start agrees on more than the line's header and program. */
export function nearestRule({ rules, eres, locale }: RuleSet, line: Uint8Array): NearestRule | undefined {
  const parse = patternParser(locale);
  const candidates = rules.flatMap((rule, index) => candidateOf(rule, eres[index] ?? "", parse));
  const start = line.subarray(0, lookedAtBytes);
  while (candidates.some(({ matched, limit }) => matched < limit)) narrow(candidates, start, locale);

  const scanner = scannerFor(
    candidates.map((candidate) => `${agreedStart(candidate)}$`),
    locale,
  );
  const programEnd = Buffer.from(start).indexOf(": ");
  for (let length = start.length; length > Math.max(programEnd, 0); length -= 1) {
    const agreeing = scanner.matches(scanner.matchLine(start.subarray(0, length)));
    const [nearest] = agreeing
      .flatMap((index) => candidates[index] ?? [])
      .sort((one, other) => one.ends.length - one.matched - (other.ends.length - other.matched));
    if (nearest) return { rule: nearest.rule, column: length + 1 };
  }
  return undefined;
}

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
  return [
    {
      rule,
      ere,
      ends: parts.map(({ end }) => end),
      partsBeforeWildcard: wildcard < 0 ? parts.length : wildcard,
      matched: 1,
      limit: parts.length,
    },
  ];
}

/** The first parts of a candidate, as an ERE. */
function startOf({ ere, ends }: Candidate, parts: number): string {
  return ere.slice(0, ends[parts - 1] ?? 0);
}

function agreedStart(candidate: Candidate): string {
  return startOf(candidate, Math.min(candidate.matched, candidate.partsBeforeWildcard));
}

/** Halves what is not known of each candidate, all in one pass over the line. */
function narrow(candidates: readonly Candidate[], line: Uint8Array, locale: Locale): void {
  const middles = candidates.map(({ matched, limit }) => Math.ceil((matched + limit) / 2));
  const scanner = scannerFor(
    candidates.map((candidate, index) => startOf(candidate, middles[index] ?? candidate.matched)),
    locale,
  );
  const matching = new Set(scanner.matches(scanner.matchLine(line)));
  for (const [index, candidate] of candidates.entries()) {
    const middle = middles[index] ?? candidate.matched;
    if (matching.has(index)) candidate.matched = middle;
    else candidate.limit = Math.max(candidate.matched, middle - 1);
  }
}

function scannerFor(patterns: readonly string[], locale: Locale): LineScanner {
  const bytes = patterns.map((pattern) => Buffer.from(pattern, "latin1"));
  return compilePatternSet(bytes, { locale, trimsTrailingSpace: false }).set.scanner({
    isSelected: () => true,
  });
}
