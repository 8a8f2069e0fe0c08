/**
 * Finds the ignore rule that comes nearest to a line that none ignores.
 * Promise: it agrees with the line up to the column that is named, and none agrees further; of equals, the one with
 * the least left to match.
 */
import { compilePatternSet, type LineScanner, type Locale } from "../ere/index.js";
import { repeatedPieces, topLevelPieces } from "./ere-pieces.js";
import type { Rule } from "./rule.js";
import type { RuleSet } from "./rule-set.js";

export interface NearestRule {
  readonly rule: Rule;
  /** Where the rule stops to match: bytes of the line, from 1. */
  readonly column: number;
}

/** A rule cut short: its pieces up to some place, which match wherever more of them match. */
interface Candidate {
  readonly rule: Rule;
  readonly pieces: readonly string[];
  /** So many of the first pieces match the line. */
  matched: number;
  /** No more than so many can. */
  limit: number;
}

/** Enough of a line to tell rules apart, and a bound on the work. */
const lookedAtBytes = 2048;

/** Undefined when no rule that is anchored at the start agrees on more than the line's header and program. */
export function nearestRule({ rules, eres, locale }: RuleSet, line: Uint8Array): NearestRule | undefined {
  const candidates = rules.flatMap((rule, index) => candidateOf(rule, eres[index] ?? ""));
  const start = line.subarray(0, lookedAtBytes);
  while (candidates.some(({ matched, limit }) => matched < limit)) narrow(candidates, start, locale);

  const scanner = scannerFor(
    candidates.map((candidate) => `${agreedPieces(candidate).join("")}$`),
    locale,
  );
  const programEnd = Buffer.from(start).indexOf(": ");
  for (let length = start.length; length > Math.max(programEnd, 0); length -= 1) {
    const agreeing = scanner.matches(scanner.matchLine(start.subarray(0, length)));
    const [nearest] = agreeing
      .flatMap((index) => candidates[index] ?? [])
      .sort((one, other) => one.pieces.length - one.matched - (other.pieces.length - other.matched));
    if (nearest) return { rule: nearest.rule, column: length + 1 };
  }
  return undefined;
}

function candidateOf(rule: Rule, ere: string): Candidate[] {
  const isOneBranch = [...topLevelPieces(ere)].every(({ text }) => text !== "|");
  if (rule.list !== "ignored" || !ere.startsWith("^") || !isOneBranch) return [];
  const pieces = repeatedPieces(ere);
  return [{ rule, pieces, matched: 1, limit: pieces.length }];
}

/** Up to the first wildcard: what stands after it would be found somewhere in most lines. */
function agreedPieces({ pieces, matched }: Candidate): readonly string[] {
  const wildcard = pieces.findIndex((piece) => piece === ".*" || piece === ".+");
  return pieces.slice(0, wildcard < 0 ? matched : Math.min(matched, wildcard));
}

/** Halves what is not known of each candidate, all in one pass over the line. */
function narrow(candidates: readonly Candidate[], line: Uint8Array, locale: Locale): void {
  const middles = candidates.map(({ matched, limit }) => Math.ceil((matched + limit) / 2));
  const scanner = scannerFor(
    candidates.map(({ pieces }, index) => pieces.slice(0, middles[index]).join("")),
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
