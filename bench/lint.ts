/**
 * Measures `rules lint`: how long it takes, and how many findings of each kind there are.
 * Promise: all rules of the directories are looked at, at every level.
 * usage: node build/bench/lint.js [--at-least 10000] [DIRECTORY...]
 *        --at-least: copies of the rules are added, with other words, up to so many
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findCanaries } from "../src/lint/canaries.js";
import { lint } from "../src/lint/lint.js";
import { findRuleSources } from "../src/lint/rule-sources.js";
import { loadRules } from "../src/rules/files/load-rules.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "at-least": { type: "string", default: "0" } },
});
const directories = (positionals.length > 0 ? positionals : ["."]).map((path) => ({ path, isNamed: true }));
const copies = mkdtempSync(join(tmpdir(), "lint-"));
const { rules } = loadRules({ directories, level: "workstation" });
const ignoring = rules.filter(({ list }) => list === "ignored");
const missing = Math.max(0, Number(values["at-least"]) - rules.length);
const copied = Array.from({ length: missing }, (_, n) => {
  const turn = 1 + Math.floor(n / ignoring.length);
  return (ignoring[n % ignoring.length]?.text ?? "").replaceAll(
    /(?<![[:A-Za-z])[a-z]{4,}(?![:\]A-Za-z])/g,
    (word) =>
      Array.from(word, (letter) => String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + turn) % 26))).join(
        "",
      ),
  );
});
writeFileSync(join(copies, "copies"), `${copied.join("\n")}\n`);

const before = performance.now();
const { user: userBefore } = process.cpuUsage();
const all = missing > 0 ? [...directories, { path: copies, isNamed: true }] : directories;
const sources = findRuleSources([], { directories: all, level: "workstation" });
const findings = lint(sources, {
  locale: "UTF-8",
  now: new Date(),
  hosts: ["web1"],
  canaries: findCanaries(["."]).canaries,
});
const seconds = ((performance.now() - before) / 1000).toFixed(1);
const processor = ((process.cpuUsage().user - userBefore) / 1e6).toFixed(1);
rmSync(copies, { recursive: true });

const counts = new Map<string, number>();
for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
console.log(`${rules.length + missing} rules: ${seconds} s, ${processor} s of processor time`);
for (const [kind, count] of [...counts].sort((one, other) => other[1] - one[1]))
  console.log(`${count} ${kind}`);
