/**
 * Adds rules to files of a host's own, and takes them back.
 * Promise: what is taken back is what was added, and nothing that somebody wrote since; in doubt nothing is changed.
 */
import { existsSync, readFileSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { hasFields, isListOf, isString } from "../../std/json-shape.js";
import { replaceReadable } from "../../std/readable-file.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";

/** A text that was added at the end of a file, as latin1. */
interface Addition {
  readonly file: Text;
  readonly text: ByteString;
}

export interface AddedRule {
  readonly file: Text;
  readonly rule: ByteString;
  /** A line that the rule ignores. */
  readonly proof: ByteString;
  /** "2026-11-27". */
  readonly added: Text;
  readonly reason: Text | undefined;
}

/** The additions of one change, with the rule's file first. */
type Change = readonly Addition[];

const mostChanges = 100;
/** Beside the files: hidden, so that nobody takes it for one of rules. */
export const journalName = ".added-by-ignore.json";

/** Writes the rule and its proof. Out: false where the file has the rule already. Throws the system's error. */
export function addRule({ file, rule, proof, added, reason }: AddedRule): boolean {
  if (contentOf(file).split("\n").includes(rule)) return false;
  const about =
    reason === undefined ? "" : ` reason="${bytesOf(reason.replaceAll(/["\\\p{Cc}]+/gu, " ").trim())}"`;
  const change = [
    addition(file, `#@ added=${added}${about}\n${rule}\n`, "\n"),
    addition(`${file}.ignored`, `${proof}\n`, ""),
  ];
  const journal = join(dirname(file), journalName);
  // First, so that a crash leaves nothing that cannot be taken back.
  writeJournal(journal, [...changesIn(journal), change].slice(-mostChanges));
  for (const { file: path, text } of change.toReversed()) write(path, contentOf(path) + text);
  return true;
}

export type Undone =
  | { readonly outcome: "undone"; readonly files: readonly Text[]; readonly text: ByteString }
  | { readonly outcome: "changed since"; readonly file: Text }
  | { readonly outcome: "nothing" };

/** Takes the last change back that was made in a directory of files. Throws the system's error. */
export function undoLastChange(directory: Text): Undone {
  const journal = join(directory, journalName);
  const changes = changesIn(journal);
  const change = changes.at(-1);
  if (change === undefined) return { outcome: "nothing" };
  const without = change.map(({ file, text }) => ({ file, content: contentWithout(contentOf(file), text) }));
  const [rule] = without;
  if (rule?.content === undefined) return { outcome: "changed since", file: change[0]?.file ?? journal };
  // A proof that somebody edited stays.
  const changed = without.flatMap(({ file, content }) => (content === undefined ? [] : [{ file, content }]));
  for (const { file, content } of changed) write(file, content);
  writeJournal(journal, changes.slice(0, -1));
  return { outcome: "undone", files: changed.map(({ file }) => file), text: change[0]?.text ?? "" };
}

function addition(file: Text, text: ByteString, between: ByteString): Addition {
  const content = contentOf(file);
  const lineEnd = content === "" || content.endsWith("\n") ? "" : "\n";
  return { file, text: `${content === "" ? "" : lineEnd + between}${text}` };
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

/** An empty file of rules is one that was lost, so it is removed. */
function write(file: Text, content: ByteString): void {
  if (content !== "") replaceReadable(file, Buffer.from(content, "latin1"));
  else if (existsSync(file)) unlinkSync(file);
}

function bytesOf(text: Text): ByteString {
  return Buffer.from(text).toString("latin1");
}

const version = 1;

function writeJournal(path: Text, changes: readonly Change[]): void {
  replaceReadable(path, Buffer.from(`${JSON.stringify({ version, changes })}\n`));
}

const isAddition = hasFields({ file: isString, text: isString });

/** None where the journal is not to be understood: then nothing is taken back. */
function changesIn(path: Text): readonly Change[] {
  if (!existsSync(path)) return [];
  try {
    const document: unknown = JSON.parse(readFileSync(path, "utf8"));
    const isJournal = hasFields({
      version: (value: unknown): value is number => value === version,
      changes: isListOf(isListOf(isAddition)),
    });
    return isJournal(document) ? (document.changes as readonly Change[]) : [];
  } catch {
    return [];
  }
}
