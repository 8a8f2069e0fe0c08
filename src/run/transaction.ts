/**
 * One run: lock, load, deliver what waits, read, commit in parts, commit, deliver.
 * Promise: this is the only code that knows the order. What was read is reported and stored in one commit with the
 * positions after it; a crash before the commit reads it again, a crash after it sends the same bytes again.
 */
import { afterTelling } from "../memory/told-notices.js";
import { deliverRound, noticesOfFailed } from "../outlets/deliver.js";
import type { Outlet } from "../outlets/outlet.js";
import { readdress } from "../outlets/readdress.js";
import { createReportFile } from "../report/report-file.js";
import type { StoreDoor } from "../store/door.js";
import { isDue, type SpoolEntry } from "../store/spool/spool.js";
import type { Store } from "../store/store.js";
import type { Stored } from "../store/stored.js";
import { remembered } from "../sources/remembered.js";
import type { Notice } from "../std/notice.js";
import type { Words } from "../std/text/byte-string.js";
import type { Collector, Ending, Finished, Memory, Prepared } from "./product.js";
import { walk, type ReadPart, type SourceLimits } from "./read.js";

export interface RunOptions<Report> {
  readonly clock: () => Date;
  /** An abort ends the run: what was read by then is stored, and the next run goes on with it. */
  readonly signal?: AbortSignal;
  /** After so many bytes what was read is stored: a kill costs no more than that. */
  readonly storeEveryBytes?: number;
  readonly limits?: SourceLimits;
  /** Shows the report before the commit. What it throws ends the run uncommitted, so that the next one reports again. */
  readonly present?: (report: Report) => void;
  /** Takes what the run has to say at once: deliveries that failed. */
  readonly tell: (notices: readonly Notice[]) => void;
}

export type RunOutcome<Report> =
  | { readonly kind: "locked" }
  /** The spool has reached its cap and nothing could be delivered: nothing was read. */
  | { readonly kind: "spool full" }
  /** The run was ended from outside; what was read waits for the next one. */
  | { readonly kind: "interrupted" }
  | {
      readonly kind: "done";
      /** Left out: there was nothing to say yet. */
      readonly report?: Report;
      /** That what was read waits, and until when, in words. Left out: nothing does. */
      readonly waits?: Words;
      /** The sources that could not be read to their ends. */
      readonly failed: readonly string[];
      /** How many payloads wait for a later try. */
      readonly waiting: number;
      /** How many payloads were refused, and are tried again once a day. */
      readonly refused: number;
    };

type Read<Report> = Pick<Extract<RunOutcome<Report>, { kind: "done" }>, "report" | "waits" | "failed">;

const usualPartBytes = 64 * 2 ** 20;

/**
 * Runs a product once. `prepare` is called under the lock. A read-only store makes a dry run of it: nothing is delivered
 * or committed. Throws what the program got wrong, and a DiskError where the store fails.
 */
export async function runOnce<Verdict, Report>(
  prepare: () => Promise<Prepared<Verdict, Report>>,
  door: StoreDoor,
  outlets: readonly Outlet<Report>[],
  options: RunOptions<Report>,
): Promise<RunOutcome<Report>> {
  const now = options.clock();
  const opened = door.open(now);
  if (opened === "locked") return { kind: "locked" };
  let isEnded = false;
  try {
    const run = new Run(opened, outlets, options, now);
    const outcome = await run.run(prepare, opened.notices);
    isEnded = true;
    return outcome;
  } finally {
    opened.release(isEnded);
  }
}

class Run<Verdict, Report> {
  private readonly memory: Memory;
  private readonly store: Store;
  private readonly outlets: readonly Outlet<Report>[];
  private readonly options: RunOptions<Report>;
  private readonly now: Date;

  constructor(memory: Memory, outlets: readonly Outlet<Report>[], options: RunOptions<Report>, now: Date) {
    this.memory = memory;
    this.store = memory.store;
    this.outlets = outlets;
    this.options = options;
    this.now = now;
  }

  async run(
    prepare: () => Promise<Prepared<Verdict, Report>>,
    storeNotices: readonly Notice[],
  ): Promise<RunOutcome<Report>> {
    if (this.store.isFull()) await this.deliver();
    if (this.store.isFull()) return { kind: "spool full" };
    // A dead relay must not hold the reading up: what waits is delivered meanwhile.
    const [earlier, reading] = await Promise.allSettled([
      this.deliver(),
      prepare().then((prepared) => this.readAndCommit(prepared, storeNotices)),
    ]);
    if (reading.status === "rejected") throw reading.reason;
    if (earlier.status === "rejected") throw earlier.reason;
    if (reading.value === "interrupted") return { kind: "interrupted" };
    return { kind: "done", ...reading.value, ...(await this.deliver()) };
  }

