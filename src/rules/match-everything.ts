/**
 * Finds the rules that match any line whatever, such as `foo|` or `.*`.
 * Promise: a rule that says anything about the lines it means is not among them.
 */
import type { PatternSet } from "../automata/pattern-set.js";

/** By header, since a rule for the traditional header alone still hides every line of a log that uses it. */
const headers = ["Jan  1 00:00:00 zq ", "2026-01-01T00:00:00.000000+00:00 zq ", ""];

/** From programs and in words that no log has, with little in common. */
const messages = ["zqx[7]: ~", "xzq/zzx[77]: zq qz", "qqz-x: {}", "zz%"];

const strangers = headers.map((header) => messages.map((message) => Buffer.from(header + message, "latin1")));

/** The patterns that match all strange lines under one of the headers. */
export function patternsThatMatchEverything(patterns: PatternSet): ReadonlySet<number> {
  const scanner = patterns.scanner({ isListed: () => false });
  const matchesOf = (line: Uint8Array) => scanner.matches(scanner.matchLine(line));
  const suspects = strangers.flatMap((lines) =>
    lines.map(matchesOf).reduce((common, matches) => common.filter((index) => matches.includes(index))),
  );
  return new Set(suspects);
}

/**
 * The column (bytes from 1) of a `|` at the top level of an ERE that has nothing on one side.
 * Such a rule is valid and matches every line.
 */
export function emptyAlternativeColumn(ere: string): number | undefined {
  let depth = 0;
  let isAlternativeEmpty = true;
  for (let index = 0; index < ere.length; index += 1) {
    const character = ere[index];
    if (character === "|" && depth === 0) {
      if (isAlternativeEmpty || index === ere.length - 1) return index + 1;
      isAlternativeEmpty = true;
      continue;
    }
    isAlternativeEmpty = false;
    if (character === "\\") index += 1;
    else if (character === "[") index = bracketEnd(ere, index);
    else if (character === "(") depth += 1;
    else if (character === ")" && depth > 0) depth -= 1;
  }
  return undefined;
}

/** Where the bracket expression that opens at `start` closes; the last character if it does not. */
function bracketEnd(ere: string, start: number): number {
  let index = start + 1;
  if (ere[index] === "^") index += 1;
  if (ere[index] === "]") index += 1;
  while (index < ere.length && ere[index] !== "]") {
    const kind = ere[index] === "[" ? ere[index + 1] : undefined;
    const isNamed = kind === ":" || kind === "." || kind === "=";
    const end = isNamed ? ere.indexOf(`${kind}]`, index + 2) : -1;
    index = end < 0 ? index + 1 : end + 2;
  }
  return Math.min(index, ere.length - 1);
}
