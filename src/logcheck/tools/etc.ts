/**
 * Reads what logcheck finds under /etc: rules, lists, header and footer.
 * Promise: what logcheck would not go on without ends the run here too, by name, before anything is read or moved.
 */
import { accessSync, constants, lstatSync, readdirSync, readFileSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import type { Locale } from "../../ere/index.js";
import { readLogList, type ListedLog } from "../conf/log-lists.js";
import { isRulesName, levelsOf, type NamedFile, type RuleDirectories } from "../rules/rule-tree.js";
import type { ReportLevel, Settings } from "../conf/settings.js";
import type { FileFacts } from "./test-command.js";

/** Something without which logcheck gives up. The message is logcheck's own word for it. */
export class LogcheckError extends Error {
  override readonly name = "LogcheckError";
}

/** Reads the rule directories of a level. Throws LogcheckError for a file that may not be read. */
export function readRuleDirectories(settings: Settings, level: ReportLevel): RuleDirectories {
  const filesOf = (name: string): NamedFile[] => readRuleDirectory(join(settings.ruleDirectory, name));
  return {
    cracking: filesOf("cracking.d"),
    violations: filesOf("violations.d"),
    violationsIgnore: filesOf("violations.ignore.d"),
    ignore: levelsOf(level).flatMap((each) => filesOf(`ignore.d.${each}`)),
    crackingIgnore: settings.usesCrackingIgnore ? filesOf("cracking.ignore.d") : [],
  };
}

function readRuleDirectory(directory: string): NamedFile[] {
  const stats = statsOf(directory);
  if (!stats) return [];
  if (!stats.isDirectory()) throw new LogcheckError(`"${directory}" is not a directory`);
  const files = namesIn(directory)
    // A file that is there and cannot be read is fatal even if its name is none of a rule file.
    .filter((name) => !name.startsWith("."))
    .map((name) => ({ name, path: join(directory, name) }))
    .filter(({ path }) => isFile(path));
  for (const { path } of files) if (!isReadable(path)) throw new LogcheckError(`Could not read ${path}`);
  return files
    .filter(({ name }) => isRulesName(name))
    .map(({ name, path }) => ({ name, path, bytes: readFileSync(path) }));
}

/** Reads the lists of logs, in their order. Throws LogcheckError when one is missing. */
export function readLogLists(settings: Settings, locale: Locale): ListedLog[] {
  const { listFile, listDirectory } = settings;
  const names = statsOf(listDirectory)?.isDirectory() ? namesIn(listDirectory) : [];
  const lists = names
    .filter((name) => name.endsWith(".logfiles") && !name.startsWith("."))
    .toSorted()
    .map((name) => join(listDirectory, name));
  return [listFile, ...lists].flatMap((list) => {
    if (!isFile(list) || !isReadable(list))
      throw new LogcheckError(`${list} does not exist or could not be read`);
    return readLogList(readFileSync(list), locale);
  });
}

/** The contents of header.txt or footer.txt; empty where there is none to read. */
export function readOptionalFile(path: string): Uint8Array {
  return isFile(path) && isReadable(path) ? readFileSync(path) : Buffer.of();
}

/** Whether there is a regular file that can be come to; links are followed. */
export function isFile(path: string): boolean {
  return statsOf(path)?.isFile() ?? false;
}

/** What logcheck-test asks of the files that it is given. */
export const fileFacts: FileFacts = {
  isFile,
  isReadable,
  isLink: (path) => statsOf(path, lstatSync)?.isSymbolicLink() ?? false,
  isPipe: (path) => statsOf(path)?.isFIFO() ?? false,
};

/** Undefined for what is not there, and for what lies after a directory that may not be entered. */
function statsOf(path: string, stat: (path: string) => Stats = statSync): Stats | undefined {
  try {
    return stat(path);
  } catch {
    return undefined;
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    throw new LogcheckError(`Could not read ${directory}`, { cause: error });
  }
}

export function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
