/**
 * logcheck's rule directories as tables: which file raises which lines, and which rules stand in it.
 * Promise: the files that run-parts lists, the lines that logcheck keeps of them, and no others.
 */
import type { Locale } from "../../ere/index.js";
import type { ReportLevel } from "../conf/settings.js";
import { isBlankLine } from "../report/white-space.js";

/** A rule file's bytes, with the name it has in its directory. */
export interface NamedFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The directories of rules, each with its files; a directory that is not there has none. */
export interface RuleDirectories {
  readonly cracking: readonly NamedFile[];
  /** Empty unless SUPPORT_CRACKING_IGNORE asks for it. */
  readonly crackingIgnore: readonly NamedFile[];
  readonly violations: readonly NamedFile[];
  readonly violationsIgnore: readonly NamedFile[];
  /** The ignore directories of all levels that apply. */
  readonly ignore: readonly NamedFile[];
}

/** A file's name and its rules, as indices into the tree's patterns. */
export interface RuleFile {
  readonly name: string;
  readonly patterns: readonly number[];
}

export interface RuleOrigin {
  readonly path: string;
  readonly line: number;
}

export interface RuleTree {
  /** Each rule once, however many files have it. */
  readonly patterns: readonly Uint8Array[];
  /** Where each pattern stands, first place first. */
  readonly origins: readonly (readonly RuleOrigin[])[];
  /** Files in the order of their names; the same name from several levels is one file. */
  readonly files: Readonly<Record<keyof RuleDirectories, readonly RuleFile[]>>;
}

/** The ignore directories that a level reads, as suffixes of `ignore.d.`. */
export function levelsOf(level: ReportLevel): readonly ReportLevel[] {
  const levels = ["workstation", "server", "paranoid"] as const;
  return levels.slice(levels.indexOf(level));
}

/** Whether `run-parts --list` takes a file of this name; backups and package leftovers have other names. */
export function isRulesName(name: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name);
}

/** Builds the tables. Never throws; whether a rule is a valid pattern shows when the patterns are compiled. */
export function buildRuleTree(directories: RuleDirectories, locale: Locale): RuleTree {
  const patterns: Uint8Array[] = [];
  const origins: RuleOrigin[][] = [];
  const indexOfText = new Map<string, number>();

  function addPattern(text: string, origin: RuleOrigin): number {
    let index = indexOfText.get(text);
    if (index === undefined) {
      index = patterns.push(Buffer.from(text, "latin1")) - 1;
      indexOfText.set(text, index);
      origins.push([]);
    }
    origins[index]?.push(origin);
    return index;
  }

  function tableOf(files: readonly NamedFile[]): RuleFile[] {
    const byName = new Map<string, number[]>();
    for (const { name, path, bytes } of files.filter((file) => isRulesName(file.name))) {
      const list = byName.get(name) ?? [];
      byName.set(name, list);
      for (const [text, line] of rulesIn(bytes, locale)) list.push(addPattern(text, { path, line }));
    }
    return [...byName]
      .map(([name, list]) => ({ name, patterns: list }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  const files = {
    cracking: tableOf(directories.cracking),
    crackingIgnore: tableOf(directories.crackingIgnore),
    violations: tableOf(directories.violations),
    violationsIgnore: tableOf(directories.violationsIgnore),
    ignore: tableOf(directories.ignore),
  };
  return { patterns, origins, files };
}

/** The tree without some rules in those files that hide lines; in those that raise them they stay. */
export function withoutHiding(tree: RuleTree, patterns: ReadonlySet<number>): RuleTree {
  const reduce = (files: readonly RuleFile[]): RuleFile[] =>
    files.map(({ name, patterns: all }) => ({
      name,
      patterns: all.filter((pattern) => !patterns.has(pattern)),
    }));
  const { crackingIgnore, violationsIgnore, ignore } = tree.files;
  return {
    ...tree,
    files: {
      ...tree.files,
      crackingIgnore: reduce(crackingIgnore),
      violationsIgnore: reduce(violationsIgnore),
      ignore: reduce(ignore),
    },
  };
}

/** The lines of a file that are rules, as latin1 text with their line numbers: not blank, not begun with "#". */
export function* rulesIn(bytes: Uint8Array, locale: Locale): Generator<[text: string, line: number]> {
  let line = 0;
  for (const text of Buffer.from(bytes).toString("latin1").split("\n")) {
    line++;
    if (!text.startsWith("#") && !isBlankLine(Buffer.from(text, "latin1"), locale)) yield [text, line];
  }
}
