/** What a rule is: one ERE of a list, and where it was written. */
import type { ByteString, Text } from "../std/byte-string.js";
import type { Directives } from "./directives.js";

/** From the level that reports most to the one that reports least. */
export const levels = ["paranoid", "server", "workstation"] as const;
export type Level = (typeof levels)[number];

/** The list a rule belongs to, by the directory it was read from. */
export type RuleList = "never" | "never.ignore" | "violation" | "violation.ignore" | "ignored";

/** Whether rules of the list raise lines; the others hide lines or cancel what raises them. */
export function isAttention(list: RuleList): boolean {
  return list === "never" || list === "violation";
}

export interface Rule {
  readonly list: RuleList;
  /** The path of the file as it was found. */
  readonly file: Text;
  /** From 1. */
  readonly line: number;
  /** The ERE as written. */
  readonly text: ByteString;
  /** What the comment before it says of it, if one does. */
  readonly directives?: Directives;
}

/** "/etc/logwinnow/never.d/ssh:12". */
export function placeOf({ file, line }: Rule): Text {
  return `${file}:${line}`;
}
