/**
 * `logwinnow rules import-fail2ban`: makes attention rules of fail2ban's filters.
 * Promise: what cannot be carried over is named with its line and the reason; a file that somebody else wrote stays.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FilterError } from "../../fail2ban/filter-file.js";
import { importFilter, type ImportedFilter } from "../../fail2ban/import-filter.js";
import { isImported, ruleFileName, ruleFileText } from "../../fail2ban/rule-file-text.js";
import { sayNotices } from "../../std/standard-error.js";
import { writeText } from "../../std/standard-output.js";

export interface ImportFail2banOptions {
  /** Paths of filters, each with parameters as a jail has them: "sshd.conf[mode=aggressive]". */
  readonly files: readonly string[];
  /** The directory of rules to write to; unset: standard output. */
  readonly write?: string;
}

/** "whole": each failregex became rules. */
export function importFail2ban({ files, write }: ImportFail2banOptions): "whole" | "partial" {
  let isWhole = true;
  for (const file of files) {
    const { path, parameters } = readArgument(file);
    const { failregexes, notices } = imported(path, parameters);
    sayNotices(notices);
    if (notices.length > 0) isWhole = false;
    if (failregexes.length === 0) continue;
    const text = ruleFileText(file, failregexes);
    if (write === undefined) writeText(text);
    else if (!writeRules(join(resolve(write), "violations.d"), ruleFileName(path), text)) isWhole = false;
  }
  return isWhole ? "whole" : "partial";
}

function imported(path: string, parameters: ReadonlyMap<string, string>): ImportedFilter {
  try {
    return importFilter(path, parameters);
  } catch (error) {
    if (!(error instanceof FilterError) && !(error instanceof Error && "errno" in error)) throw error;
    const [, where = path, what = error.message] = /^(\S+:\d+): (.*)$/s.exec(error.message) ?? [];
    return { failregexes: [], notices: [{ where, what, done: "nothing imported" }] };
  }
}

/** Whether the file is written: one that no import made is left as it is. */
function writeRules(directory: string, name: string, text: string): boolean {
  const path = join(directory, name);
  if (existsSync(path) && !isImported(readFileSync(path, "utf8"))) {
    sayNotices([{ where: path, what: "was not made by an import", done: "not replaced" }]);
    return false;
  }
  mkdirSync(directory, { recursive: true });
  // Whoever runs the hourly job reads it.
  const temporary = join(directory, `.${name}.tmp`);
  writeFileSync(temporary, text, { mode: 0o644 });
  renameSync(temporary, path);
  return true;
}

/** "sshd.conf[mode=aggressive,publickey=any]": a path, and what a jail gives to the filter. */
function readArgument(argument: string): { path: string; parameters: ReadonlyMap<string, string> } {
  const [, path, given] = /^(.+?)\[(.*)\]$/s.exec(argument) ?? [];
  if (path === undefined || given === undefined || existsSync(argument))
    return { path: argument, parameters: new Map() };
  const parameters = new Map<string, string>();
  for (const [, name = "", quoted, bare] of given.matchAll(/([\w-]+)\s*=\s*(?:["']([^"']*)["']|([^,]*))/g))
    parameters.set(name.toLowerCase(), quoted ?? bare?.trim() ?? "");
  return { path, parameters };
}
