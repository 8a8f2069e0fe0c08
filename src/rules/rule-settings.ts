/** Which rules a command uses, and how it reads them. */
import type { Locale } from "../ere/index.js";
import type { OriginSettings } from "../origins/origins.js";
import type { RuleDirectory } from "./files/rule-directories.js";
import type { Level } from "./rule.js";

export interface RuleSettings {
  /** In the order in which their rules decide. */
  readonly directories: readonly RuleDirectory[];
  readonly level: Level;
  readonly locale: Locale;
  /** What conditions ask about addresses. Left out: the usual files. */
  readonly origins?: OriginSettings;
}
