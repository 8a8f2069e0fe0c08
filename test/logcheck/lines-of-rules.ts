/** Makes lines that rules match from the rules themselves. Promise: the same random numbers give the same line. */
import { hasByte, type ByteSet } from "../../src/ere/alphabet/byte-set.js";
import { Parser } from "../../src/ere/syntax/grammar.js";
import type { SyntaxTree } from "../../src/ere/syntax/syntax-tree.js";

/** A line that the rule most likely matches; assertions and back-references are ignored. */
export function lineOfRule(rule: Uint8Array, random: () => number): Uint8Array {
  return Uint8Array.from(bytesOf(new Parser("C", "regex", new Map()).readWhole(rule), random));
}

/** The line with one byte dropped, doubled or changed, so that the rule most likely no longer matches it. */
export function mutated(line: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * line.length);
  const [before, byte, after] = [line.subarray(0, at), line.subarray(at, at + 1), line.subarray(at + 1)];
  const kind = random();
  return Buffer.concat(
    kind < 0.4
      ? [before, after]
      : kind < 0.7
        ? [before, byte, byte, after]
        : [before, Buffer.from("~"), after],
  );
}

const likelyBytes = Buffer.from("etaoinshrdlu ETAOIN0123456789.:-_/[]()<>=,;\"'%@#&*+?!~", "latin1");

function bytesOf(tree: SyntaxTree, random: () => number): number[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  switch (tree.kind) {
    case "byte":
      return [byteOf(tree.set, below)];
    case "sequence":
      return tree.parts.flatMap((part) => bytesOf(part, random));
    case "choice": {
      const branch = tree.branches[below(tree.branches.length)];
      return branch ? bytesOf(branch, random) : [];
    }
    case "repeat": {
      const count = Math.min(tree.maximum, tree.minimum + below(4));
      return Array.from({ length: count }, () => bytesOf(tree.body, random)).flat();
    }
    case "group":
      return bytesOf(tree.body, random);
    default:
      return [];
  }
}

function byteOf(set: ByteSet, below: (limit: number) => number): number {
  const likely = [...likelyBytes].filter((byte) => hasByte(set, byte));
  const all =
    likely.length > 0
      ? likely
      : Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 0x0a && hasByte(set, byte));
  return all[below(all.length)] ?? 0x3f;
}
