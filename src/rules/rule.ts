/** What a rule is: one ERE of a list, and where it was written. */
import type { Directives } from "./directives.js";

export type Level = "paranoid" | "server" | "workstation";

/** The list a rule belongs to, by the directory it was read from. */
export type RuleList = "never" | "never.ignore" | "violation" | "violation.ignore" | "ignored";

export interface Rule {
  readonly list: RuleList;
  /** The path of the file as it was found. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The ERE as written, bytes as latin1. */
  readonly text: string;
  /** What the comment before it says of it, if one does. */
  readonly directives?: Directives;
}
