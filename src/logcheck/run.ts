/**
 * One run in logcheck's place.
 * Promise: the order of `check`, which loses nothing: lock, deliver what waits, read, spool and commit, deliver.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { LogcheckError } from "./tools/etc.js";
import { charmapName } from "./tools/host-tools.js";
import { toolLocale } from "./tools/locale.js";
import type { ReportLevel, Settings } from "./conf/settings.js";
import { deliverRound, noticesOfFailed } from "../outlets/deliver.js";
import type { Message } from "../outlets/mail/message.js";
import { sendmailTransport } from "../outlets/mail/sendmail.js";
import { layoutOf } from "../store/layout.js";
import { takeLock } from "../store/lock.js";
import { loadState } from "../store/load.js";
import { isDue } from "../store/spool.js";
import { openStore, type Store } from "../store/store.js";
import { realDisk } from "../std/disk.js";
import { errorMail, findSendmail, readRecipients, reportMail, type MailIdentity } from "./mail.js";
import { readLogs, type LogcheckReading } from "./product.js";
import { loadLogcheckRules } from "./load-rules.js";
import { writeAll } from "../std/standard-output.js";
import { sayNotices } from "../std/standard-error.js";
import { afterTelling } from "../memory/told-notices.js";

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
  const memory = loadState(realDisk, layoutOf(directory));
  const reading = await readLogs(settings, locale, rules, memory, memory.notices, now, () => {});
  const isDelivered = await mailNow(async (identity) => (await mailsOf(reading, settings, to, identity))[0]);
  if (!isDelivered) return "mail deferred";
  return tell(reading, settings);
}

async function readAndCommit({ settings, level, to, now }: Run, directory: string): Promise<LogcheckOutcome> {
  const locale = toolLocale(process.env, charmapName);
  const rules = loadLogcheckRules(settings, level, locale);
  const { store, notices: storeNotices } = openStore(directory, realDisk, now);
  await deliverWaiting(store);
  if (store.isFull())
    throw new LogcheckError(`${directory}: the spool is full of mail that cannot be delivered: read nothing`);
  const openReport = store.openReport();
  const memory = { state: store.state, ...(openReport && { openReport }) };
  const earlier = [...storeNotices, ...noticesOfFailed(store.spool.failed())];
  const { toldNotices } = store.state;
  const reading = await readLogs(
    settings,
    locale,
    rules,
    memory,
    earlier,
    now,
    ({ positions, notices }, desk) => {
      const begun = Buffer.from(JSON.stringify(desk.open(notices)));
      store.commit({ positions, openReport: begun, messages: [], toldNotices }, now);
    },
  );
  const identity = { hostId: store.state.hostId, commitNumber: store.nextCommitNumber, date: now };
  const messages = await mailsOf(reading, settings, to, identity);
  const result = tell(reading, settings);
  const isTold = reading.outcome.kind === "report";
  store.commit(
    {
      positions: reading.positions,
      messages,
      lastSuccess: now,
      toldNotices: isTold ? afterTelling(reading.notices, toldNotices, now) : toldNotices,
    },
    now,
  );
  const waiting = await deliverWaiting(store);
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
async function deliverWaiting({ spool }: Store): Promise<number> {
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
  const identity = { hostId: randomBytes(6).toString("hex"), commitNumber: 0, date: new Date() };
  const message = await composeMail(identity);
  if (!message) return true;
  const program = findSendmail();
  const delivery = await sendmailTransport({ program, deadlineMs })(message);
  if (delivery.outcome === "delivered") return true;
  sayNotices([{ where: program, what: delivery.reason, done: "not mailed" }]);
  return false;
}
