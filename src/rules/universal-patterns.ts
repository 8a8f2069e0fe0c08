/**
 * Finds the rules that match any line whatever, such as `foo|` or `.*`.
 * Promise: a rule that says anything about the lines it means is not among them.
 */
import { compilePatternSet, type PatternSetOptions } from "../ere/index.js";
import { isPlainPattern } from "../ere/index.js";
import { topLevelPieces } from "./ere-pieces.js";
import { widenedHeader } from "./header-forms.js";

/** By header, since a rule for the traditional header alone still hides every line of a log that uses it. */
const headers = ["Jan  1 00:00:00 zq ", "2026-01-01T00:00:00.000000+00:00 zq ", ""];

/** From programs and in words that no log has, with little in common. */
const messages = ["zqx[7]: ~", "xzq/zzx[77]: zq qz", "qqz-x: {}", "z: %"];

const probes = headers.map((header) => messages.map((message) => header + message));
const probeLetters = new Set(
  probes
    .flat()
    .join("")
    .match(/[A-Za-z]/g),
);

/** In: EREs as latin1. Out: the places of those that match all strange lines under one of the headers. */
export function universalPatterns(
  patterns: readonly string[],
  options: PatternSetOptions,
): ReadonlySet<number> {
  const suspects = [...patterns.keys()].filter((index) => !isHarmless(patterns[index] ?? ""));
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
 * Almost every rule names its program or its event in letters that the strange lines lack (all of Debian's 1,560 do):
 * only the others need to be tried, which spares each start a second automaton.
 */
function isHarmless(ere: string): boolean {
  const body = bodyOf(ere);
  return (beginsWithStrangeLetter.test(body) && isPlainPattern(ere)) || needsOtherLetter(body);
}

/**
 * After single characters, escapes and small groups there is a letter that the strange lines lack, and it is not
 * optional. So a pattern that is one sequence needs it.
 */
const beginsWithStrangeLetter = new RegExp(
  String.raw`^(?:[^\\[(|]|\\.|\([^\\()[\]]*\))*?(?![${[...probeLetters].join("")}])[A-Za-z](?![*?{])`,
);

/** The header has no letter that a line could lack, and is the same in a thousand rules. */
function bodyOf(ere: string): string {
  return ere.startsWith(widenedHeader) ? ere.slice(widenedHeader.length) : ere;
}

/** Deeper groups are not looked into. */
const deepestGroup = 50;

/** Whether every match has a letter that the strange lines lack. */
function needsOtherLetter(ere: string, depth = 0): boolean {
  if (depth > deepestGroup) return false;
  let isNeeded = false;
  for (const { text, index, next } of topLevelPieces(ere)) {
    if (text === "|") {
      if (!isNeeded) return false;
      isNeeded = false;
    } else if (!isNeeded && next !== "*" && next !== "?" && next !== "{") {
      isNeeded = text.startsWith("(")
        ? needsOtherLetter(text.slice(1, -1), depth + 1)
        : /^[A-Za-z]$/.test(text) && !probeLetters.has(text);
    }
    if (isNeeded && !ere.includes("|", index)) return true;
  }
  return isNeeded;
}

/**
 * The column (bytes from 1) of a `|` at the top level of an ERE that has nothing on one side.
 * Such a rule is valid and matches every line.
 */
export function emptyAlternativeColumn(ere: string): number | undefined {
  let isAlternativeEmpty = true;
  for (const { text, index, next } of topLevelPieces(ere)) {
    if (text === "|" && (isAlternativeEmpty || next === "")) return index + 1;
    isAlternativeEmpty = text === "|";
  }
  return undefined;
}
