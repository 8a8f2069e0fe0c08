/**
 * logcheck's rule directories as tables: which files there are in each, and which rules each file has.
 * Promise: the files that run-parts lists, the lines of them that logcheck uses, and no others.
 */
import type { Locale } from "../../ere/index.js";
import { isRuleFileName } from "../../rules/files/rule-file.js";
import { isBlankLine } from "../report/trim-line.js";

/** A rule file's bytes, with the name it has in its directory. */
export interface NamedFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Why none of its rules are there. */
  readonly whyUnusable?: string;
}

/** The directories of rules, each with its files; a missing directory has none. */
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
export interface FileRules {
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
  /** The places where each pattern was written, in reading order. */
  readonly origins: readonly (readonly RuleOrigin[])[];
  /** Files in the order of their names; the same name from several levels is one file. */
  readonly files: Readonly<Record<keyof RuleDirectories, readonly FileRules[]>>;
}

/** Builds the tables. Never throws: invalid patterns are found when they are compiled. */
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

  function tableOf(files: readonly NamedFile[]): FileRules[] {
    const byName = new Map<string, number[]>();
    for (const { name, path, bytes } of files.filter((file) => isRuleFileName(file.name))) {
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

/** The tree without some rules in the files that hide lines. The files that raise lines keep them. */
export function withoutHiding(tree: RuleTree, patterns: ReadonlySet<number>): RuleTree {
  const reduce = (files: readonly FileRules[]): FileRules[] =>
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

/** The rules of a file: its lines that are not blank and do not begin with "#", as latin1 text with line numbers. */
export function* rulesIn(bytes: Uint8Array, locale: Locale): Generator<[text: string, line: number]> {
  let line = 0;
  for (const text of Buffer.from(bytes).toString("latin1").split("\n")) {
    line++;
    if (!text.startsWith("#") && !isBlankLine(Buffer.from(text, "latin1"), locale)) yield [text, line];
  }
}
