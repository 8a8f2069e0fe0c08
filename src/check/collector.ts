/**
 * Gathers the selected lines of the hourly job and makes a report of them.
 * Promise: what an interrupted run had gathered and stored is part of the next report, and an event that two sources
 * carry stands in it once.
 */
import { basename } from "node:path";
import type { Conditions, ConditionState } from "../conditions/conditions.js";
import { settleExpected } from "../group/expected.js";
import { readEntry, readEntryOf } from "../entry/header.js";
import { createGroupTable, defaultGroupLimits } from "../group/group-table.js";
import { IgnoredTallies } from "../group/file-tallies.js";
import { notedTallies } from "../group/tally-notes.js";
import { hasNews } from "../memory/told-notices.js";
import type { Origins } from "../origins/origins.js";
import { fitReport, type FittedReport } from "../report/budget.js";
import { buildReport } from "../report/build-report.js";
import { addLedgers } from "../report/ledger.js";
import { encodeOpenReport, type OpenReport } from "../report/open-report.js";
import { textRenderer } from "../report/render/text.js";
import { addCounts } from "../report/tallies.js";
import type { Verdict } from "../rules/layer.js";
import type { Collector, Progress } from "../run/product.js";
import type { PackageChange } from "../sources/package-changes.js";
import { lineText, nulBytesText } from "../std/text/line-text.js";
import type { Notice } from "../std/notice.js";
import { ContinuedCommands } from "./continued-commands.js";
import { toRemember } from "./memory.js";
import type { KindMemory } from "./kinds.js";
import { duplicateFinderFor } from "./duplicates.js";
import type { ReportSettings } from "./settings.js";

/** What a line may have in a report, and in the spool. */
const maxShownBytes = 65_536;

export interface ReportCollectorOptions {
  readonly hostname: string;
  /** This host's name as logs have it, fully qualified if it can be. */
  readonly localHost: string;
  readonly now: Date;
  readonly lastSuccess?: Date;
  /** What was installed since then. */
  readonly packages?: readonly PackageChange[];
  readonly settings: ReportSettings;
  /** What an earlier run gathered and could not finish. */
  readonly begun: OpenReport;
  /** About rules and sources, in the order in which a report names them. */
  readonly notices: readonly Notice[];
  /** The kinds of the sources that are read. */
  readonly sourceKinds: ReadonlySet<string>;
  /** The rules' verdict on a line that is put together of several; counted nowhere. */
  readonly verdictOn: (line: Uint8Array) => Verdict;
  /** The conditions of the rules, and what they know. */
  readonly conditions: Conditions;
  readonly conditionState: ConditionState;
  readonly kinds: KindMemory;
}

