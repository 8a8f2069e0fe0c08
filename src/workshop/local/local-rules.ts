/**
 * Knows where a rule that somebody makes for this host belongs.
 * Promise: never among the shipped rules, which an update replaces, and always where a run reads it.
 */
import { accessSync, constants, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { findRuleFiles, type RuleDirectory } from "../../rules/files/rule-directories.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";
import type { WrittenList } from "./rule-changes.js";

/**
 * In: the directories of rules in their order, the shipped ones left out, and what the rule does. Out: undefined where none
 * can be written to.
 */
export function localRuleDirectory(
  directories: readonly RuleDirectory[],
  list: WrittenList,
): Text | undefined {
  const writable = directories.map(({ path }) => path).filter(isWritable);
  return list === "ignored" ? writable[0] : writable.find((path) => !isFlat(path));
}

/** The file for the rules about a program, in one of these directories. */
export function localRuleFile(directory: Text, list: WrittenList, program: ByteString): Text {
  const name = fileNameOf(program);
  switch (list) {
    case "ignored":
      return isFlat(directory) ? join(directory, `local-${name}`) : join(directory, "ignore.d/local", name);
    case "violation":
      return join(directory, "violations.d", `local-${name}`);
    case "never":
      return join(directory, "never.d", `local-${name}`);
  }
}

/** A directory of plain files would no longer be read as one with a subdirectory that is known. */
function isFlat(directory: Text): boolean {
  const { files } = findRuleFiles({ path: directory, isNamed: true }, "workstation");
  return files.some(({ path }) => dirname(path) === directory);
}

/** "postfix" of "postfix/smtpd", "gdm-x-session" of "/usr/lib/gdm3/gdm-x-session". */
function fileNameOf(program: ByteString): string {
  const parts = program.split("/").filter((part) => part !== "");
  const part = (program.startsWith("/") ? parts.at(-1) : parts[0]) ?? "";
  return (
    part
      .replaceAll(/[^A-Za-z0-9_-]+/g, "-")
      .replaceAll(/^-+|-+$/g, "")
      .slice(0, 100) || "other"
  );
}

/** Whether files can be made in it, or in the nearest directory above that exists. */
function isWritable(path: Text): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return !existsSync(path) && dirname(path) !== path && isWritable(dirname(path));
  }
}
