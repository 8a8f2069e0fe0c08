/**
 * Measures the engine alone, in memory, once its states are built: match sets, counts and the listed lines.
 * Promise: only the scanning of chunks is timed, as RE2::Set is timed beside it, not the copying into them.
 * usage: node build/bench/steady.js RULES LOG     prints JSON, in seconds
 */
import { readFileSync } from "node:fs";
import { compilePatternSet } from "../src/automata/pattern-set.js";

const [rulesFile = "", logFile = ""] = process.argv.slice(2);
const newline = 0x0a;
const rules = readFileSync(rulesFile, "latin1").split("\n").filter(Boolean);
const log = readFileSync(logFile);
const { set } = compilePatternSet(
  rules.map((rule) => Buffer.from(rule, "latin1")),
  { locale: "C", trimsTrailingSpace: true },
);
const scanner = set.scanner({ isListed: (matches) => matches.length === 0 });

/** Milliseconds of one pass over the log, and how many lines it listed. */
function pass(): { milliseconds: number; listed: number } {
  let milliseconds = 0;
  let listed = 0;
  for (let start = 0; start < log.length;) {
    const limit = Math.min(start + scanner.chunk.length, log.length);
    const end = limit === log.length ? limit : log.lastIndexOf(newline, limit - 1) + 1;
    scanner.chunk.set(log.subarray(start, end));
    const before = performance.now();
    listed += scanner.scan(end - start).listedCount;
    milliseconds += performance.now() - before;
    start = end;
  }
  return { milliseconds, listed };
}

pass();
const { milliseconds, listed } = pass();
console.log(JSON.stringify({ matchSeconds: milliseconds / 1000, listed }));
