/**
 * Measures how often `explain` names the right rule first, and the right column, and how long a line takes.
 * Promise: each line is a proof line of a shipped rule with one word changed, and no rule ignores it; a line for which
 * nothing is named counts as wrong.
 * usage: node build/bench/explain.js [--lines 500] [--seed 1] [--at-least 10000] [DIRECTORY...]
 *        DIRECTORY: more rules, such as /etc/logcheck; --at-least: copies of them are added, with other words, up to so many
 */
import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { lineExplainer } from "../src/rules/explain.js";
import { loadRules } from "../src/rules/files/load-rules.js";
import { compileRules } from "../src/rules/rule-set.js";
import { placeOf, type Rule } from "../src/rules/rule.js";
import { randomNumbers } from "./corpora.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lines: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    "at-least": { type: "string", default: "0" },
  },
});
const random = randomNumbers(Number(values.seed));
const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;

const directories = [".", ...positionals].map((path) => ({ path, isNamed: true }));
const loaded = loadRules({ directories, level: "workstation" }).rules;
const rules = [...loaded, ...copiesOf(loaded, Number(values["at-least"]) - loaded.length)];
const explain = lineExplainer(compileRules(rules, { locale: "UTF-8", widensHeaders: true }));

/** Ignore rules in which every word of four letters or more is another one. */
function copiesOf(originals: readonly Rule[], count: number): Rule[] {
  const ignoring = originals.filter(({ list }) => list === "ignored");
  return Array.from({ length: Math.max(0, count) }, (_, n): Rule => {
    const { text, ...rule } = ignoring[n % ignoring.length]!;
    const turn = 1 + Math.floor(n / ignoring.length);
    const turned = text.replaceAll(/(?<![[:A-Za-z])[a-z]{4,}(?![:\]A-Za-z])/g, (word) =>
      Array.from(word, (letter) => String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + turn) % 26))).join(
        "",
      ),
    );
    return { ...rule, file: `copy-${turn}`, text: turned };
  });
}

const proofs = ["paranoid", "server", "workstation"].flatMap((level) =>
  readdirSync(`test/rules/${level}`)
    .filter((name) => name.endsWith(".ignored"))
    .flatMap((name) => readFileSync(`test/rules/${level}/${name}`, "latin1").split("\n"))
    .filter((line) => line !== "" && !line.startsWith("#")),
);

interface Mutant {
  readonly line: string;
  /** The changed word, as columns from 1. */
  readonly from: number;
  readonly to: number;
}

const otherWords = ["Frobnicated", "xyzzy", "lost", "12", "0x1f", "foo.bar", "session", "zq", "unknown"];
const otherLetters = Array.from("abcxyz019#-_");

/** One word (of JSON, a name or a value) after the header replaced, turned round, or with a letter changed, added or left out. */
function mutantOf(line: string): Mutant | undefined {
  const words = [...line.matchAll(/[^ ",]+/g)];
  const headerWords = /^[^ ]+ +\d+ [:\d]+ /.test(line) ? 4 : /^\d{4}-\d\d-\d\dT/.test(line) ? 2 : 0;
  const word = pick(words.slice(headerWords));
  if (word === undefined) return undefined;
  const [[text], at] = [word, Math.floor(random() * word[0].length)];
  const changed = pick([
    pick(otherWords),
    text.slice(0, at) + pick(otherLetters) + text.slice(at + 1),
    text.slice(0, at) + pick(otherLetters) + text.slice(at),
    text.slice(0, at) + text.slice(at + 1),
    Array.from(text).reverse().join(""),
  ]);
  const rest = line.slice(word.index + text.length);
  return {
    line: line.slice(0, word.index) + changed + rest,
    from: word.index + 1,
    to: word.index + changed.length + 1,
  };
}

const ignoringOf = (line: string): readonly Rule[] =>
  explain(Buffer.from(line, "latin1")).matching.filter(({ list }) => list === "ignored");

const tried = { lines: 0, rule: 0, column: 0, both: 0, named: 0, silent: 0 };
const milliseconds: number[] = [];
for (let tries = 0; tried.lines < Number(values.lines) && tries < 100_000; tries++) {
  const proof = pick(proofs);
  const right = new Set(ignoringOf(proof).map(placeOf));
  const mutant = right.size > 0 ? mutantOf(proof) : undefined;
  if (mutant === undefined) continue;
  const before = process.cpuUsage();
  const { matching, nearest } = explain(Buffer.from(mutant.line, "latin1"));
  const { user, system } = process.cpuUsage(before);
  if (matching.some(({ list }) => list === "ignored")) continue;
  // The first line has all rules read.
  if (tried.lines++ > 0) milliseconds.push((user + system) / 1000);
  const [first] = nearest;
  const isRule = first !== undefined && right.has(placeOf(first.rule));
  const isColumn = first !== undefined && first.column >= mutant.from && first.column <= mutant.to;
  if (isRule) tried.rule++;
  if (nearest.some(({ rule }) => right.has(placeOf(rule)))) tried.named++;
  if (isColumn) tried.column++;
  if (isRule && isColumn) tried.both++;
  if (first === undefined) tried.silent++;
}

milliseconds.sort((one, other) => one - other);
const share = (count: number): string => `${((100 * count) / tried.lines).toFixed(1)} %`;
const quantile = (part: number): string =>
  `${(milliseconds[Math.floor(part * milliseconds.length)] ?? 0).toFixed(1)} ms`;
const mean = milliseconds.reduce((sum, one) => sum + one, 0) / milliseconds.length;
console.log(`${rules.length} rules, ${tried.lines} lines with one word changed`);
console.log(`right rule first ${share(tried.rule)}, first or as near ${share(tried.named)}`);
console.log(`right column ${share(tried.column)}, both ${share(tried.both)}`);
console.log(`nothing named ${share(tried.silent)}`);
console.log(
  `a line: mean ${mean.toFixed(1)} ms, median ${quantile(0.5)}, 95 % within ${quantile(0.95)} of processor time`,
);