export function createReportCollector(options: ReportCollectorOptions): Collector<Verdict, FittedReport> {
  const { hostname, now, lastSuccess, settings, begun, notices, sourceKinds, verdictOn } = options;
  const { conditions, conditionState, kinds, packages = [] } = options;
  const { origins } = conditionState.senders;
  const table = createGroupTable({ isGrouped: settings.group, limits: defaultGroupLimits }, begun.groups);
  const tallies = new IgnoredTallies(origins, begun.tallies.ignoredByField);
  const commands = new ContinuedCommands(verdictOn);
  const duplicates = duplicateFinderFor(sourceKinds, options.localHost);

  const gathered = (progress: Progress<Verdict>): OpenReport => ({
    groups: table.groups(),
    ledger: addLedgers(begun.ledger, progress.ledger),
    notices: [...begun.notices, ...progress.notices],
    tallies: {
      ignoredByFile: addCounts(begun.tallies.ignoredByFile, ignoredByFile(progress.counts)),
      ignoredByField: tallies.tallies(),
    },
    reportFiles: [...begun.reportFiles, ...progress.reportFiles],
  });
  return {
    accept({ source, sourceKind, bytes, trueLengthBytes, leadingNulBytes = 0, readAs, verdict: ownVerdict }) {
      const whole = lineText(bytes);
      const line = whole.slice(0, maxShownBytes);
      const read = readAs && lineText(readAs).slice(0, maxShownBytes);
      const entry = readEntryOf(line, read, now);
      const joined = commands.join(source, read ?? line, entry, ownVerdict);
      const verdict = joined?.verdict ?? ownVerdict;
      if (verdict.layer === "ignored") {
        const { rule } = verdict;
        if (rule?.directives?.tally) tallies.add(basename(rule.file), rule.directives.tally, entry);
        return "ignored";
      }
      const lineBytes = trueLengthBytes - (bytes.length - whole.length);
      const isCut = lineBytes > line.length;
      if (duplicates?.isDuplicate(sourceKind, entry, verdict.layer, isCut)) return "duplicate";
      const nuls = nulBytesText(leadingNulBytes);
      const earlier = verdict.rule ? conditions.takeEarlier(verdict.rule) : [];
      if (!joined) {
        const shownLengthBytes = nuls.length + lineBytes;
        const shown = { line: nuls + line, trueLengthBytes: shownLengthBytes };
        return table.add({ source, ...shown, verdict, entry, earlier });
      }
      const { length } = joined.line;
      const command = { line: joined.line, trueLengthBytes: length, entry: readEntry(joined.line, now) };
      return table.add({ source, ...command, verdict, earlier, continued: entry.message });
    },
    toRemember: (isLast) => ({ ...toRemember(conditions, conditionState, isLast), ...kinds.toRemember() }),
    checkpoint: (progress) => encodeOpenReport(gathered(progress)),
    finish(progress, ending) {
      const gatheredParts = withNotes(gathered(progress), origins);
      const { circumstances, keys } = conditionState;
      const parts = {
        ...gatheredParts,
        groups: kinds.judge(
          settleExpected(gatheredParts.groups, (near, timestampMs) =>
            circumstances.explaining(near, timestampMs),
          ),
          begun.groups,
        ),
      };
      const inventory = [...keys.inventory()].map(([family, seen]) => ({ family, keys: seen }));
      const fit = (reportFiles: readonly string[]): FittedReport => {
        const report = buildReport({
          ...parts,
          hostname,
          ...(lastSuccess && { from: lastSuccess }),
          to: now,
          remembersKinds: true,
          ...(packages.length > 0 && { packages }),
          notices: [
            ...ending.notices,
            ...notices,
            ...kinds.notices(),
            ...conditions.notices(),
            ...parts.notices,
          ],
          ...(inventory.length > 0 && { inventory }),
          reportFiles,
        });
        return fitReport(report, settings, textRenderer);
      };
      let fitted = fit(parts.reportFiles);
      // Lines that find no room go to the report file, and the report says where that is.
      if (fitted.cut.length + fitted.shortened.length > 0)
        fitted = fit([...new Set([...parts.reportFiles, ending.reportFile])]);
      const { report, cut, shortened } = fitted;
      const isWorthSaying =
        report.sections.length > 0 ||
        report.inventory !== undefined ||
        hasNews(report.notices, ending.toldNotices, ending.now);
      kinds.settle(isWorthSaying);
      return {
        ...(isWorthSaying && { report: fitted }),
        told: report.notices,
        counted: [...cut, ...shortened].map(({ line }) => Buffer.from(line, "latin1")),
      };
    },
  };
}

/** Whether an ignored line is looked at all the same: its rule asks for a tally, or it may be a part of a command. */
export function isLookedAt({ layer, rule, isMarked }: Verdict): boolean {
  if (layer === "ignored" && isMarked) return true;
  return layer === "ignored" && rule?.directives?.tally !== undefined;
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
    groups: groups.map((group) =>
      group.tallies ? { ...group, tallies: notedTallies(group.tallies, origins) } : group,
    ),
    tallies: { ...tallies, ignoredByField },
  };
}

function ignoredByFile(counts: ReadonlyMap<Verdict, number>): Record<string, number> {
  const byFile: Record<string, number> = {};
  for (const [{ layer, rule }, count] of counts) {
    if (layer !== "ignored" || !rule) continue;
    const name = basename(rule.file);
    byFile[name] = (byFile[name] ?? 0) + count;
  }
  return byFile;
}
