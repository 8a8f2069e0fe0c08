/** What the command line asks for, as plain data: `parse` makes it, and the commands take it. */
import type { AckOptions } from "../commands/ack.js";
import type { AcctOptions } from "../commands/acct.js";
import type { CheckOptions } from "../commands/check.js";
import type { ExplainOptions } from "../commands/explain.js";
import type { FilterOptions } from "../commands/filter.js";
import type { IgnoreOptions } from "../commands/ignore.js";
import type { ImportFail2banOptions } from "../commands/rules/import-fail2ban.js";
import type { MigrateOptions } from "../commands/migrate.js";
import type { RulesAuditOptions } from "../commands/rules/audit.js";
import type { RaiseOptions } from "../commands/raise.js";
import type { ReportOptions } from "../commands/report.js";
import type { RulesCheckOptions, RulesLintOptions } from "../commands/rules/lint.js";
import type { RulesReplayOptions } from "../commands/rules/replay.js";
import type { RulesStatsOptions } from "../commands/rules/stats.js";
import type { RulesSuggestOptions } from "../commands/rules/suggest.js";
import type { RulesTestOptions } from "../commands/rules/test.js";
import type { SetupOptions } from "../commands/setup.js";
import type { ShowOptions } from "../commands/show.js";
import type { RulesUndoOptions } from "../commands/rules/undo.js";
import type { SpoolOptions } from "../commands/spool.js";
import type { TriageOptions } from "../commands/triage.js";
import type { StatusOptions } from "../commands/status.js";
import type { TestMailOptions } from "../commands/test-mail.js";

export type Command =
  | { readonly name: "check"; readonly options: CheckOptions }
  | { readonly name: "filter"; readonly options: FilterOptions }
  | { readonly name: "explain"; readonly options: ExplainOptions }
  | { readonly name: "ignore"; readonly options: IgnoreOptions }
  | { readonly name: "raise"; readonly options: RaiseOptions }
  | { readonly name: "triage"; readonly options: TriageOptions }
  | { readonly name: "report"; readonly options: ReportOptions }
  | { readonly name: "spool"; readonly options: SpoolOptions }
  | { readonly name: "status"; readonly options: StatusOptions }
  | { readonly name: "setup"; readonly options: SetupOptions }
  | { readonly name: "test-mail"; readonly options: TestMailOptions }
  | { readonly name: "show"; readonly options: ShowOptions }
  | { readonly name: "ack"; readonly options: AckOptions }
  | { readonly name: "acct"; readonly options: AcctOptions }
  | { readonly name: "rules"; readonly action: "import-fail2ban"; readonly options: ImportFail2banOptions }
  | { readonly name: "migrate"; readonly options: MigrateOptions }
  | { readonly name: "rules"; readonly action: "lint"; readonly options: RulesLintOptions }
  | { readonly name: "rules"; readonly action: "check"; readonly options: RulesCheckOptions }
  | { readonly name: "rules"; readonly action: "audit"; readonly options: RulesAuditOptions }
  | { readonly name: "rules"; readonly action: "replay"; readonly options: RulesReplayOptions }
  | { readonly name: "rules"; readonly action: "stats"; readonly options: RulesStatsOptions }
  | { readonly name: "rules"; readonly action: "test"; readonly options: RulesTestOptions }
  | { readonly name: "rules"; readonly action: "suggest"; readonly options: RulesSuggestOptions }
  | { readonly name: "rules"; readonly action: "undo"; readonly options: RulesUndoOptions }
  /** Text that was asked for: help, the version, a completion script. */
  | { readonly name: "print"; readonly text: string };

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** The command that was meant, if that is known. */
  readonly command: string | undefined;

  constructor(message: string, command: string | undefined) {
    super(message);
    this.command = command;
  }
}
