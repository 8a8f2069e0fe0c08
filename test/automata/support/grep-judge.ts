/** GNU grep as the judge of the automata. Promise: its answers are those of `grep -E --text`, byte for byte. */
import { spawnSync } from "node:child_process";
import type { Locale } from "../../../src/automata/pattern-set.js";

export type GrepAnswer =
  | { readonly kind: "matches"; readonly lines: ReadonlySet<number> }
  | { readonly kind: "refused"; readonly reason: string };

const localeNames: Record<Locale, string> = { C: "C", "UTF-8": "C.UTF-8" };

/** Which lines of a file, counted from 0, match one pattern. */
export function askGrep(pattern: Uint8Array, linesFile: string, locale: Locale): GrepAnswer {
  const run = spawnSync("grep", ["-E", "--text", "-n", "-f", "-", linesFile], {
    input: Buffer.concat([pattern, Buffer.from("\n")]),
    env: { PATH: process.env.PATH ?? "", LC_ALL: localeNames[locale] },
    maxBuffer: 1 << 28,
  });
  if (run.error !== undefined) throw run.error;
  if (run.status === 2) {
    const message = run.stderr.toString("latin1").trim().split("\n").at(-1) ?? "";
    return { kind: "refused", reason: message.replace(/^grep: (?:-:1: |\(standard input\):1: )?/, "") };
  }
  if (run.status === null) throw new Error(`grep ended by ${run.signal}`);
  const lines = new Set<number>();
  for (const line of run.stdout.toString("latin1").split("\n")) {
    if (line !== "") lines.add(Number.parseInt(line, 10) - 1);
  }
  return { kind: "matches", lines };
}
