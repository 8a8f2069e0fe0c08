/**
 * Finds the rules that match any line whatever, such as `foo|` or `.*`.
 * Promise: a rule that says anything about the lines it means is not among them.
 */
import {
  byteSetFrom,
  compilePatternSet,
  isPlainPattern,
  patternParser,
  requiresOtherByte,
  type PatternSetOptions,
} from "../ere/index.js";

/** By header, since a rule for the traditional header alone still hides every line of a log that uses it. */
const headers = ["Jan  1 00:00:00 zq ", "2026-01-01T00:00:00.000000+00:00 zq ", ""];

/** From programs and in words that no log has, with little in common. */
const messages = ["zqx[7]: ~", "xzq/zzx[77]: zq qz", "qqz-x: {}", "z: %"];

const probes = headers.map((header) => messages.map((message) => header + message));
const probeBytes = byteSetFrom(Buffer.from(probes.flat().join(""), "latin1"));

/** In: EREs as latin1. Out: the places of those that match all probes under one of the headers. */
export function universalPatterns(
  patterns: readonly string[],
  options: PatternSetOptions,
): ReadonlySet<number> {
  const suspects = suspectsAmong(patterns, options);
  if (suspects.length === 0) return new Set();
  const bytes = suspects.map((index) => Buffer.from(patterns[index] ?? "", "latin1"));
  const scanner = compilePatternSet(bytes, options).set.scanner({ isSelected: () => false });
  const matchesOf = (line: string) => scanner.matches(scanner.matchLine(Buffer.from(line, "latin1")));
  const found = probes.flatMap((lines) =>
    lines.map(matchesOf).reduce((common, matches) => common.filter((place) => matches.includes(place))),
  );
  return new Set(found.map((place) => suspects[place] ?? -1));
}

/**
 * Almost every rule names its program or its event in letters that the probes lack (all of Debian's 1,535 do): only the
 * others need to be tried, which spares each start a second automaton. A rule's tree tells this, but to read the trees of
 * all takes 140 ms of processor time. The expression below looks at the text a second time, which takes 10 ms and leaves
 * 22 rules to their trees.
 */
function suspectsAmong(patterns: readonly string[], { locale }: PatternSetOptions): number[] {
  const parse = patternParser(locale);
  const mayMatchProbes = (ere: string): boolean => {
    const tree = parse(Buffer.from(ere, "latin1"));
    // A pattern that is refused matches nothing.
    return tree !== undefined && !requiresOtherByte(tree, probeBytes);
  };
  return [...patterns.keys()].filter((index) => {
    const ere = patterns[index] ?? "";
    return !(seemsToNameOther(ere) && isPlainPattern(ere)) && mayMatchProbes(ere);
  });
}

/** Of a plain pattern. None of these can be read in two ways, so the expression never takes part of one for another. */
const bracket = String.raw`\[(?:\^|(?!\^))(?:\]|(?!\]))(?:\[:\w+:\]|[^\][]|\[(?!:))*\]`;
const simple = String.raw`[^\\[()|]|\\.|${bracket}`;
const innerGroup = String.raw`\((?:${simple}|\|)*\)`;
const group = String.raw`\((?:${simple}|\||${innerGroup})*\)`;
const probeLetters = [
  ...new Set(
    probes
      .flat()
      .join("")
      .match(/[A-Za-z]/g),
  ),
].join("");

/** After such pieces there is a letter that the probes lack, and it is not optional. So a plain pattern needs it. */
const namesOtherLetter = new RegExp(
  String.raw`^(?:${simple}|${group})*?(?![${probeLetters}])[A-Za-z](?![*?{])`,
);

/** Longer rules go to their trees: the expression remembers each of the pieces that it went over. */
const seemsToNameOther = (ere: string): boolean => ere.length < 1 << 13 && namesOtherLetter.test(ere);

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
