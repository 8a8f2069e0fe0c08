/**
 * Makes the report of what was gathered, or says that it waits.
 * Promise: what waits is stored as it was gathered, and is part of the next report that goes.
 */
import type { Conditions, ConditionState } from "../conditions/conditions.js";
import { settleExpected } from "../group/expected.js";
import type { Group } from "../group/group.js";
import { notedTallies } from "../group/tally-notes.js";
import type { HourlyCounts } from "../memory/hours.js";
import { hasNews } from "../memory/told-notices.js";
import type { Origins } from "../origins/origins.js";
import type { Around } from "../report/around.js";
import { buildReport } from "../report/build-report.js";
import type { BootComparison, Report } from "../report/document.js";
import { encodeOpenReport, type OpenReport } from "../report/open-report.js";
import type { Ending, Finished } from "../run/product.js";
import type { PackageChange } from "../sources/package-changes.js";
import { formatNotice, type Notice } from "../std/notice.js";
import { checkedReport, type CheckedReport } from "./checked-report.js";
import { isDigestDue } from "./digest.js";
import type { KindMemory } from "./kinds.js";
import { isNews, isTooMuch, usualRepeatMs, waitingText } from "./news.js";
import type { ReportSettings } from "./settings.js";

/** What a run knows besides the lines that it gathers. */
export interface ReportContext {
  readonly hostname: string;
  readonly now: Date;
  readonly lastSuccess?: Date;
  /** When a mail last went that could have been the digest. */
  readonly lastDigest?: Date;
  /** What was installed since the last report. */
  readonly packages?: readonly PackageChange[];
  readonly settings: ReportSettings;
  /** What earlier runs gathered: it waited, or could not be finished. */
  readonly begun: OpenReport;
  /** About rules and sources, in the order in which a report names them. */
  readonly notices: readonly Notice[];
  /** The conditions of the rules, and what they know. */
  readonly conditions: Conditions;
  readonly conditionState: ConditionState;
  readonly kinds: KindMemory;
}

/** What a report has beside the lines that are told. */
export interface BesideLines {
  /** What stood around the first lines of alarms. */
  readonly around?: ReadonlyMap<string, Around>;
  /** The lines of the last day, by hour. */
  readonly hours: readonly HourlyCounts[];
}

export function finishReport(
  options: ReportContext,
  gathered: OpenReport,
  ending: Ending,
  beside: BesideLines,
): Finished<CheckedReport> {
  const { begun, conditionState, kinds, now, settings, lastDigest } = options;
  const { circumstances, senders } = conditionState;
  const { digest = { kind: "hourly" }, repeatMs = usualRepeatMs } = settings;
  const settled = settleExpected(gathered.groups, (near, timestampMs) =>
    circumstances.explaining(near, timestampMs),
  );
  const groups = kinds.judge(settled, begun.groups);
  const from = begun.from === undefined ? options.lastSuccess : new Date(begun.from);
  const boot = kinds.comparedBoot(from?.getTime() ?? -Infinity);
  const parts = { ...withNotes({ ...gathered, groups }, senders.origins), from, boot };
  const isTooLong = isTooMuch(gathered, from, now);
  const isDue = isDigestDue(digest, lastDigest, now) || isTooLong;
  const fit = (reportFiles: readonly string[], isDigest: boolean): CheckedReport => {
    const report = reportOf(options, { ...parts, reportFiles }, ending, isDigest);
    return checkedReport(
      { ...report, ...(beside.around && { around: beside.around }) },
      settings,
      beside.hours,
    );
  };

  const first = fit(parts.reportFiles, false);
  const isHourly = digest.kind === "hourly";
  const hasMore =
    first.report.inventory !== undefined ||
    hasNews(first.report.notices, ending.toldNotices, ending.now) ||
    // Nothing waits there.
    (isHourly && (gathered.volume ?? []).length > 0);
  const news = isHourly
    ? groups
    : groups.filter((group) => isNews(group, { nowMs: now.getTime(), repeatMs }));
  const isNewsTold = news.length > 0 || hasMore;
  const isTold = isNewsTold || (isDue && !isHourly);
  kinds.settle(isTold);
  if (!isTold) {
    if (isHourly) return { told: [], counted: [] };
    const waiting = {
      ...gathered,
      groups: settled,
      notices: distinct(gathered.notices),
      isWaiting: true as const,
    };
    return {
      told: [],
      counted: [],
      waiting: encodeOpenReport({ ...waiting, ...(from && { from: from.toISOString() }) }),
      waits: waitingText({ ...gathered, groups }, digest, now),
    };
  }
  let fitted = isNewsTold ? first : fit(parts.reportFiles, true);
  // Lines that find no room go to the report file, and the report says where that is.
  if (fitted.cut.length + fitted.shortened.length > 0)
    fitted = fit([...new Set([...parts.reportFiles, ending.reportFile])], !isNewsTold);
  const { report, cut, shortened } = fitted;
  return {
    report: fitted,
    whole: fitted.whole,
    told: report.notices,
    counted: [...cut, ...shortened].map(({ line }) => Buffer.from(line, "latin1")),
    ...(isDue && !isHourly && { isDigest: true }),
  };
}

/** `isDigest`: nothing in it is news. */
function reportOf(
  { hostname, now, notices, packages = [], kinds, conditions, conditionState }: ReportContext,
  { from, ...parts }: OpenParts,
  ending: Ending,
  isDigest: boolean,
): Report {
  const inventory = [...conditionState.keys.inventory()].map(([family, keys]) => ({ family, keys }));
  return buildReport({
    groups: parts.groups,
    ledger: parts.ledger,
    tallies: parts.tallies,
    reportFiles: parts.reportFiles,
    ...(parts.volume && parts.volume.length > 0 && { volume: parts.volume }),
    hostname,
    ...(from && { from }),
    to: now,
    remembersKinds: true,
    ...(isDigest && { isDigest }),
    ...(packages.length > 0 && { packages }),
    ...(parts.boot && { boot: parts.boot }),
    notices: [
      ...ending.notices,
      ...notices,
      ...kinds.notices(),
      ...conditions.notices(),
      ...distinct(parts.notices),
    ],
    ...(inventory.length > 0 && { inventory }),
  });
}

type OpenParts = Omit<OpenReport, "from"> & {
  readonly from: Date | undefined;
  readonly boot: BootComparison | undefined;
};

/** Of what sources noticed in several runs, each once. */
function distinct(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map((notice) => [formatNotice(notice), notice])).values()];
}

/** What the report says of the origins of addresses beside their counts. */
function withNotes(parts: OpenReport, origins: Origins): OpenReport {
  const { groups, tallies } = parts;
  const ignoredByField = tallies.ignoredByField.map(({ file, tallies: ofFile }) => ({
    file,
    tallies: notedTallies(ofFile, origins),
  }));
  return {
    ...parts,
    groups: groups.map((group): Group =>
      group.tallies ? { ...group, tallies: notedTallies(group.tallies, origins) } : group,
    ),
    tallies: { ...tallies, ignoredByField },
  };
}
