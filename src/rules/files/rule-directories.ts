/**
 * Knows where rules are: our layout and logcheck's, level by level.
 * Promise: each file is found under the list that its directory names, always in the same order.
 */
import { readdirSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { systemReason } from "../../std/system-error.js";
import type { Notice } from "../../std/notice.js";
import { isRuleFileName } from "./rule-file.js";
import type { Level } from "../rule.js";
import type { RuleList } from "../rule-list.js";

export interface RuleDirectory {
  readonly path: string;
  /** Whether the user named it. A default one may be missing without a notice. */
  readonly isNamed: boolean;
}

/** A list of rules, or the commands that the account of the file's name may run. */
export type FoundList = RuleList | "accounting";

export interface FoundRuleFile {
  readonly path: string;
  readonly list: FoundList;
  /** Whether its rules were written for this host alone. */
  readonly isLocal: boolean;
  /** The level that its directory belongs to; left out where it is read at all of them. */
  readonly level?: Level;
}

export interface FoundRuleFiles {
  readonly files: readonly FoundRuleFile[];
  readonly notices: readonly Notice[];
}

interface KnownDirectory {
  readonly name: string;
  readonly list: FoundList;
  /** The level it belongs to; the others are read at every level. */
  readonly level?: Level;
}

const localDirectory = "ignore.d/local";
/** Beside rules: lines that they must never hide. */
export const canariesDirectory = "canaries";

/** Also the order in which files are read, and so the order in which rules decide. */
const knownDirectories: readonly KnownDirectory[] = [
  { name: "never.d", list: "never" },
  { name: "cracking.d", list: "never" },
  { name: "never.ignore.d", list: "never.ignore" },
  { name: "cracking.ignore.d", list: "never.ignore" },
  { name: "acct.d", list: "accounting" },
  { name: "violations.d", list: "violation" },
  { name: "violations.ignore.d", list: "violation.ignore" },
  { name: "ignore.d/paranoid", list: "ignored", level: "paranoid" },
  { name: "ignore.d.paranoid", list: "ignored", level: "paranoid" },
  { name: "ignore.d/server", list: "ignored", level: "server" },
  { name: "ignore.d.server", list: "ignored", level: "server" },
  { name: "ignore.d/workstation", list: "ignored", level: "workstation" },
  { name: "ignore.d.workstation", list: "ignored", level: "workstation" },
  { name: localDirectory, list: "ignored" },
  { name: "titles.d", list: "title" },
];

/** Each level reads its own directories and those of the levels that report more. */
export const levelsReadAt: Readonly<Record<Level, readonly Level[]>> = {
  paranoid: ["paranoid"],
  server: ["paranoid", "server"],
  workstation: ["paranoid", "server", "workstation"],
};

const noRules = "no rules were read from it";

/**
 * The rule files under a directory at a level, in the order in which they decide; names in byte order.
 * A named directory with none of the known subdirectories holds ignore rules itself, and a named file is one
 * of ignore rules. What is missing or unreadable becomes a notice.
 */
export function findRuleFiles(directory: RuleDirectory, level: Level): FoundRuleFiles {
  const { path, isNamed } = directory;
  const kind = kindOf(path);
  if (kind === "file") return { files: [{ path, list: "ignored", isLocal: false }], notices: [] };
  if (kind !== "directory") {
    const isExpected = kind === "missing" && !isNamed;
    const what = kind === "missing" ? "does not exist" : kind;
    return { files: [], notices: isExpected ? [] : [{ where: path, what, done: noRules }] };
  }
  // One notice for a closed directory, not one for each that it may hold: logcheck's is closed to all but its group.
  const inside = kindOf(`${path}/.`);
  if (inside !== "directory") return { files: [], notices: [{ where: path, what: inside, done: noRules }] };
  const present = knownDirectories.filter(({ name }) => kindOf(join(path, name)) !== "missing");
  if (present.length === 0) return isNamed ? findFlat(path) : { files: [], notices: [] };
  const read = present.filter((known) => !known.level || levelsReadAt[level].includes(known.level));
  const found = read.map((known) => filesIn(join(path, known.name), known));
  return {
    files: found.flatMap(({ files }) => files),
    notices: [...found.flatMap(({ notices }) => notices), ...strayIn(path)],
  };
}

/** What lies where rules are looked for, and yet is read at no level, for its name. */
function strayIn(path: string): readonly Notice[] {
  const isLikeOne = (name: string): boolean => /^(never|cracking|violation|ignore|acct|titles?\b)/.test(name);
  const known = new Set(knownDirectories.flatMap(({ name }) => [name, name.split("/")[0]]));
  const beside = entriesIn(path).filter((entry) => isLikeOne(entry.name) && !known.has(entry.name));
  const levels = new Set(knownDirectories.map(({ name }) => name));
  const below = entriesIn(join(path, "ignore.d")).filter(({ name }) => !levels.has(`ignore.d/${name}`));
  return [
    ...beside.map(({ name }) =>
      strayNotice(join(path, name), "is none of the directories that rules are read from"),
    ),
    ...below
      .filter(({ name }) => !isLeftover(name))
      .map(({ name }) => strayNotice(join(path, "ignore.d", name), "is in no directory of a level")),
  ];
}

function entriesIn(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    // Missing, or no directory; where it matters it is said by whoever reads it.
    return [];
  }
}

