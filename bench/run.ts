/**
 * Measures the bundled command line beside grep, ripgrep and RE2::Set, and prints one table.
 * Promise: peers run in turns, so that a busy machine is busy for all of them; medians of what was measured.
 * usage: node build/bench/run.js [--megabytes 10] [--rounds 5] [--rules FILE] [--kinds ordinary,diverse]
 *        [--times 1,3,10]     the rules are Debian's logcheck-database where no file is given
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Parser } from "../src/automata/grammar.js";
import type { SyntaxTree } from "../src/automata/syntax-tree.js";
import { writeCorpus, type CorpusKind } from "./corpora.js";
import { translate } from "./translate.js";

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "10" },
    rounds: { type: "string", default: "5" },
    rules: { type: "string" },
    kinds: { type: "string", default: "ordinary,diverse,mutated,random" },
    times: { type: "string", default: "1" },
  },
});
const bytes = Number(values.megabytes) * 1e6;
const rounds = Number(values.rounds);

interface Run {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly megabytes: number;
}

/** Runs a program to its end; its output goes to `output`. */
function timed(output: string, program: string, ...options: readonly string[]): Run {
  const quoted = [program, ...options].map((word) => `'${word}'`).join(" ");
  // GNU time tells the processor time and the peak of memory of the program alone.
  const run = spawnSync("sh", ["-c", `exec /usr/bin/time -f '%e %U %S %M' ${quoted} > '${output}'`], {
    env: { PATH: process.env.PATH, LC_ALL: "C", CACHE_DIRECTORY: at("cache") },
    encoding: "utf8",
  });
  const [seconds = NaN, user = NaN, system = NaN, kilobytes = NaN] = (
    run.stderr.trim().split("\n").at(-1) ?? ""
  )
    .split(" ")
    .map(Number);
  return { seconds, processorSeconds: user + system, megabytes: kilobytes / 1000 };
}

function firstLines(log: Buffer, count: number): Buffer {
  let end = 0;
  for (let line = 0; line < count; line++) end = log.indexOf("\n", end) + 1;
  return log.subarray(0, end);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

function debianRules(): string[] {
  const directories = ["/etc/logcheck/ignore.d.server", "/etc/logcheck/ignore.d.paranoid"];
  const files = directories.flatMap((directory) =>
    readdirSync(directory).map((name) => join(directory, name)),
  );
  return files
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
const at = (name: string) => join(directory, name);

function prepare(): void {
  mkdirSync(at("rules.d"));
  const compiled = spawnSync("g++", ["-O2", "-o", at("re2-set"), "bench/re2-set.cc", "-lre2", "-lpthread"]);
  if (compiled.status !== 0) console.error(`re2-set: ${compiled.stderr.toString()}: left out`);
}

function writeRules(rules: readonly string[]): SyntaxTree[] {
  const trees = rules.map((rule) => new Parser("C", "regex").readWhole(Buffer.from(rule, "latin1")));
  const translated = trees.map(translate).filter((text) => text !== undefined);
  writeFileSync(at("rules.d/all"), rules.map((rule) => `${rule}\n`).join(""), "latin1");
  writeFileSync(at("rules.re2"), translated.map((text) => `${text}\n`).join(""), "latin1");
  return trees;
}

interface Re2Result {
  readonly compileSeconds: number;
  readonly matchSeconds: number;
}

function re2(log: string, ...options: string[]): Re2Result {
  const run = spawnSync(at("re2-set"), [at("rules.re2"), log, ...options], { encoding: "utf8" });
  return run.status === 0
    ? (JSON.parse(run.stdout) as Re2Result)
    : { compileSeconds: NaN, matchSeconds: NaN };
}

function measure(kind: CorpusKind, ruleCount: number): void {
  const log = at(kind);
  const filter = (log: string, ...options: string[]) =>
    timed(
      at("out"),
      process.execPath,
      "dist/logwinnow.cjs",
      "filter",
      "--locale",
      "C",
      ...options,
      "--rules",
      at("rules.d"),
      log,
    );
  const fewLines = at("few");
  writeFileSync(fewLines, firstLines(readFileSync(log), 1000));
  rmSync(at("cache"), { recursive: true, force: true });
  filter(log);
  const runs = Array.from({ length: rounds }, () => ({
    ripgrep: timed(at("out.rg"), "rg", "-v", "-a", "--no-unicode", "-f", at("rules.re2"), log),
    cold: filter(log, "--no-cache"),
    cached: filter(log),
    few: filter(fewLines),
    set: re2(log),
    setWithIds: re2(log, "ids"),
    empty: timed(at("out.node"), process.execPath, "-e", "0"),
  }));
  const sample = at("sample");
  writeFileSync(sample, readFileSync(log).subarray(0, 100_000));
  const grep = timed(at("out.grep"), "grep", "-E", "-v", "--text", "-f", at("rules.d/all"), sample);
  const of = (pick: (run: (typeof runs)[number]) => number) => median(runs.map(pick));
  const rows: readonly (readonly [string, number, number, number])[] = [
    [
      "grep -E -v -f (of 0.1 MB)",
      (grep.seconds * bytes) / 1e5,
      (grep.processorSeconds * bytes) / 1e5,
      grep.megabytes,
    ],
    [
      "ripgrep",
      of((r) => r.ripgrep.seconds),
      of((r) => r.ripgrep.processorSeconds),
      of((r) => r.ripgrep.megabytes),
    ],
    ["RE2::Set, matching", of((r) => r.set.matchSeconds), NaN, NaN],
    ["RE2::Set with ids, matching", of((r) => r.setWithIds.matchSeconds), NaN, NaN],
    [
      "ours, cold",
      of((r) => r.cold.seconds),
      of((r) => r.cold.processorSeconds),
      of((r) => r.cold.megabytes),
    ],
    [
      "ours, cached",
      of((r) => r.cached.seconds),
      of((r) => r.cached.processorSeconds),
      of((r) => r.cached.megabytes),
    ],
    [
      "ours, cached, 1,000 lines",
      of((r) => r.few.seconds),
      of((r) => r.few.processorSeconds),
      of((r) => r.few.megabytes),
    ],
    [
      "node -e 0",
      of((r) => r.empty.seconds),
      of((r) => r.empty.processorSeconds),
      of((r) => r.empty.megabytes),
    ],
  ];
  const ripgrepSeconds = of((r) => r.ripgrep.seconds);
  const ripgrepProcessorSeconds = of((r) => r.ripgrep.processorSeconds);
  console.log(`\n${kind}, ${values.megabytes} MB, ${ruleCount} rules`);
  console.log("| | s | of ripgrep | processor s | of ripgrep | peak MB |\n|---|---|---|---|---|---|");
  for (const [name, seconds, processorSeconds, megabytes] of rows)
    console.log(
      `| ${name} | ${shown(seconds)} | ${shown(seconds / ripgrepSeconds)} | ${shown(processorSeconds)} | ` +
        `${shown(processorSeconds / ripgrepProcessorSeconds)} | ${shown(megabytes, 0)} |`,
    );
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
    for (const kind of values.kinds.split(",") as CorpusKind[]) {
      writeCorpus(at(kind), kind, bytes, trees);
      measure(kind, all.length);
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
