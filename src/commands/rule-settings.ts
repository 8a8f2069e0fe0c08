/** Which rules a command uses, and how it reads them. */
import type { Locale } from "../automata/pattern-set.js";
import type { Level } from "../rules/rule.js";

export interface RuleSettings {
  /** In the order in which their rules decide. `isNamed`: the user asked for it, so that its absence is worth a notice. */
  readonly directories: readonly { readonly path: string; readonly isNamed: boolean }[];
  readonly level: Level;
  readonly locale: Locale;
}
