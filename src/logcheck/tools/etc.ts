/**
 * Reads what logcheck finds under /etc: rules, lists, header and footer.
 * Promise: where logcheck would give up, the run ends here too, with the file's name, before any log is read.
 */
import { accessSync, constants, lstatSync, readdirSync, readFileSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import type { Locale } from "../../ere/index.js";
import { readLogList, type ListedLog } from "../conf/log-lists.js";
import type { NamedFile, RuleDirectories } from "../rules/rule-tree.js";
import type { Settings } from "../conf/settings.js";
import type { Level } from "../../rules/rule.js";
import { levelsReadAt } from "../../rules/files/rule-directories.js";
import { readRuleBytes, UnusableRuleFile } from "../../rules/rule-bytes.js";
import { isRuleFileName } from "../../rules/files/rule-file.js";
import type { FileFacts } from "./test-command.js";

/** Something that makes logcheck give up. The message is in logcheck's own words. */
export class LogcheckError extends Error {
  override readonly name = "LogcheckError";
}

/** Reads the rule directories of a level. Throws LogcheckError for a file that may not be read. */
export function readRuleDirectories(settings: Settings, level: Level): RuleDirectories {
  const filesOf = (name: string): NamedFile[] => readRuleDirectory(join(settings.ruleDirectory, name));
  return {
    cracking: filesOf("cracking.d"),
    violations: filesOf("violations.d"),
    violationsIgnore: filesOf("violations.ignore.d"),
    // The level's own directory first: errors of its rules are listed before those of the others.
    ignore: levelsReadAt[level].toReversed().flatMap((each) => filesOf(`ignore.d.${each}`)),
    crackingIgnore: settings.usesCrackingIgnore ? filesOf("cracking.ignore.d") : [],
  };
}

function readRuleDirectory(directory: string): NamedFile[] {
  const stats = statsOf(directory);
  if (!stats) return [];
  if (!stats.isDirectory()) throw new LogcheckError(`"${directory}" is not a directory`);
  const files = namesIn(directory)
    // An unreadable file is fatal even if its name is not that of a rule file.
    .filter((name) => !name.startsWith("."))
    .map((name) => ({ name, path: join(directory, name) }))
    .filter(({ path }) => isFile(path));
  for (const { path } of files) if (!isReadable(path)) throw new LogcheckError(`Could not read ${path}`);
  return files.filter(({ name }) => isRuleFileName(name)).map(({ name, path }) => readNamed(name, path));
}

/** A file that is too large for the memory of a run costs its own rules only. */
function readNamed(name: string, path: string): NamedFile {
  try {
    return { name, path, bytes: readRuleBytes(path) };
  } catch (error) {
    if (!(error instanceof UnusableRuleFile)) throw error;
    // What cannot be read is fatal.
    if (error.cause !== undefined) throw error.cause;
    return { name, path, bytes: Buffer.of(), whyUnusable: error.message };
  }
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

/** Whether there is a regular file that can be reached; links are followed. */
export function isFile(path: string): boolean {
  return statsOf(path)?.isFile() ?? false;
}

/** What logcheck-test asks about its files. */
export const fileFacts: FileFacts = {
  isFile,
  isReadable,
  isLink: (path) => statsOf(path, lstatSync)?.isSymbolicLink() ?? false,
  isPipe: (path) => statsOf(path)?.isFIFO() ?? false,
};

/** Undefined for a missing file, and for one in a directory that may not be searched. */
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
