/**
 * One run that replaces a run of logcheck.
 * Promise: reports and errors go where logcheck would send them, and none is lost on the way.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { mailOutlet, type Letter } from "../outlets/mail/outlet.js";
import { sendmailTransport } from "../outlets/mail/sendmail.js";
import { runOnce } from "../run/transaction.js";
import { sayNotices, sayText } from "../std/standard-error.js";
import { writeAll } from "../std/standard-output.js";
import { readOnlyDoor, storeDoor } from "../store/door.js";
import type { LogcheckReport } from "./collector.js";
import type { Settings } from "./conf/settings.js";
import type { Level } from "../rules/rule.js";
import { envelopeOf, findSendmail, lettersOf, readRecipients } from "./mail.js";
import { prepareLogcheck } from "./product.js";
import { LogcheckError } from "./tools/etc.js";

export type LogcheckOutcome = "done" | "failed" | "mail deferred";

/** For one mail, however slow the mail server is. */
const deadlineMs = 120_000;

/** Throws LogcheckError where logcheck gives up, too. */
export async function logcheckRun(settings: Settings, level: Level): Promise<LogcheckOutcome> {
  const recipients = settings.printsReport ? { to: [] } : readRecipients(settings.recipients);
  if ("bad" in recipients) throw new LogcheckError(recipients.bad);
  const letters = (report: LogcheckReport): readonly Letter[] => lettersOf(report, settings, recipients.to);
  const directory = join(settings.stateDirectory, "logwinnow");
  const clock = (): Date => new Date();
  const envelope = envelopeOf(recipients.to);
  const isTrial = settings.keepsOffsets;
  let result: LogcheckOutcome = "done";
  const present = (report: LogcheckReport): void => {
    result = tell(report, settings);
  };
  const outcome = await runOnce(
    () => prepareLogcheck(settings, level, clock),
    isTrial ? readOnlyDoor(directory) : storeDoor(directory),
    [mailOutlet({ letters, transport: transport(), ...(envelope && { envelope }) })],
    { clock, tell: sayNotices, ...(!isTrial && { present }) },
  );
  if (outcome.kind === "locked") throw new LogcheckError("Another logcheck process is still running");
  if (outcome.kind === "spool full")
    throw new LogcheckError(`${directory}: the spool is full of mail that cannot be delivered: read nothing`);
  if (outcome.kind === "interrupted") return "failed";
  if (isTrial && outcome.report) {
    if (!(await mailNow(letters(outcome.report)))) return "mail deferred";
    present(outcome.report);
  }
  const { waiting, refused } = outcome;
  return waiting + refused > 0 && result === "done" ? "mail deferred" : result;
}

/** What goes to the terminal: the report with -o, and errors always. */
function tell({ outcome }: LogcheckReport, settings: Settings): LogcheckOutcome {
  if (outcome.kind === "error") {
    sayText(`Error: ${outcome.message}`);
    return "failed";
  }
  if (settings.printsReport) writeAll(outcome.body);
  return "done";
}

function transport() {
  return sendmailTransport({ program: findSendmail(), deadlineMs });
}

/**
 * Mails at once what need not be kept: the report of a trial, or an error before anything was read.
 * Out: false when it could not be delivered; standard error says why.
 */
export async function mailNow(letters: readonly Letter[]): Promise<boolean> {
  const outlet = mailOutlet<readonly Letter[]>({ letters: (given) => given, transport: transport() });
  const identity = { hostId: randomBytes(6).toString("hex"), commitNumber: 0, date: new Date() };
  for (const payload of await outlet.render(letters, identity)) {
    const delivery = await outlet.deliver(payload, new AbortController().signal);
    if (delivery.outcome === "delivered") continue;
    sayNotices([{ where: findSendmail(), what: delivery.reason, done: "not mailed" }]);
    return false;
  }
  return true;
}
