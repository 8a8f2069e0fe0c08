/**
 * `logwinnow check`, the hourly job.
 * Promise: what it read is reported, stored and mailed in an order that loses nothing: lock, deliver what waits while
 * reading, spool and commit, deliver.
 */
import type { CheckOptions } from "../cli/command.js";
import type { Config } from "../cli/config.js";
import { compose } from "../mail/compose.js";
import { deliverRound, noticesOfFailed } from "../mail/deliver.js";
import type { Message } from "../mail/message.js";
import type { Progress } from "../pipeline.js";
import type { FittedReport } from "../report/budget.js";
import { createFullSet } from "../report/full-set.js";
import { decodeOpenReport, encodeOpenReport } from "../report/open-report.js";
import { subjectOf } from "../report/subject.js";
import { layoutOf } from "../state/layout.js";
import { takeLock } from "../state/lock.js";
import { recall } from "../state/recall.js";
import { isDue } from "../state/spool.js";
import { openVault, type Vault } from "../state/vault.js";
import { realDisk } from "../std/disk.js";
import { fullyQualifiedHostName } from "../std/host-name.js";
import { formatNotice, type Notice } from "../std/notice.js";
import { openCache } from "./cache.js";
import { hourlyRun, type HourlyRun } from "./hourly-run.js";
import { openTransport } from "./open-transport.js";
import { BrokenPipe, writeText } from "./output.js";
import { stateDirectory } from "./places.js";
import type { ReportDesk } from "./report-desk.js";
import { afterTelling, hasNews } from "./told-notices.js";

export type CheckOutcome = "done" | "locked" | "mail deferred" | "input error";

export async function check(options: CheckOptions, config: Config): Promise<CheckOutcome> {
  const directory = options.state ?? stateDirectory(process.env, process.geteuid?.() ?? -1);
  const now = new Date();
  if (options.dryRun) return dryRun(directory, config, now);
  const lock = takeLock(directory);
  if (lock.outcome === "locked") {
    say({ where: directory, what: "another run holds the lock", done: "nothing done" });
    return "locked";
  }
  try {
    return await run(directory, config, options.stdout || config.mail.to.length === 0, now);
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
    say({ where: "standard output", what: "was closed", done: "the next run reports these lines again" });
    return "input error";
  } finally {
    lock.release();
  }
}

/** Prints what a run would report. */
async function dryRun(directory: string, config: Config, now: Date): Promise<CheckOutcome> {
  const recalled = recall(realDisk, layoutOf(directory));
  const { desk, progress, notices } = await hourlyRun(config, recalled, now, () => {}, undefined);
  const { texts, report } = desk.finish(progress, [], [...recalled.notices, ...notices]);
  if (report.sections.length > 0 || report.notices.length > 0) writeText(texts.join("\n"));
  return progress.failed.length > 0 ? "input error" : "done";
}

async function run(directory: string, config: Config, isPrinted: boolean, now: Date): Promise<CheckOutcome> {
  const { vault, origin, notices: vaultNotices } = openVault(directory, realDisk, now);
  const { spool } = vault;
  const transport = openTransport(config.mail, fullyQualifiedHostName());
  const deliver = async (): Promise<number> => {
    const due = spool.waiting().filter((entry) => isDue(entry, new Date()));
    const { notices } = await deliverRound(spool, due, transport, () => new Date());
    for (const notice of notices) say(notice);
    return spool.waiting().length;
  };
  if (vault.isFull()) await deliver();
  if (vault.isFull()) {
    say({
      where: directory,
      what: "the spool is full of mail that cannot be delivered",
      done: "read nothing",
    });
    return "mail deferred";
  }

  const readAndCommit = async (): Promise<HourlyRun> => {
    const begunReport = vault.openReport();
    const fullSets = begunReport ? [...decodeOpenReport(begunReport).fullSets] : [];
    const memory = { state: vault.state, origin, ...(begunReport && { openReport: begunReport }) };
    const storePart = (progress: Progress, desk: ReportDesk): void => {
      if (progress.fullSet) fullSets.push(vault.nextFullSetPath(now));
      const { positions, fullSet } = progress;
      const { toldNotices } = vault.state;
      const openReport = encodeOpenReport(desk.open(progress, fullSets));
      vault.commit({ positions, openReport, messages: [], toldNotices, ...(fullSet && { fullSet }) }, now);
    };
    const hour = await hourlyRun(config, memory, now, storePart, openCache());
    const notices = [...vaultNotices, ...noticesOfFailed(spool.failed()), ...hour.notices];
    await reportAndCommit(vault, config, isPrinted, now, hour, notices, fullSets);
    return hour;
  };
  // A dead relay must not hold the reading up: what waits goes out beside it.
  const [earlierPost, hour] = await Promise.allSettled([deliver(), readAndCommit()]);
  if (hour.status === "rejected") throw hour.reason;
  if (earlierPost.status === "rejected") throw earlierPost.reason;

  const waiting = await deliver();
  if (waiting > 0) return "mail deferred";
  return hour.value.progress.failed.length > 0 ? "input error" : "done";
}

/** The commit: the report's mails and the positions behind its lines, together. */
async function reportAndCommit(
  vault: Vault,
  config: Config,
  isPrinted: boolean,
  now: Date,
  { desk, progress }: HourlyRun,
  notices: readonly Notice[],
  earlierFullSets: readonly string[],
): Promise<void> {
  const path = vault.nextFullSetPath(now);
  const finish = (isCapped: boolean): FittedReport =>
    desk.finish(progress, isCapped ? [...earlierFullSets, path] : earlierFullSets, notices);
  let fitted = finish(progress.fullSet !== undefined);
  // What does not fit into the mails goes to the full set, and the report says where that is.
  if (fitted.cut.length > 0) fitted = finish(true);
  const { texts, report, cut } = fitted;
  const cutLines = createFullSet();
  for (const { line } of cut) cutLines.add(Buffer.from(line, "latin1"));
  const fullSet = Buffer.concat(
    [progress.fullSet ?? [], cutLines.close() ?? []].map((part) => Buffer.from(part)),
  );

  const { toldNotices } = vault.state;
  const isWorthSaying = report.sections.length > 0 || hasNews(report.notices, toldNotices, now);
  if (isWorthSaying && isPrinted) writeText(texts.join("\n"));
  const messages = isWorthSaying && !isPrinted ? await composeAll(fitted, vault, config, now) : [];
  vault.commit(
    {
      positions: progress.positions,
      messages,
      ...(fullSet.length > 0 && { fullSet }),
      lastSuccess: now,
      toldNotices: isWorthSaying ? afterTelling(report.notices, toldNotices, now) : toldNotices,
    },
    now,
  );
}

function composeAll(
  { texts, report }: FittedReport,
  vault: Vault,
  config: Config,
  date: Date,
): Promise<Message[]> {
  return Promise.all(
    texts.map((text, index) =>
      compose({
        from: config.mail.from,
        to: config.mail.to,
        subject: subjectOf(report, index + 1, texts.length),
        text,
        attachments: [],
        date,
        hostname: fullyQualifiedHostName(),
        hostId: vault.state.hostId,
        generation: vault.nextGeneration,
      }),
    ),
  );
}

function say(notice: Notice): void {
  process.stderr.write(`${formatNotice(notice)}\n`);
}
