/** `logwinnow acct learn`: proposes the list of commands that an account may run, from what it has run so far. */
import { existsSync } from "node:fs";
import { accountingHistory } from "../sources/records/accounting-history.js";
import { usualAccountingFiles } from "../sources/records/accounting-kind.js";
import { writeText } from "../std/standard-output.js";
import { sayNotices } from "../std/standard-error.js";

export interface AcctOptions {
  readonly action: "learn";
  /** Accounting files; empty: the usual ones. Their rotated files are read, too. */
  readonly files: readonly string[];
  readonly user: string;
  readonly days: number;
}

const dayMs = 24 * 3_600_000;

/** Prints a file for acct.d/. "no records": there is nothing to learn from. */
export async function learn(options: AcctOptions, now: Date): Promise<"learnt" | "no records"> {
  const { user, days } = options;
  const files =
    options.files.length > 0 ? options.files : usualAccountingFiles.filter((file) => existsSync(file));
  const sinceMs = now.getTime() - days * dayMs;
  const counts = new Map<string, number>();
  for (const file of files) {
    for await (const record of accountingHistory(file)) {
      if (record.user !== user || record.endMs < sinceMs) continue;
      counts.set(record.command, (counts.get(record.command) ?? 0) + 1);
    }
  }
  if (counts.size === 0) {
    const where = files.join(", ") || usualAccountingFiles.join(", ");
    sayNotices([{ where, what: `no records of "${user}" in ${days} days`, done: "nothing learnt" }]);
    return "no records";
  }
  const commands = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([command]) => asPattern(command));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const head = `# What ${user} ran in ${days} days: ${total} records. Read it before you trust it.\n`;
  writeText(`${head}${commands.join("\n")}\n`);
  return "learnt";
}

/** The ERE that matches only this name. */
function asPattern(command: string): string {
  return command.replace(/[\\^$.[\](){}|*+?]/g, "\\$&");
}