  /** Tries what is due: what waits, and once a day what was refused, to those who are configured now. */
  private async deliver(): Promise<{ readonly waiting: number; readonly refused: number }> {
    const { spool, isReadOnly } = this.store;
    if (isReadOnly) return { waiting: 0, refused: 0 };
    const { clock, signal, tell } = this.options;
    const isDueNow = (entry: SpoolEntry): boolean => isDue(entry, clock());
    const refused = readdress(spool, spool.failed().filter(isDueNow), this.outlets);
    const due = [...spool.waiting().filter(isDueNow), ...refused.entries];
    const round = await deliverRound(spool, due, this.outlets, { clock, ...(signal && { signal }) });
    tell([...refused.notices, ...round.notices]);
    return { waiting: spool.waiting().length, refused: spool.failed().length };
  }

  private async readAndCommit(
    prepared: Prepared<Verdict, Report>,
    storeNotices: readonly Notice[],
  ): Promise<Read<Report> | "interrupted"> {
    const { memory, store, now } = this;
    const { signal, storeEveryBytes = usualPartBytes, limits } = this.options;
    const { sources, positions: takenOver, collector, settings = [] } = await prepared.begin(memory);
    const checkpoint = (part: ReadPart<Verdict>): void => {
      const { positions, reportFile } = part;
      const { toldNotices } = store.state;
      const openReport = collector.checkpoint(part);
      const remember = collector.toRemember?.(false) ?? {};
      const commit = { positions, openReport, payloads: [], toldNotices, memory: remember };
      store.commit({ ...commit, ...(reportFile && { reportFile }) }, now);
      this.archive(collector);
    };
    const from = { ...takenOver, ...store.state.positions };
    const last = await walk({
      sources,
      classifier: prepared.classifier,
      collector,
      positions: from,
      storeEveryBytes,
      store: checkpoint,
      reportFilePath: () => store.nextReportFilePath(now),
      ...(signal && { signal }),
      ...(limits && { limits }),
    });
    prepared.classifier.keepStates();
    if (signal?.aborted) {
      checkpoint(last);
      return "interrupted";
    }
    await collector.lookAround?.(sources, from);
    const ending: Ending = {
      notices: [...storeNotices, ...noticesOfFailed(store.spool.failed())],
      toldNotices: store.state.toldNotices,
      reportFile: store.nextReportFilePath(now),
      now,
    };
    const finished = await collector.finish(last, ending);
    if (finished.report !== undefined) this.options.present?.(finished.report);
    const names = new Set(sources.map(({ name }) => name));
    const remember = collector.toRemember?.(true) ?? {};
    const positions = remembered(last.positions, names, now);
    await this.commit({ ...last, positions }, finished, settings, remember);
    this.archive(collector);
    return {
      failed: last.failed,
      ...(finished.report !== undefined && { report: finished.report }),
      ...(finished.waits !== undefined && { waits: finished.waits }),
    };
  }

  /** After the commit, which nothing of the archive can hold up. */
  private archive(collector: Collector<Verdict, Report>): void {
    const told = collector.takeTold?.();
    if (told === undefined) return;
    const notice = this.store.archive(told, this.now);
    if (notice) this.options.tell([notice]);
  }

  /** The commit: what goes out or waits, the counted lines and the positions after all of them, together. */
  private async commit(
    { positions, reportFile, failed }: ReadPart<Verdict>,
    { report, told, counted, whole, waiting, isDigest }: Finished<Report>,
    settings: readonly string[],
    memory: Readonly<Record<string, Stored>>,
  ): Promise<void> {
    const { store, now } = this;
    if (store.isReadOnly) return;
    const { hostId, toldNotices } = store.state;
    const identity = { hostId, commitNumber: store.nextCommitNumber, date: now };
    const payloads =
      report === undefined
        ? []
        : await Promise.all(this.outlets.map((outlet) => outlet.render(report, identity)));
    const gathered = createReportFile();
    for (const line of counted) gathered.add(line);
    // A flood's are tens of megabytes: they are not copied without need.
    const [lines, ...further] = [reportFile, gathered.close()].filter((bytes) => bytes !== undefined);
    const gzip = lines && further.length > 0 ? Buffer.concat([lines, ...further]) : lines;
    store.commit(
      {
        positions,
        memory,
        payloads: payloads.flat(),
        ...(waiting && { openReport: waiting }),
        ...(gzip && { reportFile: gzip }),
        ...(whole && { wholeReport: whole() }),
        lastSuccess: now,
        ...(isDigest && { lastDigest: now }),
        failedSources: failed,
        settings: {
          ...Object.fromEntries(settings.map((key) => [key, now.toISOString()])),
          ...store.state.settings,
        },
        toldNotices: report === undefined ? toldNotices : afterTelling(told, toldNotices, now),
      },
      now,
    );
  }
}
