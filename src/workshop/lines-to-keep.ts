/**
 * Gathers the lines that no new rule may hide.
 * Promise: canaries as rules read them, in each form, and the proofs beside the files of rules.
 */
import type { Level } from "../rules/rule.js";
import type { RuleDirectory } from "../rules/files/rule-directories.js";
import type { Text } from "../std/text/byte-string.js";
import { proofsThatKeep } from "./proofs.js";
import type { MustKeep } from "./suggest/suggest.js";

interface CanaryLine {
  readonly file: Text;
  readonly line: number;
  readonly readings: readonly Uint8Array[];
}

export function linesToKeep(
  canaries: readonly CanaryLine[],
  directories: readonly RuleDirectory[],
  level: Level,
): MustKeep[] {
  return [
    ...canaries.flatMap(({ file, line, readings }) =>
      readings.map((reading) => ({
        line: Buffer.from(reading).toString("latin1"),
        name: `the canary ${file}:${line}`,
      })),
    ),
    ...proofsThatKeep(directories, level).map(({ place, line }) => ({ line, name: `the proof ${place}` })),
  ];
}
