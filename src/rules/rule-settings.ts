/** Which rules a command uses, and how it reads them. */
import type { Locale } from "../ere/index.js";
import type { Level } from "./rule.js";

export interface RuleSettings {
  /** In the order in which their rules decide. `isNamed`: the user asked for it, so that its absence is worth a notice. */
  readonly directories: readonly { readonly path: string; readonly isNamed: boolean }[];
  readonly level: Level;
  readonly locale: Locale;
}
