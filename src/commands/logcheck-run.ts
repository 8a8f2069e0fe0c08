/**
 * One run in logcheck's place.
 * Promise: the order of `check`, which loses nothing: lock, deliver what waits, read, spool and commit, deliver.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { LogcheckError } from "../logcheck/etc.js";
import { charmapName } from "../logcheck/host-tools.js";
import { toolLocale } from "../logcheck/locale.js";
import type { ReportLevel, Settings } from "../logcheck/settings.js";
import { deliverRound, noticesOfFailed } from "../mail/deliver.js";
import type { Message } from "../mail/message.js";
import { sendmailTransport } from "../mail/sendmail.js";
import { layoutOf } from "../state/layout.js";
import { takeLock } from "../state/lock.js";
import { recall } from "../state/recall.js";
import { isDue } from "../state/spool.js";
import { openVault, type Vault } from "../state/vault.js";
import { realDisk } from "../std/disk.js";
import { errorMail, findSendmail, readRecipients, reportMail, type MailIdentity } from "./logcheck-mail.js";
import { readLogs, type LogcheckReading } from "./logcheck-reading.js";
import { loadLogcheckRules } from "./logcheck-rules.js";
import { writeAll } from "./output.js";
import { sayNotices } from "./say.js";
import { afterTelling } from "./told-notices.js";

export type LogcheckOutcome = "done" | "failed" | "mail deferred";

/** For one mail, however slow the other side is. */
const deadlineMs = 120_000;

/** Throws LogcheckError for what logcheck gives up on too. */
export async function logcheckRun(settings: Settings, level: ReportLevel): Promise<LogcheckOutcome> {
  const recipients = settings.printsReport ? { to: [] } : readRecipients(settings.recipients);
  if ("bad" in recipients) throw new LogcheckError(recipients.bad);
  const directory = join(settings.stateDirectory, "logwinnow");
  const run = { settings, level, to: recipients.to, now: new Date() };
  if (settings.keepsOffsets) return tryOut(run, directory);
  const lock = takeLock(directory);
  if (lock.outcome === "locked") throw new LogcheckError("Another logcheck process is still running");
  try {
    return await readAndCommit(run, directory);
  } finally {
    lock.release();
  }
}

interface Run {
  readonly settings: Settings;
  readonly level: ReportLevel;
  readonly to: readonly string[];
  readonly now: Date;
}

/** Reports what there is, and moves nothing. */
async function tryOut({ settings, level, to, now }: Run, directory: string): Promise<LogcheckOutcome> {
  const locale = toolLocale(process.env, charmapName);
  const rules = loadLogcheckRules(settings, level, locale);
  const memory = recall(realDisk, layoutOf(directory));
  const reading = await readLogs(settings, locale, rules, memory, memory.notices, now, () => {});
  const isDelivered = await mailNow(async (identity) => (await mailsOf(reading, settings, to, identity))[0]);
  if (!isDelivered) return "mail deferred";
  return tell(reading, settings);
}

async function readAndCommit({ settings, level, to, now }: Run, directory: string): Promise<LogcheckOutcome> {
  const locale = toolLocale(process.env, charmapName);
  const rules = loadLogcheckRules(settings, level, locale);
  const { vault, notices: vaultNotices } = openVault(directory, realDisk, now);
  await deliverWaiting(vault);
  if (vault.isFull())
    throw new LogcheckError(`${directory}: the spool is full of mail that cannot be delivered: read nothing`);
  const openReport = vault.openReport();
  const memory = { state: vault.state, ...(openReport && { openReport }) };
  const earlier = [...vaultNotices, ...noticesOfFailed(vault.spool.failed())];
  const { toldNotices } = vault.state;
  const reading = await readLogs(
    settings,
    locale,
    rules,
    memory,
    earlier,
    now,
    ({ positions, notices }, desk) => {
      const begun = Buffer.from(JSON.stringify(desk.open(notices)));
      vault.commit({ positions, openReport: begun, messages: [], toldNotices }, now);
    },
  );
  const identity = { hostId: vault.state.hostId, generation: vault.nextGeneration, date: now };
  const messages = await mailsOf(reading, settings, to, identity);
  const result = tell(reading, settings);
  const isTold = reading.outcome.kind === "report";
  vault.commit(
    {
      positions: reading.positions,
      messages,
      lastSuccess: now,
      toldNotices: isTold ? afterTelling(reading.notices, toldNotices, now) : toldNotices,
    },
    now,
  );
  const waiting = await deliverWaiting(vault);
  return waiting > 0 && result === "done" ? "mail deferred" : result;
}

/** What goes to the terminal: the report with -o, and errors always. */
function tell({ outcome }: LogcheckReading, settings: Settings): "done" | "failed" {
  if (outcome.kind === "error") {
    process.stderr.write(`Error: ${outcome.message}\n`);
    return "failed";
  }
  if (outcome.kind === "report" && settings.printsReport) writeAll(outcome.body);
  return "done";
}

async function mailsOf(
  { outcome }: LogcheckReading,
  settings: Settings,
  to: readonly string[],
  identity: MailIdentity,
): Promise<readonly Message[]> {
  if (outcome.kind === "report" && !settings.printsReport)
    return [await reportMail(settings, to, outcome.subject, outcome.body, identity)];
  if (outcome.kind === "error" && settings.mailsErrors)
    return [await errorMail(settings, to, outcome.message, identity)];
  return [];
}

/** Tries the mails that are due. Gives how many wait. */
async function deliverWaiting({ spool }: Vault): Promise<number> {
  const clock = (): Date => new Date();
  const due = spool.waiting().filter((entry) => isDue(entry, clock()));
  const transport = sendmailTransport({ program: findSendmail(), deadlineMs });
  const { notices } = await deliverRound(spool, due, transport, clock);
  sayNotices(notices);
  return spool.waiting().length;
}

/**
 * Mails what is not worth keeping: the report of a trial, or an error before anything was read.
 * False when it could not be delivered; standard error says why.
 */
export async function mailNow(
  composeMail: (identity: MailIdentity) => Promise<Message | undefined>,
): Promise<boolean> {
  const identity = { hostId: randomBytes(6).toString("hex"), generation: 0, date: new Date() };
  const message = await composeMail(identity);
  if (!message) return true;
  const program = findSendmail();
  const delivery = await sendmailTransport({ program, deadlineMs })(message);
  if (delivery.outcome === "delivered") return true;
  sayNotices([{ where: program, what: delivery.reason, done: "not mailed" }]);
  return false;
}
