/** The four layers that a line can fall into, and the verdict that says which. */
import type { ByteString } from "../std/text/byte-string.js";
import type { Circumstance } from "./files/directive-values.js";
import type { Rule } from "./rule.js";

/** Which condition of the rule made a line's layer another than the rule's list says. */
export type Condition = "first seen" | "no room" | "too many" | "suspect" | Circumstance;

/** Worst first: also the order of the report's sections. */
export const layers = ["never", "violation", "remainder", "ignored"] as const;
export type Layer = (typeof layers)[number];

export interface Verdict {
  readonly layer: Layer;
  /** The rule that decided; the remainder has none. */
  readonly rule?: Rule;
  /** What the verdict is where the rule's conditions spare the line. Left out: it has none that could. */
  readonly otherwise?: Verdict;
  /** The rules that kept others from raising the line, the first of each list. Left out: none did. */
  readonly cancelledBy?: readonly Rule[];
  /** Left out: the rule's expression alone decided, or no rule did. */
  readonly because?: Condition;
  /** Of a line that is handed out because it is first seen: what is seen, such as "cron-command: root, backup --all". */
  readonly firstSeen?: ByteString;
  /** Whether a marker of the rule set matched the line; it decides nothing. */
  readonly isMarked?: true;
}
