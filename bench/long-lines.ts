/**
 * Measures each rule alone on lines of 64 KiB that are made for it, and prints the slowest.
 * Promise: a line is timed as it comes first, its states not built yet.
 * usage: node build/bench/long-lines.js DIRECTORY...     each file below is one of rules
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { compilePatternSet, type Locale } from "../src/ere/index.js";
import { PatternReader } from "../src/ere/syntax/pattern-reader.js";
import { randomNumbers, textOf } from "./corpora.js";

const lineBytes = 1 << 16;
const random = randomNumbers(7);

const rules = process.argv
  .slice(2)
  .flatMap((directory) =>
    readdirSync(directory, { recursive: true, encoding: "utf8" }).map((name) => join(directory, name)),
  )
  .filter((file) => statSync(file).isFile())
  .flatMap((file) => readFileSync(file, "latin1").split("\n"))
  .filter((line) => !/^\s*$|^#/.test(line));

/** A line that the rule matches for as long as may be, one that fails at its end, one that goes on as noise, and none of the rule's. */
function linesFor(rule: string): string[] {
  const reader = new PatternReader("C");
  const { tree } = reader.whole(reader.check(Buffer.from(rule, "latin1"), 0));
  const match = textOf(tree, random, lineBytes).slice(0, lineBytes);
  const start = match.slice(0, match.length >> 1);
  const noise = Array.from({ length: lineBytes }, () =>
    String.fromCharCode(0x20 + Math.floor(95 * random())),
  );
  return [
    match,
    `${match.slice(0, -1)}\x7f`,
    (start + noise.join("")).slice(0, lineBytes),
    "a ".repeat(lineBytes / 2),
  ];
}

interface Slowest {
  readonly milliseconds: number;
  readonly rule: string;
}

let slowest: Slowest = { milliseconds: 0, rule: "" };
let measured = 0;
for (const rule of rules) {
  const lines = linesFor(rule);
  for (const locale of ["C", "UTF-8"] satisfies Locale[]) {
    const { set } = compilePatternSet([Buffer.from(rule, "latin1")], { locale, trimsTrailingSpace: true });
    const scanner = set.scanner({ isSelected: () => true });
    for (const line of lines) {
      const bytes = Buffer.from(line, "latin1");
      const before = process.cpuUsage();
      scanner.matchLine(bytes);
      const { user, system } = process.cpuUsage(before);
      const milliseconds = (user + system) / 1000;
      measured++;
      if (milliseconds > slowest.milliseconds) slowest = { milliseconds, rule };
    }
  }
}
console.log(`${rules.length} rules, ${measured} lines of 64 KiB: at most ${slowest.milliseconds} ms, by`);
console.log(slowest.rule);
