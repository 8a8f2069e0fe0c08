/**
 * Filters a file as `logwinnow filter` does, with the engine alone: what the command costs at least.
 * usage: node build/bench/scan-file.js RULES FILE [CACHE]     lines that no rule matches go to standard output
 */
import { existsSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from "node:fs";
import { compilePatternSet, type Locale } from "../src/automata/pattern-set.js";

const [rulesPath = "", logPath = "", cachePath] = process.argv.slice(2);
const locale: Locale = process.env.BENCH_LOCALE === "UTF-8" ? "UTF-8" : "C";

function linesOf(file: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < file.length;) {
    const newline = file.indexOf(0x0a, start);
    const end = newline === -1 ? file.length : newline;
    if (end > start) lines.push(file.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

const saved = cachePath !== undefined && existsSync(cachePath) ? readFileSync(cachePath) : undefined;
const { set } = compilePatternSet(linesOf(readFileSync(rulesPath)), {
  locale,
  trimsTrailingSpace: true,
  ...(saved !== undefined && { savedStates: () => saved }),
});
const scanner = set.scanner({ isListed: (matches) => matches.length === 0 });

const log = openSync(logPath, "r");
let carriedBytes = 0;
for (;;) {
  const { chunk } = scanner;
  const readBytes = readSync(log, chunk, carriedBytes, chunk.length - carriedBytes, null);
  const filledBytes = carriedBytes + readBytes;
  if (filledBytes === 0) break;
  const lastNewline = chunk.lastIndexOf(0x0a, filledBytes - 1);
  const scannedBytes = readBytes === 0 || lastNewline === -1 ? filledBytes : lastNewline + 1;
  const { listedCount, starts, ends } = scanner.scan(scannedBytes);
  // What is kept moves down in the chunk itself: a view for each line would cost more than the scan.
  const scanned = scanner.chunk;
  let keptBytes = 0;
  for (let i = 0; i < listedCount;) {
    const start = starts[i] ?? 0;
    let end = ends[i++] ?? 0;
    while (i < listedCount && starts[i] === end) end = ends[i++] ?? 0;
    scanned.copyWithin(keptBytes, start, end);
    keptBytes += end - start;
  }
  writeSync(1, scanned, 0, keptBytes);
  scanner.chunk.copyWithin(0, scannedBytes, filledBytes);
  carriedBytes = filledBytes - scannedBytes;
  if (readBytes === 0) break;
}
if (cachePath !== undefined && saved === undefined)
  writeFileSync(cachePath, scanner.saveStates(), { mode: 0o600 });
