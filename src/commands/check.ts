/** `logwinnow check`, the hourly job. */
import type { CheckedReport } from "../check/report/checked-report.js";
import { prepareCheck } from "../check/product.js";
import type { Config, RuleOptions } from "../config/config.js";
import type { IdCommand } from "../report/outline/sections/actions.js";
import { userName } from "../sources/records/users.js";
import { mailOutlet } from "../outlets/mail/outlet.js";
import { openTransport } from "../outlets/mail/open-transport.js";
import { textOf } from "../report/render/text.js";
import { runOnce, type RunOutcome } from "../run/transaction.js";
import { mailDomain } from "../std/host-name.js";
import { isReadAsItComes, sayNotices, sayText } from "../std/standard-error.js";
import { BrokenPipe, writeText } from "../std/standard-output.js";
import { readOnlyDoor, storeDoor } from "../store/door.js";
import { defaultStoreLimits, type StoreLimits } from "../store/store.js";
import { openCache } from "../store/caches/open-cache.js";
import { requireOwnDirectory } from "../store/owner.js";
import { ownStateDirectory } from "../store/places.js";
import { lettersOf } from "./letters.js";
import { printPage, printsForTerminal } from "./printed-report.js";
import { writeFigures } from "./status.js";

export interface CheckOptions extends RuleOptions {
  readonly config?: string;
  readonly state?: string;
  readonly sources?: readonly string[];
  /** Lines that are shown before and after each alarm. */
  readonly context?: number;
  readonly dryRun: boolean;
  readonly stdout: boolean;
  /** For cron and systemd: a report that nobody asked for is printed nowhere, and its lines stay unread. */
  readonly mailOnly: boolean;
}

export type CheckOutcome = "done" | "locked" | "mail not delivered" | "input error";

export async function check(options: CheckOptions, config: Config): Promise<CheckOutcome> {
  const isToldWhatToPrint = options.dryRun || options.stdout;
  if (options.mailOnly && !isToldWhatToPrint && config.mail.to.length === 0) return "done";
  const directory = options.state ?? ownStateDirectory();
  requireOwnDirectory(directory, "check");
  const clock = (): Date => new Date();
  const { mail } = config;
  const isPrinted = isToldWhatToPrint || mail.to.length === 0;
  const isPaged = isPrinted && printsForTerminal();
  const hostname = mailDomain().name;
  const outlet = mailOutlet<CheckedReport>({
    letters: (report) => (isPrinted ? [] : lettersOf(report, mail, hostname)),
    transport: openTransport(mail, hostname),
    ...(mail.to.length > 0 && { envelope: { from: mail.from, to: mail.to } }),
  });
  try {
    const outcome = await runOnce(
      // A dry run keeps nothing, not even the automaton's states.
      () =>
        prepareCheck(
          withActions(withContext(isPrinted ? tellingAll(config) : config, options.context)),
          clock,
          options.dryRun ? undefined : openCache(),
        ),
      options.dryRun ? readOnlyDoor(directory) : storeDoor(directory, limitsOf(config)),
      [outlet],
      { clock, tell: sayNotices, ...(isPrinted && !isPaged && { present: print }) },
    );
    if (!options.dryRun) await writeFigures(directory, config, clock());
    // Its reader may take an hour: what he is shown is stored by then, and the lock is free.
    if (isPaged && outcome.kind === "done" && outcome.report) await show(outcome.report);
    return resultOf(outcome, directory);
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
    sayNotices([
      { where: "standard output", what: "was closed", done: "the next run reports these lines again" },
    ]);
    return "input error";
  }
}

function limitsOf({ archive }: Config): StoreLimits {
  return { ...defaultStoreLimits, ...(archive && { archive }) };
}

/** What is printed is read now, and goes through no mail server: nothing waits, and all that is kept of each kind is told. */
function tellingAll(config: Config): Config {
  const maxBytes = Math.max(printedBytes, config.report.maxBytes);
  const digest = { kind: "hourly" } as const;
  return { ...config, report: { ...config.report, lines: true, digest, tellsAll: true, maxBytes } };
}

function withContext(config: Config, context: number | undefined): Config {
  return context === undefined ? config : { ...config, report: { ...config.report, context } };
}

/** What a reader can do with the ids that he is shown, as whom. */
function withActions(config: Config): Config {
  const user = userName(process.geteuid?.() ?? 0);
  return { ...config, report: { ...config.report, commands: idCommands, user } };
}

const idCommands: ReadonlySet<IdCommand> = new Set(["show", "explain", "ack", "ignore", "report", "triage"]);

const printedBytes = 4 * 2 ** 20;

/** Leaving the pager early is no error: `report` has the whole of it. */
async function show(report: CheckedReport): Promise<void> {
  try {
    await printPage(report.page());
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
  }
}

function print({ outline }: CheckedReport): void {
  writeText(textOf(outline));
}

function resultOf(outcome: RunOutcome<CheckedReport>, directory: string): CheckOutcome {
  switch (outcome.kind) {
    case "locked":
      sayNotices([{ where: directory, what: "another run holds the lock", done: "nothing done" }]);
      return "locked";
    case "spool full": {
      const what = "the spool is full of mail that cannot be delivered";
      sayNotices([{ where: directory, what, done: "read nothing" }]);
      return "mail not delivered";
    }
    case "interrupted":
      return "input error";
    case "done":
      if (outcome.waits !== undefined && isReadAsItComes()) sayText(outcome.waits);
      if (outcome.waiting > 0 || outcome.refused > 0) return "mail not delivered";
      return outcome.failed.length > 0 ? "input error" : "done";
  }
}