function strayNotice(where: string, what: string): Notice {
  return { where, what, done: noRules };
}

/** What editors and package managers leave beside files, as everybody knows. */
function isLeftover(name: string): boolean {
  return /^\.|~$|\.(dpkg|ucf)-\w+$|\.(swp|rpmsave|rpmnew|rpmorig)$/.test(name);
}

/** "my-rules.ignored": lines that the rules of a file beside it are proven with. */
function isProof(name: string): boolean {
  return /^[A-Za-z0-9_-]+\.(ignored|first-seen|never|violation|kept)$/.test(name);
}

/**
 * A directory of plain rule files, such as one level taken out of a tree.
 * Not one with a configuration in it: what lies beside that (passwords, say) would become rules that hide lines.
 */
function findFlat(path: string): FoundRuleFiles {
  const isConfiguration = ["logwinnow.toml", "logcheck.conf"].some(
    (name) => kindOf(join(path, name)) !== "missing",
  );
  if (isConfiguration)
    return { files: [], notices: [{ where: path, what: "has no directory of rules", done: noRules }] };
  return filesIn(path, { name: "", list: "ignored" });
}

/** What a directory's path says of the files in it, if it is one of those that rules are read from. */
export function listOfDirectory(path: string): Omit<FoundRuleFile, "path"> | undefined {
  const known = knownDirectories.find(({ name }) => path === name || path.endsWith(`/${name}`));
  return known && { list: known.list, isLocal: known.name === localDirectory, ...levelOf(known) };
}

function levelOf({ level }: KnownDirectory): { level?: Level } {
  return level === undefined ? {} : { level };
}

function filesIn(path: string, known: KnownDirectory): FoundRuleFiles {
  const isLocal = known.name === localDirectory;
  try {
    // Names in byte order, as `run-parts --list` gives them, whatever the locale. Directories are no rule files;
    // a link counts as what it leads to.
    const entries = readdirSync(path, { withFileTypes: true });
    const unread = entries
      .filter((entry) => entry.isDirectory() || !isRuleFileName(entry.name))
      .filter(({ name }) => !isLeftover(name) && !isProof(name) && name !== canariesDirectory)
      .map((entry) => strayNotice(join(path, entry.name), unreadBecause(entry)));
    const files = entries
      .filter((entry) => isRuleFileName(entry.name) && !entry.isDirectory())
      .filter((entry) => !entry.isSymbolicLink() || kindOf(join(path, entry.name)) !== "directory")
      .map(({ name }) => name)
      .sort((one, other) => (one < other ? -1 : 1))
      .map((name) => ({
        path: join(path, name),
        list: known.list,
        isLocal: isLocal || isLocalName(name),
        ...levelOf(known),
      }));
    return { files, notices: unread };
  } catch (error) {
    const what = `cannot be read: ${systemReason(error)}`;
    return { files: [], notices: [{ where: path, what, done: noRules }] };
  }
}

/** What logcheck's documentation asks an admin to call files of rules of his own. */
function isLocalName(name: string): boolean {
  return name === "local" || name.startsWith("local-");
}

function unreadBecause(entry: Dirent): string {
  return entry.isDirectory()
    ? "is a directory inside one of rule files"
    : "is not named like a rule file: letters, digits, _ and - only";
}

/** "directory", "file", "missing", or why it cannot be told. */
function kindOf(path: string): string {
  try {
    // Most of the known directories are missing: to throw for each would take longer than to read the rules.
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return "missing";
    return stats.isDirectory() ? "directory" : "file";
  } catch (error) {
    return `cannot be read: ${systemReason(error)}`;
  }
}
