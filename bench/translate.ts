/**
 * Writes syntax trees in the syntax of RE2 and ripgrep, so that peers get the same rules.
 * Promise: the translation means the same over bytes; what cannot be said there is left out by name.
 */
import { hasByte } from "../src/ere/alphabet/byte-set.js";
import type { AssertionKind, SyntaxTree } from "../src/ere/syntax/syntax-tree.js";

const assertions: Readonly<Record<AssertionKind, string>> = {
  "line start": "^",
  "line end": "$",
  "word start": "\\b",
  "word end": "\\b",
  "word boundary": "\\b",
  "no word boundary": "\\B",
};

/** Undefined for a pattern with back-references. Repetitions of more than 1000 are more than RE2 takes. */
export function translate(tree: SyntaxTree): string | undefined {
  switch (tree.kind) {
    case "empty":
      return "(?:)";
    case "byte":
      return byteClass(tree.set);
    case "assertion":
      return assertions[tree.assertion];
    case "group": {
      const body = translate(tree.body);
      return body === undefined ? undefined : `(?:${body})`;
    }
    case "sequence":
      return joined(tree.parts, "");
    case "choice": {
      const branches = joined(tree.branches, "|");
      return branches === undefined ? undefined : `(?:${branches})`;
    }
    case "repeat": {
      const body = translate(tree.body);
      if (body === undefined) return undefined;
      const upper = tree.maximum === Infinity ? "" : tree.maximum;
      if (tree.minimum === 0 && tree.maximum === Infinity) return `(?:${body})*`;
      if (tree.minimum === 1 && tree.maximum === Infinity) return `(?:${body})+`;
      return `(?:${body}){${tree.minimum},${upper}}`;
    }
    case "character":
    case "back-reference":
      return undefined;
  }
}

function joined(trees: readonly SyntaxTree[], separator: string): string | undefined {
  const texts = trees.map(translate);
  return texts.includes(undefined) ? undefined : texts.join(separator);
}

function byteClass(set: Uint32Array): string {
  const ranges: [number, number][] = [];
  for (let byte = 0; byte < 256; byte++) {
    if (!hasByte(set, byte)) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === byte - 1) last[1] = byte;
    else ranges.push([byte, byte]);
  }
  const [only] = ranges;
  if (ranges.length === 1 && only !== undefined && only[0] === only[1]) return escaped(only[0]);
  return `[${ranges.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join("")}]`;
}

function escaped(byte: number): string {
  const text = String.fromCharCode(byte);
  return /[A-Za-z0-9 _:,;@%="'<>/]/.test(text) ? text : `\\x${byte.toString(16).padStart(2, "0")}`;
}
