/**
 * Reads the lines that real daemons wrote when they were driven through success, failure, attack and crash.
 * Promise: each line was labelled by hand: routine, or one that an administrator should see.
 */

import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { repository } from "./shipped.js";

export type Label = "routine" | "reported";

const directory = path.join(repository, "test/rules/record/lines");

/** The groups that lines were recorded in, each a program or a few that belong together. */
export function recordedPrograms(): readonly string[] {
  const labels: readonly Label[] = ["routine", "reported"];
  const files = labels.flatMap((label) => readdirSync(path.join(directory, label)));
  return [...new Set(files.map((file) => path.parse(file).name))].toSorted();
}

/** The lines of a group that bear a label, in the order in which they were recorded. None is no error. */
export function recordedLines(label: Label, program: string): readonly string[] {
  const file = `${program}.log`;
  if (!readdirSync(path.join(directory, label)).includes(file)) return [];
  return readFileSync(path.join(directory, label, file), "utf8")
    .split("\n")
    .filter((line) => line !== "");
}
