/**
 * Measures the bundled command line beside grep, ripgrep and RE2::Set, and prints a table for each corpus.
 * Promise: the contenders run in turns, so that a busy machine is busy for all of them; medians of what was measured.
 * usage: node build/bench/run.js [--megabytes 1,10] [--rounds 5] [--rules FILE] [--log FILE] [--times 1,3,10]
 *        [--kinds ordinary,diverse,mutated,random] [--grep-megabytes 0.1]
 *        The rules are Debian's logcheck-database where no file is given; `--log` takes a log instead of making one.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PatternReader } from "../src/ere/syntax/pattern-reader.js";
import type { SyntaxTree } from "../src/ere/syntax/syntax-tree.js";
import { contenders, grepOf, type Files } from "./contenders.js";
import type { Measurement } from "./timed-process.js";
import { writeCorpus, type CorpusKind } from "./corpora.js";
import { translate } from "./translate.js";

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "10" },
    rounds: { type: "string", default: "5" },
    rules: { type: "string" },
    log: { type: "string" },
    kinds: { type: "string", default: "ordinary,diverse,mutated,random" },
    times: { type: "string", default: "1" },
    "grep-megabytes": { type: "string", default: "0.1" },
  },
});
const rounds = Number(values.rounds);
const sampleBytes = Number(values["grep-megabytes"]) * 1e6;

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

function debianRules(): string[] {
  const directories = ["/etc/logcheck/ignore.d.server", "/etc/logcheck/ignore.d.paranoid"];
  return directories
    .flatMap((directory) => readdirSync(directory).map((name) => join(directory, name)))
    .filter((file) => statSync(file).isFile())
    .flatMap((file) => readFileSync(file, "latin1").split("\n"))
    .filter((line) => !/^\s*$|^#/.test(line));
}

/** More rules of the same kind: copies under other programs' names. */
function multiplied(rules: readonly string[], times: number): string[] {
  return Array.from({ length: times }, (_, copy) =>
    copy === 0 ? rules : rules.map((rule) => rule.replace(/ (\w+)/, ` copy${copy}$1`)),
  ).flat();
}

const directory = mkdtempSync(join(tmpdir(), "bench-"));
const at = (name: string): string => join(directory, name);
const files: Files = {
  log: at("log"),
  fewLines: at("few"),
  empty: at("empty"),
  rulesDirectory: at("rules.d"),
  rules: at("rules.d/all"),
  re2Rules: at("rules.re2"),
  cache: at("cache"),
  re2Set: at("re2-set"),
  output: at("out"),
};

function prepare(): void {
  mkdirSync(files.rulesDirectory);
  writeFileSync(files.empty, "");
  const compiled = spawnSync("g++", ["-O2", "-o", files.re2Set, "bench/re2-set.cc", "-lre2", "-lpthread"]);
  if (compiled.status !== 0) console.error(`re2-set: ${compiled.stderr.toString()}: left out`);
}

/** Out: the rules' trees, to make lines of. */
function writeRules(rules: readonly string[]): SyntaxTree[] {
  const reader = new PatternReader("C");
  const trees = rules.map(
    (rule, index) => reader.whole(reader.check(Buffer.from(rule, "latin1"), index)).tree,
  );
  const translated = trees.map(translate).filter((text) => text !== undefined);
  writeFileSync(files.rules, rules.map((rule) => `${rule}\n`).join(""), "latin1");
  writeFileSync(files.re2Rules, translated.map((text) => `${text}\n`).join(""), "latin1");
  return trees;
}

function writeLog(kind: CorpusKind, megabytes: number, trees: readonly SyntaxTree[]): void {
  if (values.log === undefined) writeCorpus(files.log, kind, megabytes * 1e6, trees);
  else copyFileSync(values.log, files.log);
  const start = readFileSync(files.log).subarray(0, 1e6);
  let end = 0;
  for (let line = 0; line < 1000 && end < start.length; line++) end = start.indexOf("\n", end) + 1;
  writeFileSync(files.fewLines, start.subarray(0, end));
}

type Row = readonly [name: string, measurement: Measurement];

function measure(): Row[] {
  const all = contenders(files);
  for (const contender of all) contender.run();
  const runs = Array.from({ length: rounds }, () => all.map((contender) => contender.run()));
  const rows = all.map(({ name }, index): Row => {
    const of = (pick: (run: Measurement) => number | undefined): number =>
      median(runs.map((round) => (round[index] && pick(round[index])) ?? NaN));
    return [
      name,
      {
        seconds: of(({ seconds }) => seconds),
        processorSeconds: of(({ processorSeconds }) => processorSeconds),
        peakMegabytes: of(({ peakMegabytes }) => peakMegabytes),
      },
    ];
  });
  return sampleBytes > 0 ? [grepRow(), ...rows] : rows;
}

function grepRow(): Row {
  const sample = at("sample");
  const log = readFileSync(files.log).subarray(0, sampleBytes);
  writeFileSync(sample, log);
  const factor = statSync(files.log).size / log.length;
  const { name, run } = grepOf(sample, files);
  const { seconds, processorSeconds = NaN, peakMegabytes = NaN } = run();
  return [
    `${name} (from ${log.length / 1e6} MB)`,
    { seconds: seconds * factor, processorSeconds: processorSeconds * factor, peakMegabytes },
  ];
}

function print(title: string, rows: readonly Row[]): void {
  const ripgrep = rows.find(([name]) => name === "ripgrep")?.[1];
  console.log(`\n${title}; load average ${loadavg()[0]?.toFixed(1)}\n`);
  console.log("| | s | of ripgrep | processor s | of ripgrep | peak MB |\n|---|---|---|---|---|---|");
  for (const [name, { seconds, processorSeconds = NaN, peakMegabytes = NaN }] of rows) {
    const cells = [
      shown(seconds),
      shown(seconds / (ripgrep?.seconds ?? NaN)),
      shown(processorSeconds),
      shown(processorSeconds / (ripgrep?.processorSeconds ?? NaN)),
      shown(peakMegabytes, 0),
    ];
    console.log(`| ${[name, ...cells].join(" | ")} |`);
  }
}

function shown(value: number, digits = 3): string {
  return Number.isNaN(value) ? "" : value.toFixed(digits);
}

try {
  const versions = ["rg", "grep"].map(
    (tool) => spawnSync(tool, ["--version"], { encoding: "utf8" }).stdout.split("\n")[0],
  );
  console.log(`${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${versions.join(", ")}`);
  prepare();
  const rules =
    values.rules === undefined
      ? debianRules()
      : readFileSync(values.rules, "latin1").split("\n").filter(Boolean);
  for (const times of values.times.split(",").map(Number)) {
    const all = multiplied(rules, times);
    const trees = writeRules(all);
    for (const kind of values.log === undefined ? values.kinds.split(",") : ["ordinary"])
      for (const megabytes of values.megabytes.split(",").map(Number)) {
        writeLog(kind as CorpusKind, megabytes, trees);
        const size = (statSync(files.log).size / 1e6).toFixed(0);
        print(`${values.log ?? kind}, ${size} MB, ${all.length} rules`, measure());
      }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
