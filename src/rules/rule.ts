/** What a rule is: one ERE of a list, and where it was written. */
import type { ByteString, Text } from "../std/text/byte-string.js";
import type { Directives } from "./files/directives.js";
import type { RuleList } from "./rule-list.js";

/** From the level that reports most to the one that reports least. */
export const levels = ["paranoid", "server", "workstation"] as const;
export type Level = (typeof levels)[number];

export interface Rule {
  readonly list: RuleList;
  /** The path of the file as it was found. */
  readonly file: Text;
  /** From 1. */
  readonly line: number;
  /** The ERE as written. */
  readonly text: ByteString;
  /** Whether it was written for this host alone: such a rule decides before the others of its list. */
  readonly isLocal?: true;
  /** What the comment before it says of it, if one does. */
  readonly directives?: Directives;
}

/** "/etc/logwinnow/never.d/ssh:12". */
export function placeOf({ file, line }: Rule): Text {
  return `${file}:${line}`;
}
