/**
 * Tells what two trees of rules make of the same logs, a machine a row and a program a row.
 * Promise: each line is counted once in each tree: ignored, reported or raised. A line that is told only the first time
 * counts as ignored, because one line stands for all that are like it.
 * usage: node build/bench/rules-by-program.js LOGS BEFORE AFTER [--level server] [--programs 40]
 *        LOGS is a directory; each file of it, or each .gz, is a machine. A file may have `COUNT<tab>LINE` a line.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";

interface Row {
  readonly count: number;
  readonly line: string;
}

interface Decided {
  readonly layer: string;
  readonly because?: string;
  readonly program?: string;
}

interface Sum {
  lines: number;
  shapes: number;
  ignoredLines: number;
  ignoredShapes: number;
  raised: number;
}

type Sums = Map<string, readonly [before: Sum, after: Sum]>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { level: { type: "string", default: "server" }, programs: { type: "string", default: "40" } },
});
const [logs, before, after] = positionals;
if (logs === undefined || before === undefined || after === undefined) {
  console.error("usage: rules-by-program.js LOGS BEFORE AFTER [--level LEVEL] [--programs NUMBER]");
  process.exit(2);
}

function rowsOf(file: string): readonly Row[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1");
  const lines = text.split("\n").filter((line) => line !== "");
  const isCounted = lines.length > 0 && lines.every((line) => /^[0-9]+\t/u.test(line));
  return lines.map((line) => {
    const tab = line.indexOf("\t");
    return isCounted ? { count: Number(line.slice(0, tab)), line: line.slice(tab + 1) } : { count: 1, line };
  });
}

const layers = ["ignored", "remainder", "violation", "never"];
const work = mkdtempSync(join(tmpdir(), "rules-by-program-"));

function decided(rows: readonly Row[], rules: string): readonly Decided[] {
  const log = join(work, "log");
  writeFileSync(log, rows.map(({ line }) => `${line}\n`).join(""), "latin1");
  const asked = layers.flatMap((layer) => ["--layer", layer]);
  const options = ["filter", "--json", "--level", values.level, "-r", rules, ...asked, log];
  const program = join(import.meta.dirname, "../../dist/logwinnow.cjs");
  const run = spawnSync(process.execPath, [program, ...options], { maxBuffer: 2 ** 31, encoding: "utf8" });
  const found = run.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Decided);
  if (found.length !== rows.length)
    throw new Error(
      `${rules}: ${found.length} verdicts for ${rows.length} lines: ${run.stderr.slice(0, 300)}`,
    );
  return found;
}

function isIgnored({ layer, because }: Decided): boolean {
  return layer === "ignored" || because === "first seen";
}

const newSum = (): Sum => ({ lines: 0, shapes: 0, ignoredLines: 0, ignoredShapes: 0, raised: 0 });

function add(sums: Sums, key: string, tree: 0 | 1, { count }: Row, verdict: Decided): void {
  const pair = sums.get(key) ?? [newSum(), newSum()];
  sums.set(key, pair);
  const sum = pair[tree];
  sum.lines += count;
  sum.shapes += 1;
  if (isIgnored(verdict)) {
    sum.ignoredLines += count;
    sum.ignoredShapes += 1;
  } else if (verdict.layer !== "remainder") sum.raised += count;
}

function share(part: number, whole: number): string {
  return whole === 0 ? "–".padStart(6) : ((100 * part) / whole).toFixed(1).padStart(6);
}

function print(title: string, sums: Sums, most: number): void {
  const reported = ([, sum]: readonly [Sum, Sum]): number => sum.lines - sum.ignoredLines;
  console.log(
    `\n${title.padEnd(32)}    lines  ignored %  before   after  shapes %  before   after    raised  before   after`,
  );
  for (const [key, pair] of [...sums].toSorted((a, b) => reported(b[1]) - reported(a[1])).slice(0, most)) {
    const [old, now] = pair;
    console.log(
      [
        key.slice(0, 32).padEnd(32),
        String(now.lines).padStart(8),
        "          ",
        share(old.ignoredLines, old.lines),
        share(now.ignoredLines, now.lines).padStart(7),
        "         ",
        share(old.ignoredShapes, old.shapes),
        share(now.ignoredShapes, now.shapes).padStart(7),
        "         ",
        String(old.raised).padStart(7),
        String(now.raised).padStart(7),
      ].join(" "),
    );
  }
}

const machines: Sums = new Map();
const programs: Sums = new Map();
for (const name of readdirSync(logs).toSorted()) {
  const rows = rowsOf(join(logs, name));
  for (const [tree, rules] of ([before, after] as const).entries()) {
    const verdicts = decided(rows, rules);
    rows.forEach((row, index) => {
      const verdict = verdicts[index] ?? { layer: "remainder" };
      const side = tree === 0 ? 0 : 1;
      add(machines, name, side, row, verdict);
      add(machines, "all", side, row, verdict);
      add(programs, verdict.program ?? "(none)", side, row, verdict);
    });
  }
}
rmSync(work, { recursive: true });
print("machine", machines, Infinity);
print("program", programs, Number(values.programs));
