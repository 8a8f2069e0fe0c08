/**
 * Finds the ignore rules that come nearest to a line that none ignores, and tells what they lack.
 * Promise: a change that is named was tried: with it the rule takes the line. Where only the header fits, nothing is said.
 */
import {
  compilePatternSet,
  NearestPatterns,
  partsOf,
  patternParser,
  type NearPattern,
  type NearPatterns,
  type SyntaxTree,
} from "../../ere/index.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { misfitsOf, type Misfit } from "./misfits.js";
import { askedAt, changesFor, type TextChange } from "./rule-changes.js";
import { bytesOf, type RuleSet } from "../rule-set.js";
import type { Rule } from "../rule.js";
import { headersOfLines } from "./written-headers.js";
import { savedWordsOf, wordsKey, wordsSaved, type WordsCache } from "./saved-words.js";

export interface NearestRule {
  readonly rule: Rule;
  /** Where the rule stops matching: bytes of the line, from 1. */
  readonly column: number;
  /** The part of the rule that would have to match there. */
  readonly expected: ByteString;
  /** What the line has in its place; empty where it lacks that. */
  readonly found: ByteString;
  /** How many of what a repetition asks for the line has, where their number alone is wrong. */
  readonly count?: number;
  /** The smallest change that makes the rule take the line, where one is known. */
  readonly change?: RuleChange;
}

export interface RuleChange {
  readonly from: ByteString;
  readonly to: ByteString;
  /** The whole rule, changed. */
  readonly text: ByteString;
}

/**
 * A finder for many lines: what it builds for one serves the next, and with a cache the next process. In: a line without
 * its newline. Out: the nearest first, at most three that are as good; none where no rule agrees with more than the header.
 *
 * A rule is aligned as it is written where the line has its header, since a widened header is longer than most messages.
 */
export function nearestRuleFinder(
  ruleSet: RuleSet,
  cache?: WordsCache,
): (line: Uint8Array) => readonly NearestRule[] {
  const { rules, eres, headers, locale } = ruleSet;
  const ignoring = [...rules.keys()].filter((index) => rules[index]?.list === "ignored");
  const texts = ignoring.map((index) => rules[index]?.text ?? "");
  const nearest = nearestPatterns(texts, locale, cache);
  const headersOf = headersOfLines(
    ignoring.map((index) => headers[index]),
    locale,
  );
  const parse = patternParser(locale);
  return (given) => {
    // As the matcher does.
    const text = Buffer.from(given).toString("latin1").trimEnd();
    const line = given.subarray(0, text.length);
    const isWritten = headersOf(line);
    const near = nearest.near(line, (place) =>
      isWritten(place) ? undefined : Buffer.from(eres[ignoring[place] ?? -1] ?? "", "latin1"),
    );
    return near.patterns.flatMap((pattern, place): NearestRule[] => {
      const index = ignoring[pattern.index] ?? 0;
      const rule = rules[index]!;
      const ere = pattern.instead ? Buffer.from(pattern.instead).toString("latin1") : rule.text;
      const tree = parse(Buffer.from(ere, "latin1"));
      if (tree === undefined || !agrees(pattern, near.line, messageStartOf(ere, tree, pattern))) return [];
      const misfits = misfitsOf(pattern, near.line);
      const [misfit] = misfits;
      const column = (near.line.offsets[pattern.firstEdit] ?? 0) + 1;
      if (misfit === undefined) return [{ rule, column, expected: "", found: "" }];
      const foundAt = ({ lineStart, lineEnd }: Misfit): string => text.slice(lineStart, lineEnd);
      const asked = askedAt(tree, misfit);
      const expected = expectedAt(ere, asked, misfit);
      const changes =
        place === 0 && misfits.length <= mostMisfits
          ? firstThatTakes(
              ere,
              misfits.map((one) => changesFor(ere, tree, one, foundAt(one))),
              (changed) => {
                const matching = nearest.matches(changed, line);
                return matching === "maybe" ? matches(changed, line, locale) : matching;
              },
            )
          : undefined;
      const count = changes?.length === 1 ? changes[0]?.count : undefined;
      const change = changes && changeOf(rule.text, ere, changes);
      const found: NearestRule = {
        rule,
        column,
        expected: count ? ere.slice(count.ereStart, changes?.[0]?.end) : expected,
        found: foundAt(misfit),
        ...(count && { count: count.found }),
        ...(change && { change }),
      };
      return [found];
    });
  };
}

function nearestPatterns(
  texts: readonly string[],
  locale: RuleSet["locale"],
  cache: WordsCache | undefined,
): NearestPatterns {
  if (cache === undefined) return new NearestPatterns(bytesOf(texts), locale);
  const key = wordsKey(texts, locale);
  const saved = cache.read(key);
  const known = saved && savedWordsOf(key, saved);
  const nearest = new NearestPatterns(bytesOf(texts), locale, known);
  if (known === undefined) cache.store(key, wordsSaved(key, nearest.words));
  return nearest;
}

/** Letters that a rule spells out are what tells rules apart. */
const [fewestLetters, leastShare] = [3, 0.3];

