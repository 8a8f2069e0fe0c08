/** GNU grep as the judge of the automata. Promise: its answers are those of `grep -E --text`, byte for byte. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "../../../src/ere/index.js";

export type GrepAnswer =
  | { readonly kind: "matches"; readonly lines: ReadonlySet<number> }
  | { readonly kind: "refused"; readonly reason: string }
  /** grep crashed, or thought for longer than `mostSeconds`. */
  | { readonly kind: "no answer" };

export interface Question {
  readonly pattern: Uint8Array;
  readonly linesFile: string;
  readonly locale: Locale;
}

const localeNames: Record<Locale, string> = { C: "C", "UTF-8": "C.UTF-8" };
const mostSeconds = 5;

/** Which lines of a file, counted from 0, match one pattern. `directory` is for its files. */
export function askGrep(question: Question, directory: string): GrepAnswer {
  const [answer] = askGrepOften([question], directory);
  if (answer === undefined) throw new Error("bug: one question has one answer");
  return answer;
}

/** The answers in the order of the questions, from one shell: starting grep out of Node takes three times as long. */
export function askGrepOften(questions: readonly Question[], directory: string): GrepAnswer[] {
  const file = (kind: string, index: number) => join(directory, `${kind}-${index}`);
  questions.forEach(({ pattern }, i) =>
    writeFileSync(file("pattern", i), Buffer.concat([pattern, Buffer.from("\n")])),
  );
  const commands = questions.map(
    ({ linesFile, locale }, i) =>
      `LC_ALL=${localeNames[locale]} grep -E --text -n -f '${file("pattern", i)}' '${linesFile}' ` +
      `>'${file("output", i)}' 2>'${file("error", i)}'; echo $?`,
  );
  const run = spawnSync("sh", ["-c", ["ulimit -c 0", `ulimit -t ${mostSeconds}`, ...commands].join("\n")], {
    env: { PATH: process.env.PATH ?? "" },
  });
  if (run.error !== undefined) throw run.error;
  const statuses = run.stdout.toString("latin1").trim().split("\n").map(Number);
  if (statuses.length !== questions.length) throw new Error(`the shell said: ${run.stderr.toString()}`);
  return statuses.map((status, i) =>
    answerOf(status, readFileSync(file("output", i), "latin1"), readFileSync(file("error", i), "latin1")),
  );
}

function answerOf(status: number, output: string, errors: string): GrepAnswer {
  const error = errors.trim().split("\n").at(-1) ?? "";
  if (status > 2 || error === "grep: stack overflow") return { kind: "no answer" };
  if (status === 2) return { kind: "refused", reason: error.replace(/^grep: (?:[^ ]*:1: )?/, "") };
  const lines = new Set<number>();
  for (const line of output.split("\n")) if (line !== "") lines.add(Number.parseInt(line, 10) - 1);
  return { kind: "matches", lines };
}
