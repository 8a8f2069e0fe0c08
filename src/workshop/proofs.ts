/**
 * Reads the proofs of a file of rules: lines that its rules must match, or must not.
 * Promise: each line is judged by the rules of that file alone, and one that does not come out as promised is named.
 */
import { existsSync, readFileSync } from "node:fs";
import type { Rule } from "../rules/rule.js";
import type { ByteString } from "../std/text/byte-string.js";

/** The endings of files of proofs, and whether a rule of the file must match their lines. */
const endings = {
  ignored: true,
  "first-seen": true,
  never: true,
  violation: true,
  kept: false,
} as const;

export interface FailedProof {
  /** "my-rules.kept:7". */
  readonly place: string;
  readonly line: ByteString;
  /** What matched a line that should be kept; undefined where nothing matched one that should be. */
  readonly rule: Rule | undefined;
}

export interface ProvenFile {
  readonly path: string;
  readonly lines: number;
  readonly failed: readonly FailedProof[];
}

/** In: a file of rules, and which of them match a line. Out: for each file of proofs beside it, what came of it. */
export function proveRuleFile(file: string, matching: (line: Uint8Array) => readonly Rule[]): ProvenFile[] {
  return Object.entries(endings).flatMap(([ending, isMatched]) => {
    const path = `${file}.${ending}`;
    if (!existsSync(path)) return [];
    const proofs = [...readFileSync(path, "latin1").split("\n").entries()].filter(
      ([, line]) => line !== "" && !line.startsWith("#"),
    );
    const failed = proofs.flatMap(([index, line]): FailedProof[] => {
      const rule = matching(Buffer.from(line, "latin1")).find((one) => one.file === file);
      return (rule !== undefined) === isMatched ? [] : [{ place: `${path}:${index + 1}`, line, rule }];
    });
    return [{ path, lines: proofs.length, failed }];
  });
}
