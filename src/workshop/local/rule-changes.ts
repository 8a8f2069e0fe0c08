/**
 * Adds rules to files of a host's own, and takes them back.
 * Promise: of several rules all are written or none; what is taken back is what was added, and nothing that somebody wrote
 * since; in doubt nothing is changed.
 */
import { existsSync, readFileSync } from "node:fs";
import type { RuleList } from "../../rules/rule-list.js";
import { replaceReadable } from "../../std/readable-file.js";
import { bytesOfText, type ByteString, type Text } from "../../std/text/byte-string.js";
import { readChanges, whileLocked, writeChanges, type Addition, type Change } from "./rule-journal.js";

export interface AddedRule {
  readonly file: Text;
  /** What the file's rules do. */
  readonly list: WrittenList;
  readonly rule: ByteString;
  /** A line that the rule matches. */
  readonly proof: ByteString;
  /** "2026-11-27". */
  readonly added: Text;
  readonly reason?: Text | undefined;
  /** What happened, in words for subjects and headlines. */
  readonly title?: Text | undefined;
}

export type WrittenList = Extract<RuleList, "ignored" | "violation" | "never">;

/** A file that a change makes other than it is. */
export interface ChangedFile {
  readonly path: Text;
  readonly before: ByteString;
  readonly after: ByteString;
}

/** What `addRules` would do now: the files in the order in which they come first, and for each rule whether it is new. */
export function plannedChange(rules: readonly AddedRule[]): {
  readonly files: readonly ChangedFile[];
  readonly isNew: readonly boolean[];
} {
  const plan = planOf(rules);
  return { files: plan.files, isNew: plan.additions.map((one) => one !== undefined) };
}

/**
 * Writes rules of one directory and their proofs. Out: for each, false where its file has it already.
 * Throws the system's error, and a DiskError where another process keeps the directory's lock; then nothing is written.
 */
export function addRules(directory: Text, rules: readonly AddedRule[], now: Date): readonly boolean[] {
  return whileLocked(directory, () => {
    const { files, additions } = planOf(rules);
    const changes = additions.flatMap((one): Change[] =>
      one === undefined ? [] : [{ atMs: now.getTime(), additions: one }],
    );
    if (changes.length > 0) {
      const earlier = readChanges(directory).filter(isThere);
      // First, so that a crash leaves nothing that cannot be taken back.
      writeChanges(directory, [
        ...earlier,
        ...changes.map((one) => ({ ...one, isUnfinished: true as const })),
      ]);
      writeFiles(files);
      writeChanges(directory, [...earlier, ...changes]);
    }
    return additions.map((one) => one !== undefined);
  });
}

export type Undone =
  | { readonly outcome: "undone"; readonly files: readonly Text[]; readonly text: ByteString }
  | { readonly outcome: "changed since"; readonly file: Text }
  | { readonly outcome: "nothing" };

/** When rules were added to a directory last, in ms since the epoch; undefined where there is nothing to take back. */
export function lastChangeMs(directory: Text): number | undefined {
  return readChanges(directory).filter(isThere).at(-1)?.atMs;
}

/** Takes the last rule back that was added to a directory. Throws as `addRules` does. */
export function undoLastChange(directory: Text): Undone {
  // Asked first: who may only read learns that there is nothing to do.
  if (lastChangeMs(directory) === undefined) return { outcome: "nothing" };
  return whileLocked(directory, () => {
    const changes = readChanges(directory).filter(isThere);
    const change = changes.at(-1);
    const [rule] = change?.additions ?? [];
    if (change === undefined || rule === undefined) return { outcome: "nothing" };
    const without = change.additions.map(({ file, text }) => {
      const before = contentOf(file);
      return { path: file, before, after: contentWithout(before, text) };
    });
    if (without[0]?.after === undefined) return { outcome: "changed since", file: rule.file };
    // A proof that somebody edited stays.
    const changed = without.flatMap(({ after, ...file }) =>
      after === undefined ? [] : [{ ...file, after }],
    );
    writeFiles(changed);
    writeChanges(directory, changes.slice(0, -1));
    return { outcome: "undone", files: changed.map(({ path }) => path), text: rule.text };
  });
}

/** Whether a change may be taken back: one that a crash left, and whose rule never came to its file, may not. */
function isThere({ isUnfinished, additions: [rule] }: Change): boolean {
  return isUnfinished !== true || (rule !== undefined && contentOf(rule.file).includes(rule.text));
}

interface Plan {
  readonly files: readonly ChangedFile[];
  /** By rule; undefined where its file has it. */
  readonly additions: readonly (readonly Addition[] | undefined)[];
}

function planOf(rules: readonly AddedRule[]): Plan {
  const files = new Map<Text, { path: Text; before: ByteString; after: ByteString }>();
  const fileAt = (path: Text): { path: Text; before: ByteString; after: ByteString } => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const content = contentOf(path);
    const file = { path, before: content, after: content };
    files.set(path, file);
    return file;
  };
  const append = (path: Text, text: ByteString, between: ByteString): Addition => {
    const file = fileAt(path);
    const lineEnd = file.after === "" || file.after.endsWith("\n") ? "" : "\n";
    const added = `${file.after === "" ? "" : lineEnd + between}${text}`;
    file.after += added;
    return { file: path, text: added };
  };
  const additions = rules.map((one): readonly Addition[] | undefined => {
    if (fileAt(one.file).after.split("\n").includes(one.rule)) return undefined;
    return [
      append(one.file, `${aboutRule(one)}\n${one.rule}\n`, "\n"),
      append(`${one.file}.${one.list}`, `${one.proof}\n`, ""),
    ];
  });
  return { files: [...files.values()].filter(({ before, after }) => before !== after), additions };
}

function aboutRule({ added, reason, title }: AddedRule): ByteString {
  const quoted = (text: Text): ByteString => bytesOfText(text.replaceAll(/["\\\p{Cc}]+/gu, " ").trim());
  const words = Object.entries({ reason, title }).flatMap(([key, text]) =>
    text === undefined ? [] : [` ${key}="${quoted(text)}"`],
  );
  return `#@ added=${added}${words.join("")}`;
}

/** Undefined where the text is not there, or more than once. */
function contentWithout(content: ByteString, text: ByteString): ByteString | undefined {
  const at = content.indexOf(text);
  if (at < 0 || content.includes(text, at + 1)) return undefined;
  return content.slice(0, at) + content.slice(at + text.length);
}

function contentOf(file: Text): ByteString {
  return existsSync(file) ? readFileSync(file, "latin1") : "";
}

/** Proofs first. An empty file of rules is one that was lost, so it is removed. */
function writeFiles(files: readonly ChangedFile[]): void {
  replaceReadable(
    files.toReversed().map(({ path, after }) => ({
      path,
      bytes: after === "" ? undefined : Buffer.from(after, "latin1"),
    })),
  );
}