/** Where the tag ends of a rule, or of that branch of it which the line is near to; 0 where it has none. */
function messageStartOf(ere: string, tree: SyntaxTree, { edits, program }: NearPattern): number {
  const [first] = edits.flatMap((edit) => (edit.kind === "deleted" ? [] : (program.spans[edit.place] ?? [])));
  const isNear = ({ start, end }: SyntaxTree): boolean =>
    first !== undefined && start <= first.start && end >= first.end;
  const parts = partsOf((tree.kind === "choice" && tree.branches.find(isNear)) || tree);
  const isColon = ({ start, end }: SyntaxTree): boolean => ere.slice(start, end) === ":";
  return parts.find((part, index) => isColon(part) && parts[index + 1] && ere[part.end] === " ")?.end ?? 0;
}

/**
 * Whether the rule agrees with the line on more than its header and tag: on a third of the words, or on more than it
 * disagrees where one word is all that is wrong.
 */
function agrees(
  { edits, program }: NearPattern,
  { characters }: NearPatterns["line"],
  messageStart: number,
): boolean {
  let [agreed, missed, taken, deleted, gaps, deletedWords] = [0, 0, 0, 0, 0, 0];
  let before = "taken";
  let isMessage = false;
  for (const edit of edits) {
    const character = characters[edit.at] ?? 0;
    if (edit.kind !== "taken" && before === "taken") gaps++;
    if (
      edit.kind === "deleted" &&
      (before !== "deleted" || characters[edit.at - 1] === 0x20) &&
      character !== 0x20
    )
      deletedWords++;
    before = edit.kind;
    const span = edit.kind === "deleted" ? undefined : program.spans[edit.place];
    if (span) isMessage = span.start >= messageStart;
    if (!isMessage) continue;
    const isFixed = edit.kind !== "deleted" && program.leaves[edit.place]?.isFixed === true;
    if (edit.kind === "deleted" ? character !== 0x20 : edit.kind === "skipped" && isFixed) missed++;
    if (edit.kind === "taken" && isFixed && /[A-Za-z]/.test(String.fromCharCode(character & 0x7f))) agreed++;
    if (character !== 0x20 && edit.kind === "taken" && span) taken++;
    if (character !== 0x20 && edit.kind === "deleted") deleted++;
  }
  if (gaps <= 1 && deletedWords <= 1 && (agreed > 0 || (taken > 0 && taken >= deleted))) return true;
  return agreed >= fewestLetters && agreed >= leastShare * (agreed + missed);
}

function expectedAt(
  ere: string,
  { ereStart, ereEnd }: Pick<Misfit, "ereStart" | "ereEnd">,
  misfit: Misfit,
): string {
  if (ereStart < ereEnd) return ere.slice(ereStart, ereEnd);
  return misfit.after ? ere.slice(misfit.after.start, misfit.after.end) : "$";
}

/** A rule that must be changed in many places is another rule. */
const [mostTries, mostMisfits] = [12, 2];

/** One change for each misfit, so that the rule takes the line. */
function firstThatTakes(
  ere: string,
  choices: readonly (readonly TextChange[])[],
  takes: (ere: Uint8Array) => boolean,
): readonly TextChange[] | undefined {
  let combinations: readonly (readonly TextChange[])[] = [[]];
  for (const choice of choices)
    combinations = choice.flatMap((change) => combinations.map((changes) => [...changes, change]));
  return combinations
    .filter(areApart)
    .slice(0, mostTries)
    .find((changes) => takes(Buffer.from(changed(ere, changes), "latin1")));
}

function matches(ere: Uint8Array, line: Uint8Array, locale: RuleSet["locale"]): boolean {
  const { set, errors } = compilePatternSet([ere], { locale, trimsTrailingSpace: true });
  if (errors.length > 0) return false;
  const scanner = set.scanner({ isSelected: () => false });
  return scanner.matches(scanner.matchLine(line)).length > 0;
}

function areApart(changes: readonly TextChange[]): boolean {
  const sorted = changes.toSorted((one, other) => one.start - other.start);
  return sorted.every(({ end }, index) => end <= (sorted[index + 1]?.start ?? Infinity));
}

function changed(text: string, changes: readonly TextChange[]): string {
  return changes
    .toSorted((one, other) => other.start - one.start)
    .reduce((whole, { start, end, to }) => whole.slice(0, start) + to + whole.slice(end), text);
}

/** The change of the rule as it was written. Undefined where it is about the header, which may be written otherwise. */
function changeOf(text: string, ere: string, changes: readonly TextChange[]): RuleChange | undefined {
  let common = 0;
  while (common < text.length && text.at(-1 - common) === ere.at(-1 - common)) common++;
  const [first] = changes;
  if (first === undefined || changes.some(({ start }) => start < ere.length - common)) return undefined;
  const moved = text.length - ere.length;
  const own = changes.map(({ start, end, to }) => ({ start: start + moved, end: end + moved, to }));
  return { from: ere.slice(first.start, first.end), to: first.to, text: changed(text, own) };
}
