/**
 * Measures the engine alone, in memory, once its states are built: match sets, counts and the selected lines.
 * Promise: only the scanning of chunks is timed, as RE2::Set is timed beside it, not the copying into them.
 * usage: node build/bench/steady.js RULES LOG     prints JSON, in seconds
 */
import { readFileSync } from "node:fs";
import { compilePatternSet } from "../src/ere/index.js";

const [rulesFile = "", logFile = ""] = process.argv.slice(2);
const newline = 0x0a;
const rules = readFileSync(rulesFile, "latin1").split("\n").filter(Boolean);
const log = readFileSync(logFile);
const { set } = compilePatternSet(
  rules.map((rule) => Buffer.from(rule, "latin1")),
  { locale: "C", trimsTrailingSpace: true },
);
const scanner = set.scanner({ isSelected: (matches) => matches.length === 0 });

/** Milliseconds of one pass over the log, and how many lines it selected. */
function pass(): { milliseconds: number; selected: number } {
  let milliseconds = 0;
  let selected = 0;
  for (let start = 0; start < log.length;) {
    const limit = Math.min(start + scanner.chunk.length, log.length);
    const end = limit === log.length ? limit : log.lastIndexOf(newline, limit - 1) + 1;
    scanner.chunk.set(log.subarray(start, end));
    const before = performance.now();
    selected += scanner.scan(end - start).selectedCount;
    milliseconds += performance.now() - before;
    start = end;
  }
  return { milliseconds, selected };
}

pass();
const { milliseconds, selected } = pass();
console.log(JSON.stringify({ matchSeconds: milliseconds / 1000, selected }));
