/**
 * Reads the proofs of a file of rules: lines that its rules must match, or must not.
 * Promise: each line is judged by the rules of that file alone, and one that does not come out as promised is named.
 */
import { existsSync, readFileSync } from "node:fs";
import { findRuleFiles, type RuleDirectory } from "../rules/files/rule-directories.js";
import type { Level, Rule } from "../rules/rule.js";
import type { ByteString } from "../std/text/byte-string.js";

/** The endings of files of proofs, and whether a rule of the file must match their lines. */
const endings = {
  ignored: true,
  "first-seen": true,
  never: true,
  violation: true,
  kept: false,
} as const;

export interface FailedProof extends Proof {
  /** What matched a line that should be kept; undefined where nothing matched one that should be. */
  readonly rule: Rule | undefined;
}

export interface ProvenFile {
  readonly path: string;
  readonly lines: number;
  readonly failed: readonly FailedProof[];
}

interface Proof {
  /** "my-rules.kept:7". */
  readonly place: string;
  readonly line: ByteString;
}

/** A line each; empty ones and those that begin with "#" are none. */
function proofsIn(path: string): Proof[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "latin1")
    .split("\n")
    .flatMap((line, index) =>
      line === "" || line.startsWith("#") ? [] : [{ place: `${path}:${index + 1}`, line }],
    );
}

/** The lines beside all files of rules that must not be ignored. */
export function proofsThatKeep(directories: readonly RuleDirectory[], level: Level): Proof[] {
  return directories
    .flatMap((directory) => findRuleFiles(directory, level).files)
    .flatMap(({ path }) => ["never", "violation", "kept"].flatMap((ending) => proofsIn(`${path}.${ending}`)));
}

/** In: a file of rules, and which of them match a line. Out: for each file of proofs beside it, what came of it. */
export function proveRuleFile(file: string, matching: (line: Uint8Array) => readonly Rule[]): ProvenFile[] {
  return Object.entries(endings).flatMap(([ending, isMatched]) => {
    const path = `${file}.${ending}`;
    if (!existsSync(path)) return [];
    const proofs = proofsIn(path);
    const failed = proofs.flatMap(({ place, line }): FailedProof[] => {
      const rule = matching(Buffer.from(line, "latin1")).find((one) => one.file === file);
      return (rule !== undefined) === isMatched ? [] : [{ place, line, rule }];
    });
    return [{ path, lines: proofs.length, failed }];
  });
}
