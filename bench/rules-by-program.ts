/**
 * Tells what one or two trees of rules make of the same logs, a machine a row and a program a row.
 * Promise: each line is counted once in each tree: ignored, reported or raised. A machine's lines are given twice and the
 * second half is counted, so that what is told only the first time counts as ignored. The kernel's lines stand apart.
 * usage: node build/bench/rules-by-program.js LOGS BEFORE [AFTER] [--level server] [--programs 40] [--apart PATTERN]
 *        LOGS is a directory; each file of it is a machine. A file may have `COUNT<tab>LINE` a line, and may be a .gz.
 *        --apart sums machines whose file name matches this regular expression apart from the others.
 * e.g.   node build/bench/rules-by-program.js /srv/machines . --apart '^(web|db)[0-9]'
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
  options: {
    level: { type: "string", default: "server" },
    programs: { type: "string", default: "40" },
    apart: { type: "string" },
  },
});
const [logs, before, after = before] = positionals;
if (logs === undefined || before === undefined || after === undefined) {
  console.error(
    "usage: rules-by-program.js LOGS BEFORE [AFTER] [--level LEVEL] [--programs NUMBER] [--apart PATTERN]",
  );
  process.exit(2);
}
const apart = values.apart === undefined ? undefined : new RegExp(values.apart, "u");

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
  const once = rows.map(({ line }) => `${line}\n`).join("");
  writeFileSync(log, once + once, "latin1");
  const asked = layers.flatMap((layer) => ["--layer", layer]);
  const options = ["filter", "--json", "--level", values.level, "-r", rules, ...asked, log];
  const program = join(import.meta.dirname, "../../dist/logwinnow.cjs");
  const run = spawnSync(process.execPath, [program, ...options], { maxBuffer: 2 ** 31, encoding: "utf8" });
  const found = run.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Decided);
  if (found.length !== 2 * rows.length)
    throw new Error(
      `${rules}: ${found.length} verdicts for twice ${rows.length} lines: ${run.stderr.slice(0, 300)}`,
    );
  return found.slice(rows.length);
}

const newSum = (): Sum => ({ lines: 0, shapes: 0, ignoredLines: 0, ignoredShapes: 0, raised: 0 });

function add(sums: Sums, key: string, tree: 0 | 1, { count }: Row, verdict: Decided): void {
  const pair = sums.get(key) ?? [newSum(), newSum()];
  sums.set(key, pair);
  const sum = pair[tree];
  sum.lines += count;
  sum.shapes += 1;
  if (verdict.layer === "ignored") {
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

/** The sums that a line of a machine belongs to. */
function rowsFor(machine: string, program: string): readonly string[] {
  const kind = program === "kernel" ? "kernel" : "others";
  const group = apart === undefined ? [] : [apart.test(machine) ? `apart: ${kind}` : `the rest: ${kind}`];
  return [`${machine}: ${kind}`, ...group, `all: ${kind}`];
}

const machines: Sums = new Map();
const programs: Sums = new Map();
for (const name of readdirSync(logs).toSorted()) {
  const rows = rowsOf(join(logs, name));
  const trees = before === after ? [before] : [before, after];
  const verdicts = trees.map((rules) => decided(rows, rules));
  for (const tree of [0, 1] as const)
    rows.forEach((row, index) => {
      const verdict = (verdicts[tree] ?? verdicts[0])?.[index] ?? { layer: "remainder" };
      const program = verdict.program ?? "(none)";
      for (const machine of rowsFor(name, program)) add(machines, machine, tree, row, verdict);
      add(programs, program, tree, row, verdict);
    });
}
rmSync(work, { recursive: true });
print("machine", machines, Infinity);
print("program", programs, Number(values.programs));
