/**
 * What lint finds: where, of which kind, and in words.
 * Promise: a finding names a place in a file as an editor counts it, and whatever it claims of lines is true of them.
 */
import type { ByteString, Text } from "../std/text/byte-string.js";
import { escaped, escapedText, jsonText } from "../std/text/escape.js";

/** All kinds, each with what it means. */
export const findingKinds = {
  syntax: "The expression cannot be read, so the rule is off.",
  pcre: "Written for Perl or JavaScript, which grep reads otherwise.",
  unanchored: "Not tied to the line's start, or hiding lines whatever follows.",
  "empty-alternative": "Nothing stands beside a bar, so that the rule matches every line.",
  "leading-blank": "White space before a rule or a comment is part of a rule.",
  "trailing-blank": "White space after a rule is part of it.",
  "carriage-return": "Lines end as on Windows, so the rule is off.",
  "byte-order-mark": "The file begins with a mark that is part of its first line.",
  "no-break-space": "A character that looks like a blank or like nothing.",
  comment: "A comment behind a rule is part of it.",
  "never-matches": "No line of a log can match.",
  stamp: "Fits only some forms of time stamps.",
  universal: "Matches every line, or every line of this host or of a program.",
  canary: "Hides a line that must never be hidden.",
  contained: "Another rule of the list matches all its lines.",
  covered: "Several rules of the list together match all its lines.",
  equal: "Another rule of the list matches the same lines.",
  dead: "Never decides, since other lists take all its lines.",
  overlap: "An ignore rule matches what an alarm was written for.",
  "attacker-field": "A wildcard of a rule that hides lines takes any text.",
  interval: "Intervals make the expression very large.",
  directive: "A directive that cannot be read or has no effect.",
  ended: "The time of the rule has ended.",
  "not-read": "A file or directory that is not read because of its name.",
  file: "A file or directory that cannot be used.",
  "not-decided": "It could not be found out.",
} as const;

export type FindingKind = keyof typeof findingKinds;

export interface Finding {
  readonly file: Text;
  /** From 1. */
  readonly line: number;
  /** From 1, in bytes. */
  readonly column: number;
  readonly kind: FindingKind;
  readonly message: Text;
  /** The other rule, as file:line. */
  readonly other?: Text;
  /** A line that shows it. */
  readonly witness?: ByteString;
  /** How to mend it where that is mechanical: what to put in place of bytes of the line, counted from 0. */
  readonly fix?: Fix;
}

export interface Fix {
  readonly start: number;
  readonly end: number;
  readonly replacement: ByteString;
}

/** Whether it is something to mend; the others are only told. */
export function isFault({ kind }: Finding): boolean {
  return kind !== "not-decided";
}

/** By file, line and column; what was found first comes first. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (one, other) =>
      (one.file < other.file ? -1 : one.file > other.file ? 1 : 0) ||
      one.line - other.line ||
      one.column - other.column,
  );
}

/** One line of JSON, with its newline. */
export function findingAsJson(finding: Finding): string {
  const { file, line, column, kind, message, other, witness } = finding;
  const shown = { file, line, column, kind, message, other, witness: witness && escaped(witness) };
  return `${jsonText(shown)}\n`;
}

/** A line, and one more for the line that shows it. */
export function findingAsText({ file, line, column, kind, message, witness }: Finding): string {
  const text = `${escapedText(`${file}:${line}:${column}: ${message}`)} (${kind})\n`;
  return witness === undefined ? text : `${text}  for example: ${escaped(witness)}\n`;
}
