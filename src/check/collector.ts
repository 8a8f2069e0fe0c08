/**
 * Gathers the selected lines of the hourly job and makes a report of them.
 * Promise: what an interrupted run had gathered and stored is part of the next report, and an event that two sources
 * carry stands in it once.
 */
import { basename } from "node:path";
import { readEntry, readEntryOf } from "../entry/header.js";
import { createGroupTable, defaultGroupLimits } from "../group/group-table.js";
import { IgnoredTallies } from "../group/file-tallies.js";
import { encodeHours, hoursName, withRun, type HourlyCounts } from "../memory/hours.js";
import type { Around } from "../report/around.js";
import type { LedgerRow } from "../report/document.js";
import { addLedgers } from "../report/ledger.js";
import { encodeOpenReport, type OpenReport } from "../report/open-report.js";
import { addCounts } from "../report/tallies.js";
import { mergedMarks, type VolumeMark } from "../memory/volume/volume.js";
import type { Verdict } from "../rules/layer.js";
import type { Collector, Progress } from "../run/product.js";
import { lineText, nulBytesText } from "../std/text/line-text.js";
import type { CheckedReport } from "./checked-report.js";
import { finishReport, type ReportContext } from "./finish-report.js";
import { ContinuedCommands } from "./continued-commands.js";
import { lookAround } from "./look-around.js";
import { toRemember } from "./memory.js";
import { duplicateFinderFor } from "./duplicates.js";
import type { VolumeMemory } from "./volume.js";

/** What a line may have in a report, and in the spool. */
const maxShownBytes = 65_536;

export interface ReportCollectorOptions extends ReportContext {
  /** This host's name as logs have it, fully qualified if it can be. */
  readonly localHost: string;
  /** The lines of the last day, by hour. */
  readonly hours: readonly HourlyCounts[];
  readonly volume: VolumeMemory;
  /** The kinds of the sources that are read. */
  readonly sourceKinds: ReadonlySet<string>;
  /** The rules' verdict on a line that is put together of several; counted nowhere. */
  readonly verdictOn: (line: Uint8Array) => Verdict;
}

export function createReportCollector(options: ReportCollectorOptions): Collector<Verdict, CheckedReport> {
  const { now, settings, begun, sourceKinds, verdictOn, conditions, conditionState, kinds, volume } = options;
  const { origins } = conditionState.senders;
  const table = createGroupTable({ isGrouped: settings.group, limits: defaultGroupLimits }, begun.groups);
  const tallies = new IgnoredTallies(origins, begun.tallies.ignoredByField);
  const commands = new ContinuedCommands(verdictOn);
  const duplicates = duplicateFinderFor(sourceKinds, options.localHost);

  /** The lines of this run that are told, by layer. */
  const told = { never: 0, violation: 0, remainder: 0, ignored: 0 };
  /** With this run's, once it is finished. */
  let hours: readonly HourlyCounts[] | undefined;
  /** What stood around the first lines of alarms. */
  let around: ReadonlyMap<string, Around> | undefined;

  const gathered = (progress: Progress<Verdict>, marks: readonly VolumeMark[] = []): OpenReport => ({
    groups: table.groups(),
    ledger: addLedgers(begun.ledger, progress.ledger),
    notices: [...begun.notices, ...progress.notices],
    tallies: {
      ignoredByFile: addCounts(begun.tallies.ignoredByFile, ignoredByFile(progress.counts)),
      ignoredByField: tallies.tallies(),
    },
    reportFiles: [...begun.reportFiles, ...progress.reportFiles],
    volume: mergedMarks(begun.volume ?? [], marks),
    ...(begun.from !== undefined && { from: begun.from }),
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
      told[verdict.layer] += 1;
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
    async lookAround(sources, from) {
      if (settings.context) around = await lookAround(sources, from, table.groups(), now);
    },
    toRemember: (isLast) => ({
      ...toRemember(conditions, conditionState, isLast),
      ...kinds.toRemember(),
      ...volume.toRemember(),
      ...(hours && { [hoursName]: encodeHours(hours) }),
    }),
    checkpoint(progress) {
      volume.pause(progress);
      return encodeOpenReport(gathered(progress));
    },
    finish(progress, ending) {
      const marks = volume.finish(progress);
      hours = withRun(options.hours, { ...told, ignored: untoldIn(progress.ledger, told) }, hourOf(options));
      return finishReport(options, gathered(progress, marks), ending, { hours, ...(around && { around }) });
    },
  };
}

/** In the middle of what was read: at 10:02 the lines of the hour from 09:00 on were. */
function hourOf({ now, lastSuccess }: ReportContext): Date {
  const sinceMs = now.getTime() - (lastSuccess?.getTime() ?? -Infinity);
  return new Date(now.getTime() - Math.min(hourMs, Math.max(0, sinceMs)) / 2);
}

function untoldIn(ledger: readonly LedgerRow[], { never, violation, remainder }: ToldLines): number {
  return ledger.reduce((sum, { read }) => sum + read, 0) - never - violation - remainder;
}

type ToldLines = Readonly<Record<"never" | "violation" | "remainder", number>>;

const hourMs = 3_600_000;

/** Whether an ignored line is looked at all the same: its rule asks for a tally, or it may be a part of a command. */
export function isLookedAt({ layer, rule, isMarked }: Verdict): boolean {
  if (layer === "ignored" && isMarked) return true;
  return layer === "ignored" && rule?.directives?.tally !== undefined;
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
