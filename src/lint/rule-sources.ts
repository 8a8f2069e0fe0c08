/**
 * The files of rules that lint looks at, in the order in which they decide, with their bytes.
 * Promise: what a run would read is among them in the same order; what cannot be read is a finding.
 */
import { realpathSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import {
  findRuleFiles,
  listOfDirectory,
  type FoundList,
  type FoundRuleFile,
} from "../rules/files/rule-directories.js";
import { isRuleFileName } from "../rules/files/rule-file.js";
import { readRuleBytes, UnusableRuleFile } from "../rules/rule-bytes.js";
import type { RuleSettings } from "../rules/rule-settings.js";
import type { Level } from "../rules/rule.js";
import type { Notice } from "../std/notice.js";
import type { ByteString, Text } from "../std/text/byte-string.js";
import type { Finding } from "./finding.js";

export interface RuleSource {
  readonly path: Text;
  readonly list: FoundList;
  /** The level that its directory belongs to. */
  readonly level?: Level;
  readonly isLocal: boolean;
  /** Whether something is asked about its rules; the others only stand beside them. */
  readonly isTarget: boolean;
  readonly content: ByteString;
}

export interface RuleSources {
  readonly sources: readonly RuleSource[];
  /** About files that are not read. */
  readonly findings: readonly Finding[];
}

/** A file whose bytes are not those on the disk. */
export interface EditedFile {
  /** Where it will be. */
  readonly path: Text;
  readonly content: ByteString;
}

/**
 * In: files and directories to look at, and the directories whose rules stand beside them; without targets these are
 * looked at.
 */
export function findRuleSources(
  targets: readonly Text[],
  { directories, level }: Pick<RuleSettings, "directories" | "level">,
): RuleSources {
  const findings: Finding[] = [];
  const beside = directories.map((directory) => findRuleFiles(directory, level));
  const asked = targets.map((path) => targetFiles(path, level));
  const looked = targets.length > 0 ? asked : beside;
  findings.push(...looked.flatMap(({ notices }) => notices.map(notReadFinding)));
  // To resolve links takes longer than to read the files: it is done where there are two ways to one.
  const idOf = targets.length > 0 ? realPath : (path: Text): string => path;
  const targetPaths = new Set(looked.flatMap(({ files }) => files.map(({ path }) => idOf(path))));
  const known = new Set<string>();
  // A file that stands among the rules keeps its place there.
  const files = [...beside, ...asked].flatMap(({ files: found }) => found);
  const sources = files.flatMap((file): RuleSource[] => {
    const real = idOf(file.path);
    if (known.has(real)) return [];
    known.add(real);
    const isTarget = targetPaths.has(real);
    try {
      return [{ ...file, isTarget, content: readRuleBytes(file.path).toString("latin1") }];
    } catch (error) {
      if (!(error instanceof UnusableRuleFile)) throw error;
      if (isTarget) findings.push(fileFinding(file.path, error.message));
      return [];
    }
  });
  return { sources, findings };
}

/** The rules of the directories with one file that is being edited, which alone is asked about. */
export function sourcesWith(
  { path, content }: EditedFile,
  settings: Pick<RuleSettings, "directories" | "level">,
): RuleSources {
  const { sources } = findRuleSources([], settings);
  const real = realPath(path);
  const edited = (source: Omit<RuleSource, "content" | "isTarget">): RuleSource => {
    return { ...source, path, isTarget: true, content };
  };
  const others = sources.map((source) => ({ ...source, isTarget: false }));
  const isIt = (source: RuleSource): boolean =>
    basename(source.path) === basename(path) && realPath(source.path) === real;
  return {
    sources: others.some(isIt)
      ? others.map((source) => (isIt(source) ? edited(source) : source))
      : [...others, edited(fileOf(path))],
    findings: [],
  };
}

function targetFiles(
  path: Text,
  level: Level,
): { files: readonly FoundRuleFile[]; notices: readonly Notice[] } {
  const { files, notices } = findRuleFiles({ path, isNamed: true }, level);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    return { files: files.map(() => fileOf(path)), notices: [...notices, ...namedLikeNone(path, files)] };
  // A directory of one list, such as violations.d, is no tree of lists.
  const isOfOneList = listOfDirectory(resolve(path)) !== undefined;
  return { files: isOfOneList ? files.map((file) => fileOf(file.path)) : files, notices };
}

function namedLikeNone(path: Text, files: readonly FoundRuleFile[]): readonly Notice[] {
  if (files.length === 0 || isRuleFileName(basename(path))) return [];
  const what = "is not named like a rule file: letters, digits, _ and - only";
  return [{ where: path, what, done: "no run reads it" }];
}

/** By the directory that it is in. */
function fileOf(path: Text): FoundRuleFile {
  const known = listOfDirectory(dirname(resolve(path)));
  return {
    path,
    list: known?.list ?? "ignored",
    isLocal: known?.isLocal ?? false,
    ...(known?.level && { level: known.level }),
  };
}

function realPath(path: Text): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function notReadFinding({ where, what, done }: Notice): Finding {
  const isName = /named|none of the directories|directory inside|no directory of a level/.test(what);
  return { ...fileFinding(where, `${what}: ${done}`), kind: isName ? "not-read" : "file" };
}

function fileFinding(file: Text, message: Text): Finding {
  return { file, line: 1, column: 1, kind: "file", message };
}
