/**
 * Reads the rules that come with the program, and the lines that prove them.
 * Promise: what is tested is what is shipped: the files at the top of the repository, line by line.
 */

import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The top of the repository, as seen from the built tests. */
export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const proofs = path.join(repository, "test/rules");

/** A directory of rules; its name is also that of the directory of its proof. */
export const layers = ["never", "violations", "paranoid", "server", "workstation"] as const;
export type Layer = (typeof layers)[number];

/** What becomes of a line. "kept" is the remainder; "first-seen" is ignored once it was told. */
export type Outcome = "never" | "violation" | "ignored" | "kept" | "first-seen";

export interface ShippedRule {
  readonly layer: Layer;
  /** The name of the rule file, which is that of a program or a group of programs. */
  readonly program: string;
  /** In the rule file, from 1. */
  readonly lineNumber: number;
  readonly text: string;
  /** The comment that qualifies it, `#@ …`, or nothing. */
  readonly directives: string;
}

export interface ProofLine {
  readonly layer: Layer;
  readonly program: string;
  readonly expected: Outcome;
  readonly text: string;
  /** The comment above it: "recorded: …" or "made by hand: …". */
  readonly origin: string;
}

/** Which directories' rules count at the level that a layer's proof is tried at. */
export function layersAt(layer: Layer): readonly Layer[] {
  switch (layer) {
    case "paranoid":
      return ["never", "violations", "paranoid"];
    case "workstation":
      return ["never", "violations", "paranoid", "server", "workstation"];
    case "never":
    case "violations":
    case "server":
      return ["never", "violations", "paranoid", "server"];
  }
}

/** Whether a layer's rules drop lines; those of the others raise them. */
export function isIgnoring(layer: Layer): boolean {
  return layer !== "never" && layer !== "violations";
}

/** The outcome of a line, given the layers of the rules that match it. */
export function outcome(matching: readonly ShippedRule[], layer: Layer): Outcome {
  const counted = layersAt(layer);
  const found = new Set(matching.map((rule) => rule.layer).filter((one) => counted.includes(one)));
  if (found.has("never")) return "never";
  if (found.has("violations")) return "violation";
  return found.size > 0 ? "ignored" : "kept";
}

function directoryOf(layer: Layer): string {
  return isIgnoring(layer) ? path.join(repository, "ignore.d", layer) : path.join(repository, `${layer}.d`);
}

function filesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch {
    return []; // A level without rules has no directory: git keeps none that is empty.
  }
}

/** All rules that are shipped, in the order of their layers and files. */
export function shippedRules(): readonly ShippedRule[] {
  return layers.flatMap((layer) =>
    filesIn(directoryOf(layer)).flatMap((program) => {
      const content = readFileSync(path.join(directoryOf(layer), program), "utf8");
      let directives = "";
      return content.split("\n").flatMap((text, index): readonly ShippedRule[] => {
        if (text.trim() === "") directives = "";
        if (text.startsWith("#@")) directives = text;
        if (text.trim() === "" || text.startsWith("#")) return [];
        return [{ layer, program, lineNumber: index + 1, text, directives }];
      });
    }),
  );
}

/** All lines of proof, in the order of their files. */
export function proofLines(): readonly ProofLine[] {
  return layers.flatMap((layer) =>
    filesIn(path.join(proofs, layer)).flatMap((file) => {
      const { name: program, ext } = path.parse(file);
      const expected = outcomeOfExtension(ext, file);
      let origin = "";
      const lines: ProofLine[] = [];
      for (const text of readFileSync(path.join(proofs, layer, file), "utf8").split("\n")) {
        if (text.startsWith("#")) origin = text.slice(1).trim();
        else if (text !== "") lines.push({ layer, program, expected, text, origin });
      }
      return lines;
    }),
  );
}

function outcomeOfExtension(extension: string, file: string): Outcome {
  switch (extension) {
    case ".never":
    case ".violation":
    case ".ignored":
    case ".kept":
    case ".first-seen":
      return extension.slice(1) as Outcome;
    default:
      throw new Error(
        `test/rules: "${file}" is no proof: expected .ignored, .first-seen, .never, .violation or .kept`,
      );
  }
}
