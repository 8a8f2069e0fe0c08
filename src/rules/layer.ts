/** The four layers that a line can fall into, and the verdict that says which. */
import type { Rule } from "./rule.js";

/** Worst first: also the order of the report's sections. */
export const layers = ["never", "violation", "remainder", "ignored"] as const;
export type Layer = (typeof layers)[number];

export interface Verdict {
  readonly layer: Layer;
  /** The rule that decided; the remainder has none. */
  readonly rule?: Rule;
  /** Whether a marker of the rule set matched the line; it decides nothing. */
  readonly isMarked?: true;
}
