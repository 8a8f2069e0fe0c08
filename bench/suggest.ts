/**
 * Measures how many kinds that no rule knows get a rule which matches all their lines and none of another kind.
 * Promise: what is counted is found by grep -E, for lines with a traditional or an ISO header.
 * usage: node build/bench/suggest.js [--kinds 100] [--seed 1] [--least 1] FILE...
 *        FILE: gzip, a line each: COUNT<TAB>LINE
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { createRuleClassifier, reportedLayers } from "../src/rules/classify/rule-classifier.js";
import { loadRuleSet } from "../src/rules/load-rule-set.js";
import { Kinds, type Kind } from "../src/workshop/suggest/kinds.js";
import { suggestRules } from "../src/workshop/suggest/suggest.js";
import { randomNumbers } from "./corpora.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kinds: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    least: { type: "string", default: "1" },
  },
});
const random = randomNumbers(Number(values.seed));

const { ruleSet } = loadRuleSet(
  { directories: [{ path: ".", isNamed: true }], level: "server", locale: "UTF-8" },
  undefined,
);
const classifier = createRuleClassifier(ruleSet, { selectedLayers: reportedLayers });
const known = new Kinds();
for (const file of positionals)
  for (const record of gunzipSync(readFileSync(file)).toString("latin1").split("\n")) {
    const line = record.slice(record.indexOf("\t") + 1);
    if (line === "") continue;
    const verdict = classifier.verdictOn(Buffer.from(line, "latin1"));
    if (verdict.layer === "remainder") known.add(verdict, line, undefined);
  }
const all = [...known.kinds.values()];
const choices = all.filter(({ lines }) => lines.length >= Number(values.least));
const wanted: Kind[] = [];
while (wanted.length < Number(values.kinds) && choices.length > 0)
  wanted.push(...choices.splice(Math.floor(random() * choices.length), 1));

const started = performance.now();
const suggestions = suggestRules(wanted, all, [], { locale: "UTF-8", widensHeaders: true });
const seconds = (performance.now() - started) / 1000;

const directory = mkdtempSync(join(tmpdir(), "logwinnow-suggest-"));
const [lines, right, rulesFile] = ["lines", "right", "rules"].map((name) => join(directory, name)) as [
  string,
  string,
  string,
];
const allLines = all.flatMap((kind) => kind.lines);
writeFileSync(lines, allLines.map((line) => `${line.trimEnd()}\n`).join(""), "latin1");
let good = 0;
for (const { kind, outcome } of suggestions) {
  if ("refused" in outcome) {
    console.log(`refused: ${kind.shape}: ${outcome.refused}`);
    continue;
  }
  writeFileSync(rulesFile, `${outcome.rule}\n`, "latin1");
  writeFileSync(right, kind.lines.map((line) => `${line.trimEnd()}\n`).join(""), "latin1");
  const count = (file: string): number => {
    try {
      return Number(
        execFileSync("grep", ["-E", "--text", "-c", "-f", rulesFile, file], { encoding: "utf8" }),
      );
    } catch {
      return 0;
    }
  };
  const same = new Set(kind.lines.map((line) => line.trimEnd()));
  const others = allLines.filter((line) => same.has(line.trimEnd())).length;
  const isGood = count(right) === kind.lines.length && count(lines) === others;
  if (isGood) good++;
  else console.log(`wrong: ${kind.shape}: ${outcome.rule}`);
}
rmSync(directory, { recursive: true });
const some = suggestions.flatMap(({ outcome }) => ("rule" in outcome ? [outcome.rule] : [])).slice(0, 3);
console.log(some.join("\n"));
console.log(
  `${all.length} kinds of ${allLines.length} lines that no rule decides; ${wanted.length} of them tried`,
);
console.log(`${good} rules match all lines of their kind and none of another; ${seconds.toFixed(1)} s`);
