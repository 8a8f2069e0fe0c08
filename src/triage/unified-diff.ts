/**
 * Writes what is added to files as a unified diff.
 * Promise: the diff applied to the files as they were gives the files as they will be.
 */
import { escaped, escapedText } from "../std/text/escape.js";
import type { ChangedFile } from "../workshop/local/rule-changes.js";

const contextLines = 3;

/** In: files that something is added to at their end. Out: lines, made printable. */
export function unifiedDiff(files: readonly ChangedFile[]): readonly string[] {
  return files.flatMap(({ path, before, after }) => {
    const [old, added] = [linesOf(before), linesOf(after)];
    // Where the last line had no newline, it is written anew with one.
    const isWhole = before === "" || before.endsWith("\n");
    const kept = isWhole ? old.length : old.length - 1;
    const start = Math.max(0, kept - contextLines);
    const context = old.slice(start, kept);
    const [oldCount, newCount] = [old.length - start, added.length - start];
    const range = (count: number): string => `${count === 0 ? 0 : start + 1},${count}`;
    return [
      `--- ${before === "" ? "/dev/null" : escapedText(path)}`,
      `+++ ${escapedText(path)}`,
      `@@ -${range(oldCount)} +${range(newCount)} @@`,
      ...context.map((line) => ` ${escaped(line)}`),
      ...(isWhole ? [] : [`-${escaped(old[kept] ?? "")}`, "\\ No newline at end of file"]),
      ...added.slice(kept).map((line) => `+${escaped(line)}`),
    ];
  });
}

function linesOf(content: string): string[] {
  const lines = content.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
