/**
 * `logwinnow check`, the hourly job.
 * Promise: what it read is reported, stored and mailed in an order that loses nothing: lock, deliver what waits while
 * reading, spool and commit, deliver.
 */
import type { CheckOptions } from "../cli/command.js";
import type { Config } from "../config/config.js";
import { compose } from "../outlets/mail/compose.js";
import { deliverRound, noticesOfFailed } from "../outlets/deliver.js";
import type { Message } from "../outlets/mail/message.js";
import type { Progress } from "../run/read.js";
import type { FittedReport } from "../report/budget.js";
import { createReportFile } from "../report/report-file.js";
import { encodeOpenReport } from "../report/open-report.js";
import { textOf } from "../report/render/text.js";
import { subjectOf } from "../report/subject.js";
import { layoutOf } from "../store/layout.js";
import { takeLock } from "../store/lock.js";
import { loadState } from "../store/load.js";
import { isDue } from "../store/spool.js";
import { openStore, type Store } from "../store/store.js";
import { realDisk } from "../std/disk.js";
import { fullyQualifiedHostName } from "../std/host-name.js";
import { formatNotice, type Notice } from "../std/notice.js";
import { openCache } from "../store/open-cache.js";
import { begunReport, hourlyRun, type HourlyRun } from "../check/product.js";
import { openTransport } from "../outlets/mail/open-transport.js";
import { BrokenPipe, writeText } from "../std/standard-output.js";
import { stateDirectory } from "../store/places.js";
import type { ReportDesk } from "../check/collector.js";
import { afterTelling, hasNews } from "../memory/told-notices.js";

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
  const recalled = loadState(realDisk, layoutOf(directory));
  const { desk, progress, notices } = await hourlyRun(config, recalled, now, () => {}, undefined);
  const { pages, report } = desk.finish(progress, [], [...recalled.notices, ...notices]);
  if (report.sections.length > 0 || report.notices.length > 0) writeText(pages.map(textOf).join("\n"));
  return progress.failed.length > 0 ? "input error" : "done";
}

async function run(directory: string, config: Config, isPrinted: boolean, now: Date): Promise<CheckOutcome> {
  const { store, origin, notices: storeNotices } = openStore(directory, realDisk, now);
  const { spool } = store;
  const transport = openTransport(config.mail, fullyQualifiedHostName());
  const deliver = async (): Promise<number> => {
    const due = spool.waiting().filter((entry) => isDue(entry, new Date()));
    const { notices } = await deliverRound(spool, due, transport, () => new Date());
    for (const notice of notices) say(notice);
    return spool.waiting().length;
  };
  if (store.isFull()) await deliver();
  if (store.isFull()) {
    say({
      where: directory,
      what: "the spool is full of mail that cannot be delivered",
      done: "read nothing",
    });
    return "mail deferred";
  }

  const readAndCommit = async (): Promise<HourlyRun> => {
    const stored = store.openReport();
    const reportFiles = [...begunReport(stored).begun.reportFiles];
    const memory = { state: store.state, origin, ...(stored && { openReport: stored }) };
    const storePart = (progress: Progress, desk: ReportDesk): void => {
      if (progress.reportFile) reportFiles.push(store.nextReportFilePath(now));
      const { positions, reportFile } = progress;
      const { toldNotices } = store.state;
      const openReport = Buffer.from(JSON.stringify(encodeOpenReport(desk.open(progress, reportFiles))));
      store.commit(
        { positions, openReport, messages: [], toldNotices, ...(reportFile && { reportFile }) },
        now,
      );
    };
    const hour = await hourlyRun(config, memory, now, storePart, openCache());
    const notices = [...storeNotices, ...noticesOfFailed(spool.failed()), ...hour.notices];
    await reportAndCommit(store, config, isPrinted, now, hour, notices, reportFiles);
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

/** The commit: the report's mails and the positions after its lines, together. */
async function reportAndCommit(
  store: Store,
  config: Config,
  isPrinted: boolean,
  now: Date,
  { desk, progress }: HourlyRun,
  notices: readonly Notice[],
  earlierReportFiles: readonly string[],
): Promise<void> {
  const path = store.nextReportFilePath(now);
  const finish = (isCounted: boolean): FittedReport =>
    desk.finish(progress, isCounted ? [...earlierReportFiles, path] : earlierReportFiles, notices);
  let fitted = finish(progress.reportFile !== undefined);
  // What does not fit into the mails goes to the report file, and the report says where that is.
  if (fitted.cut.length > 0) fitted = finish(true);
  const { pages, report, cut } = fitted;
  const cutLines = createReportFile();
  for (const { line } of cut) cutLines.add(Buffer.from(line, "latin1"));
  const reportFile = Buffer.concat(
    [progress.reportFile ?? [], cutLines.close() ?? []].map((part) => Buffer.from(part)),
  );

  const { toldNotices } = store.state;
  const isWorthSaying = report.sections.length > 0 || hasNews(report.notices, toldNotices, now);
  if (isWorthSaying && isPrinted) writeText(pages.map(textOf).join("\n"));
  const messages = isWorthSaying && !isPrinted ? await composeAll(fitted, store, config, now) : [];
  store.commit(
    {
      positions: progress.positions,
      messages,
      ...(reportFile.length > 0 && { reportFile }),
      lastSuccess: now,
      toldNotices: isWorthSaying ? afterTelling(report.notices, toldNotices, now) : toldNotices,
    },
    now,
  );
}

function composeAll(
  { pages, report }: FittedReport,
  store: Store,
  config: Config,
  date: Date,
): Promise<Message[]> {
  return Promise.all(
    pages.map((page, index) =>
      compose({
        from: config.mail.from,
        to: config.mail.to,
        subject: subjectOf(report, index + 1, pages.length),
        text: textOf(page),
        attachments: [],
        date,
        hostname: fullyQualifiedHostName(),
        hostId: store.state.hostId,
        commitNumber: store.nextCommitNumber,
      }),
    ),
  );
}

function say(notice: Notice): void {
  process.stderr.write(`${formatNotice(notice)}\n`);
}
