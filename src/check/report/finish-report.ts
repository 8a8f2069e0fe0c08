/**
 * Makes the report of what was gathered, or says that it waits.
 * Promise: what waits is stored as it was gathered, and is part of the next report that goes.
 */
import type { Conditions, ConditionState } from "../../conditions/conditions.js";
import { settleExpected } from "../../group/expected.js";
import type { HourlyCounts } from "../../memory/hours.js";
import { hasNews } from "../../memory/told-notices.js";
import { reverseNames } from "../../origins/reverse-names.js";
import type { Around } from "../../report/around.js";
import { buildReport } from "../../report/build-report.js";
import type { BootComparison, InventoryOfFamily, Report } from "../../report/document.js";
import { encodeOpenReport } from "../../report/open-report.js";
import { type OpenReport } from "../../report/open-report-shape.js";
import type { Ending, Finished } from "../../run/product.js";
import type { PackageChange } from "../../sources/package-changes.js";
import { formatNotice, type Notice } from "../../std/notice.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { aboutAddresses, addressesOf, withNotes } from "./addresses.js";
import { broughtBy, type PackagePlaces } from "./brought.js";
import { checkedReport, type CheckedReport } from "./checked-report.js";
import { isDigestDue } from "./digest.js";
import type { KindMemory } from "../memory/kinds.js";
import type { LoginWatch } from "../memory/logins.js";
import { isNews, isTooMuch, usualRepeatMs, waitingText } from "./news.js";
import type { ReportSettings } from "../settings.js";

/** What a run knows besides the lines that it gathers. */
export interface ReportContext {
  readonly hostname: string;
  readonly now: Date;
  readonly lastSuccess?: Date;
  readonly packagePlaces: PackagePlaces;
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
  readonly logins: LoginWatch;
}

/** What a report has beside the lines that are told. */
export interface BesideLines {
  /** What stood around the first lines of alarms. */
  readonly around?: ReadonlyMap<string, Around>;
  /** The lines of the last day, by hour. */
  readonly hours: readonly HourlyCounts[];
}

export async function finishReport(
  options: ReportContext,
  gathered: OpenReport,
  ending: Ending,
  beside: BesideLines,
): Promise<Finished<CheckedReport>> {
  const { begun, conditions, conditionState, kinds, now, settings, lastDigest } = options;
  const { circumstances, senders } = conditionState;
  const { digest = { kind: "hourly" }, repeatMs = usualRepeatMs } = settings;
  const settled = settleExpected(gathered.groups, (near, timestampMs) =>
    circumstances.explaining(near, timestampMs),
  );
  const groups = kinds.judge(settled, begun.groups);
  const from = begun.from === undefined ? options.lastSuccess : new Date(begun.from);
  const boot = kinds.comparedBoot(from?.getTime() ?? -Infinity);
  const { origins } = senders;
  const noted = withNotes({ ...gathered, groups }, { origins, names: new Map() });
  const inventory = [...conditionState.keys.inventory()].map(([family, keys]) => ({ family, keys }));
  const notices = [
    ...ending.notices,
    ...options.notices,
    ...kinds.notices(),
    ...conditions.notices(),
    ...distinct(gathered.notices),
  ];
  const isHourly = digest.kind === "hourly";
  const hasMore =
    inventory.length > 0 ||
    hasNews(notices, ending.toldNotices, ending.now) ||
    // Nothing waits there.
    (isHourly && (gathered.volume ?? []).length > 0);
  const news = isHourly
    ? groups
    : groups.filter((group) => isNews(group, { nowMs: now.getTime(), repeatMs }));
  const isNewsTold = news.length > 0 || hasMore || options.logins.hasIntrusion;
  const isDue = isDigestDue(digest, lastDigest, now) || isTooMuch(gathered, from, now);
  const isTold = isNewsTold || (isDue && !isHourly);
  const brought = isTold ? broughtBy(groups, now, options.packagePlaces) : new Map<string, PackageChange>();
  kinds.settle(isTold, brought);
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
  const { reverseNames: asks } = settings;
  const names = asks ? await reverseNames(addressesOf(noted), asks) : new Map<string, string>();
  const parts = names.size > 0 ? withNotes(noted, { origins, names }) : noted;
  const addresses = aboutAddresses(parts, { origins, names });
  const fit = (reportFiles: readonly string[]): CheckedReport => {
    const told = { from, boot, notices, inventory, brought, addresses, isDigest: !isNewsTold };
    return checkedReport(reportOf(options, { ...parts, reportFiles }, told, beside), settings, beside.hours);
  };
  let fitted = fit(parts.reportFiles);
  // Lines that find no room go to the report file, and the report says where that is.
  if (fitted.cut.length + fitted.shortened.length > 0)
    fitted = fit([...new Set([...parts.reportFiles, ending.reportFile])]);
  const { report, cut, shortened } = fitted;
  return {
    report: fitted,
    whole: fitted.whole,
    told: report.notices,
    counted: [...cut, ...shortened].map(({ line }) => Buffer.from(line, "latin1")),
    ...(isDue && !isHourly && { isDigest: true }),
  };
}

/** What a report tells beside what was gathered. */
interface Told {
  readonly from: Date | undefined;
  readonly boot: BootComparison | undefined;
  readonly notices: readonly Notice[];
  readonly inventory: readonly InventoryOfFamily[];
  readonly brought: ReadonlyMap<string, PackageChange>;
  readonly addresses: ReadonlyMap<ByteString, ByteString>;
  /** Nothing in it is news. */
  readonly isDigest: boolean;
}

function reportOf(
  { hostname, now, logins, packages = [], settings }: ReportContext,
  { groups, ledger, tallies, reportFiles, logins: counted, volume = [] }: OpenReport,
  { from, boot, notices, inventory, brought, addresses, isDigest }: Told,
  { around }: BesideLines,
): Report {
  return buildReport({
    groups,
    ledger,
    tallies,
    reportFiles,
    ...(volume.length > 0 && { volume }),
    hostname,
    ...(from && { from }),
    to: now,
    ...(settings.group && { remembersKinds: true }),
    ...(isDigest && { isDigest }),
    ...(packages.length > 0 && { packages }),
    ...(brought.size > 0 && { brought }),
    ...(boot && { boot }),
    notices,
    ...(counted && { logins: logins.reported(counted) }),
    ...(inventory.length > 0 && { inventory }),
    ...(around && { around }),
    ...(addresses.size > 0 && { addresses }),
  });
}

/** Of what sources noticed in several runs, each once. */
function distinct(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map((notice) => [formatNotice(notice), notice])).values()];
}
