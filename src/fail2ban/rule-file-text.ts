/**
 * Writes imported rules as a rule file.
 * Promise: each rule stands under the place and the text that it was made of, and a file that is ours can be told.
 */
import { basename } from "node:path";
import { placeOf } from "./interpolation.js";
import type { ImportedFailregex } from "./import-filter.js";

const mark = "# Made by logwinnow rules import-fail2ban";
/** How much of an expression is quoted. */
const quotedCharacters = 200;

/** Whether a file was made by an earlier import, and may be replaced. */
export function isImported(text: string): boolean {
  return text.startsWith(mark);
}

/** The name of the rule file of a filter. */
export function ruleFileName(filterPath: string): string {
  return `fail2ban-${basename(filterPath, ".conf").replaceAll(/[^A-Za-z0-9_-]/g, "-")}`;
}

/** The file's text. `of`: the filter's path, with its parameters. */
export function ruleFileText(of: string, failregexes: readonly ImportedFailregex[]): string {
  const parts = failregexes.map(({ source, rules }) => {
    const quoted =
      source.text.length > quotedCharacters ? `${source.text.slice(0, quotedCharacters)}…` : source.text;
    return `# ${placeOf(source)}: ${quoted}\n${rules.map((rule) => `${rule}\n`).join("")}`;
  });
  return `${mark} of ${of}: failures that fail2ban looks for.\n${parts.join("")}`;
}
