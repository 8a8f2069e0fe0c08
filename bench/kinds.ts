/**
 * Measures how many lines a second get their kind, beside the reading of their headers alone.
 * Promise: each figure is the best of several passes over the same lines in memory, by the processor's time: other
 * programs can only make a pass longer.
 * usage: node build/bench/kinds.js LOG [PASSES]     prints a line a figure
 */
import { readFileSync } from "node:fs";
import { readEntry } from "../src/entry/header.js";
import { createGroupTable, defaultGroupLimits } from "../src/group/group-table.js";
import { KindIds } from "../src/group/kind.js";
import { shapeOf } from "../src/group/shape.js";

const [logFile = "", passes = "7"] = process.argv.slice(2);
const now = new Date();
const lines = readFileSync(logFile, "latin1").split("\n").filter(Boolean);
const entries = lines.map((line) => readEntry(line, now));
const bytes = lines.reduce((sum, { length }) => sum + length + 1, 0);

function measure(what: string, work: () => void): void {
  let best = Infinity;
  for (let pass = 0; pass < Number(passes); pass += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1e6);
  }
  const linesASecond = Math.round(lines.length / best).toLocaleString("en");
  console.log(`${what}: ${linesASecond} lines/s, ${(bytes / best / 1e6).toFixed(0)} MB/s`);
}

const shapes = new Set<string>();
measure("header", () => {
  for (const line of lines) readEntry(line, now);
});
measure("shape", () => {
  for (const entry of entries) shapes.add(shapeOf(entry));
});
measure("shape and id", () => {
  const kinds = new KindIds();
  for (const entry of entries) kinds.idOf("remainder", undefined, shapeOf(entry));
});
measure("header, shape, group", () => {
  const table = createGroupTable({ isGrouped: true, limits: defaultGroupLimits });
  for (const line of lines) {
    const entry = readEntry(line, now);
    table.add({ source: "log", line, trueLengthBytes: line.length, verdict: { layer: "remainder" }, entry });
  }
});
console.log(`${lines.length} lines of ${Math.round(bytes / lines.length)} bytes, ${shapes.size} kinds`);
