/**
 * Tells which shipped rules match a line.
 * Promise: the answer is GNU grep's, which is the judge of what a rule means.
 */

import { spawnSync } from "node:child_process";
import type { ShippedRule } from "./shipped.js";

/** For each line, in order, the rules that match it. One run of grep per rule. */
export function matchingRules(
  rules: readonly ShippedRule[],
  lines: readonly string[],
): readonly (readonly ShippedRule[])[] {
  const input = lines.map((line) => `${line.trimEnd()}\n`).join("");
  const matching: ShippedRule[][] = lines.map(() => []);
  for (const rule of rules) {
    const grep = spawnSync("grep", ["-nE", "-e", rule.text], {
      input,
      encoding: "utf8",
      env: { LC_ALL: "C.UTF-8", PATH: process.env["PATH"] ?? "/usr/bin:/bin" },
      maxBuffer: 2 ** 28,
    });
    if (grep.status === null || grep.status > 1) {
      throw new Error(`${rule.program}:${rule.lineNumber}: ${grep.stderr}`);
    }
    for (const found of grep.stdout.split("\n")) {
      const lineNumber = Number.parseInt(found, 10);
      if (!Number.isNaN(lineNumber)) matching[lineNumber - 1]?.push(rule);
    }
  }
  return matching;
}
