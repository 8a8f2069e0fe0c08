/**
 * Reads one file of rules.
 * Promise: a file or a line that cannot serve is named in a notice, and costs no other rule its effect.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Notice } from "../std/notice.js";
import type { Rule, RuleList } from "./rule.js";

export interface RuleFile {
  readonly path: string;
  readonly list: RuleList;
}

export interface LoadedRules {
  /** In the order in which they were written. */
  readonly rules: readonly Rule[];
  readonly notices: readonly Notice[];
}

/** What becomes of the lines that a rule would have decided, once the rule is off. */
export const ruleSkipped = "rule skipped, its lines will be reported";
const fileSkipped = "file skipped, the lines of its rules will be reported";

/**
 * Whether run-parts(8) takes a file of this name: letters, digits, `_` and `-` only.
 * Keeps out editors' backups and what dpkg leaves after.
 */
export function isRuleFileName(name: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name);
}

/** The rules of a file, one a line, bytes kept as latin1. Blank lines and those that begin with `#` are none. */
export function readRuleFile({ path, list }: RuleFile): LoadedRules {
  let content: string;
  try {
    content = readRegularFile(path);
  } catch (error) {
    return { rules: [], notices: [{ where: path, what: whyUnreadable(error), done: fileSkipped }] };
  }
  // logcheck ships violations.d/logcheck empty: there the name alone has a meaning.
  if (content === "" && !(list === "violation" && basename(path) === "logcheck")) {
    // Else never written on purpose: what a full disk or a failed save leaves after.
    return { rules: [], notices: [{ where: path, what: "the file is empty", done: "it holds no rules" }] };
  }
  return readRules(content, { path, list });
}

function readRules(content: string, { path, list }: RuleFile): LoadedRules {
  const rules: Rule[] = [];
  const notices: Notice[] = [];
  for (const [index, text] of content.split("\n").entries()) {
    if (isBlankOrComment(text)) continue;
    const line = index + 1;
    if (text.endsWith("\r")) {
      notices.push({
        where: `${path}:${line}:${text.length}`,
        what: "ends in a carriage return, as files from Windows do, and so would match nothing",
        done: ruleSkipped,
      });
    } else {
      rules.push({ list, file: path, line, text });
    }
  }
  return { rules, notices };
}

/** Linear also on a line of blanks: `\s` of JavaScript would take U+00A0 for a space too. */
function isBlankOrComment(text: string): boolean {
  return text.startsWith("#") || /^[ \t\v\f\r]*$/.test(text);
}

class NotARegularFile extends Error {}

/** A FIFO must not hold the run up, hence O_NONBLOCK; what was opened is what is looked at, hence fstat. */
function readRegularFile(path: string): string {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(descriptor).isFile()) throw new NotARegularFile("is not a regular file");
    return readFileSync(descriptor, "latin1");
  } finally {
    closeSync(descriptor);
  }
}

function whyUnreadable(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof NotARegularFile ? message : `cannot be read: ${message}`;
}
