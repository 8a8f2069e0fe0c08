/**
 * Compares versions of Node: what a start costs, and how fast lines are matched.
 * Promise: the same bundle and log for each, in turns; times are those of the processor, medians of nine.
 * usage: node build/bench/node-versions.js NODE…     each a Node binary; prints a line for each
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const nodes = process.argv.slice(2);
if (nodes.length === 0) {
  console.error("usage: node-versions.js NODE…");
  process.exit(2);
}
const rounds = 9;
const program = resolve("dist/logwinnow.cjs");
const place = mkdtempSync(join(tmpdir(), "logwinnow-nodes-"));
const line = (index: number): string =>
  `Nov 22 00:41:26 web1 sshd[${index}]: Failed password for invalid user u${index} from 192.0.2.${index % 250} port ${index % 60_000} ssh2\n`;
const [empty, log] = ["empty", "log"].map((name) => join(place, name));
writeFileSync(empty ?? "", "");
writeFileSync(log ?? "", Array.from({ length: 100_000 }, (_, index) => line(index)).join(""));

const works: Readonly<Record<string, readonly string[]>> = {
  "node -e 0": ["-e", "0"],
  "--version": [program, "--version"],
  "filter, empty": [program, "filter", empty ?? ""],
  "filter, 100,000 lines": [program, "filter", "--count", log ?? ""],
};

/** Of the process and its children, in ms. */
function millisecondsOf(node: string, words: readonly string[]): number {
  const script = `${[node, ...words].map((word) => `'${word}'`).join(" ")} >/dev/null; times`;
  const env = { PATH: process.env.PATH, HOME: place, CACHE_DIRECTORY: join(place, "cache") };
  const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8", env });
  // The second line of `times` is that of the children: "0m0.041s 0m0.012s".
  const [, children = ""] = stdout.trim().split("\n");
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1000)
    .reduce((sum, one) => sum + one, 0);
}

const measured = new Map(nodes.map((node) => [node, new Map<string, number[]>()]));
for (let round = 0; round < rounds; round++)
  for (const [node, times] of measured)
    for (const [name, words] of Object.entries(works))
      times.set(name, [...(times.get(name) ?? []), millisecondsOf(node, words)]);
for (const [node, times] of measured) {
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
  const medians = [...times].map(
    ([name, values]) => `${name} ${Math.round(values.toSorted((a, b) => a - b)[rounds >> 1] ?? NaN)} ms`,
  );
  console.log(`${version}: ${medians.join(", ")}`);
}
rmSync(place, { recursive: true });
