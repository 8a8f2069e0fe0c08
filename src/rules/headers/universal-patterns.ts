/**
 * Finds the rules that match any line whatever, such as `foo|` or `.*`, and those that match any line of this host.
 * Promise: a rule is among them exactly when each line that a log can hold, with a header of some form and any message,
 * is matched by it. Only a rule with back-references, or one too large to decide on, is judged by samples.
 */
import {
  byteSetFrom,
  compilePatternSet,
  isPlainPattern,
  PatternLanguages,
  patternParser,
  requiresOtherByte,
  type Locale,
  type PatternSetOptions,
  type WorkBudget,
} from "../../ere/index.js";
import { headersOf, messageLanguage, messages, type Header } from "./any-line.js";

/** Nodes that are stepped for all rules of a run together: half a second. */
const mostNodes = 1 << 22;

/** In: EREs as latin1. Out: the places of those that match all lines under one of the headers. */
export function universalPatterns(
  patterns: readonly string[],
  options: PatternSetOptions,
): ReadonlySet<number> {
  return matchingAll(patterns, headersOf(undefined), options);
}

/** The same for the lines of the hosts of these names: those that match all lines of one of them. */
export function hostPatterns(
  patterns: readonly string[],
  hosts: readonly string[],
  options: PatternSetOptions,
): ReadonlySet<number> {
  const found = hosts.flatMap((host) => [...matchingAll(patterns, headersOf(host), options)]);
  return new Set(found);
}

function matchingAll(
  patterns: readonly string[],
  headers: readonly Header[],
  options: PatternSetOptions,
): ReadonlySet<number> {
  const suspects = suspectsAmong(patterns, headers, options.locale);
  if (suspects.length === 0) return new Set();
  const bytes = suspects.map((index) => Buffer.from(patterns[index] ?? "", "latin1"));
  const scanner = compilePatternSet(bytes, options).set.scanner({ isSelected: () => false });
  const matchesOf = (line: string) => scanner.matches(scanner.matchLine(Buffer.from(line, "latin1")));
  const budget: WorkBudget = { nodesLeft: mostNodes };
  const found = headers.flatMap(({ samples, moreSamples, language }) => {
    const matchingSamples = commonOf(linesOf(samples).map(matchesOf));
    if (matchingSamples.length === 0) return [];
    const lines = Buffer.from(`^${language}${messageLanguage}$`);
    const patternsOf = matchingSamples.map((place) => bytes[place] ?? Buffer.of());
    const languages = new PatternLanguages([lines, ...patternsOf], options);
    return matchingSamples.filter((place, index) => {
      const { kind } = languages.lineOutside(0, [index + 1], { budget });
      if (kind !== "not decided") return kind === "none";
      return linesOf(moreSamples).every((line) => matchesOf(line).includes(place));
    });
  });
  return new Set(found.map((place) => suspects[place] ?? -1));
}

function linesOf(headers: readonly string[]): readonly string[] {
  return headers.flatMap((header) => messages.map((message) => header + message));
}

function commonOf(sets: readonly (readonly number[])[]): readonly number[] {
  return sets.reduce((common, set) => {
    const members = new Set(set);
    return common.filter((member) => members.has(member));
  });
}

/**
 * Almost every rule names its program or its event in letters that the samples lack (all of Debian's 1,535 do): only the
 * others need to be tried, which spares each start a second automaton. A rule's tree tells this, but to read the trees of
 * all takes 140 ms of processor time. The expression below looks at the text a second time, which takes 10 ms and leaves
 * 22 rules to their trees.
 */
function suspectsAmong(patterns: readonly string[], headers: readonly Header[], locale: Locale): number[] {
  const text = headers.flatMap(({ samples }) => linesOf(samples)).join("");
  const bytes = byteSetFrom(Buffer.from(text, "latin1"));
  const namesOtherLetter = otherLetterIn(text);
  const parse = patternParser(locale);
  const mayMatchSamples = (ere: string): boolean => {
    const tree = parse(Buffer.from(ere, "latin1"));
    // A pattern that is refused matches nothing.
    return tree !== undefined && !requiresOtherByte(tree, bytes);
  };
  return [...patterns.keys()].filter((index) => {
    const ere = patterns[index] ?? "";
    return !(seemsToNameOther(ere, namesOtherLetter) && isPlainPattern(ere)) && mayMatchSamples(ere);
  });
}

/** Longer rules go to their trees: the expression remembers each of the pieces that it went over. */
const seemsToNameOther = (ere: string, namesOtherLetter: RegExp): boolean =>
  ere.length < 1 << 13 && namesOtherLetter.test(ere);

/** Of a plain pattern. None of these can be read in two ways, so the expression never takes part of one for another. */
const bracket = String.raw`\[(?:\^|(?!\^))(?:\]|(?!\]))(?:\[:\w+:\]|[^\][]|\[(?!:))*\]`;
const simple = String.raw`[^\\[()|]|\\.|${bracket}`;
const innerGroup = String.raw`\((?:${simple}|\|)*\)`;
const group = String.raw`\((?:${simple}|\||${innerGroup})*\)`;

/** After such pieces there is a letter that the text lacks, and it is not optional. So a plain pattern needs it. */
function otherLetterIn(text: string): RegExp {
  const letters = [...new Set(text.match(/[A-Za-z]/g))].join("");
  return new RegExp(String.raw`^(?:${simple}|${group})*?(?![${letters}])[A-Za-z](?![*?{])`);
}

/**
 * The column (bytes from 1) of a `|` at the top level of an ERE that has nothing on one side.
 * Such a rule is valid and matches every line.
 */
export function emptyAlternativeColumn(ere: string): number | undefined {
  const tree = patternParser("C")(Buffer.from(ere, "latin1"));
  if (tree?.kind !== "choice") return undefined;
  const empty = tree.branches.find(({ start, end }) => start === end);
  if (empty === undefined) return undefined;
  // The bar after it, or before the last one.
  return empty.end < tree.end ? empty.end + 1 : empty.end;
}
