/**
 * Gathers the selected lines of the hourly job and makes a report of them.
 * Promise: what an interrupted run had gathered and stored is part of the next report, and an event that two sources
 * carry stands in it once.
 */
import { basename } from "node:path";
import { encodeHours, hoursName, withRun, type HourlyCounts } from "../memory/hours.js";
import type { Around } from "../report/around.js";
import { surroundingsOf } from "../report/surroundings.js";
import type { LedgerRow } from "../report/document.js";
import { addLedgers } from "../report/ledger.js";
import { encodeOpenReport } from "../report/open-report.js";
import { type OpenReport } from "../report/open-report-shape.js";
import { addCounts } from "../report/tallies.js";
import { mergedMarks, type VolumeMark } from "../memory/volume/volume.js";
import type { Verdict } from "../rules/layer.js";
import type { Collector, Progress } from "../run/product.js";
import type { CheckedReport } from "./report/checked-report.js";
import { finishReport, type ReportContext } from "./report/finish-report.js";
import type { HitMemory } from "./memory/hit-memory.js";
import { LineGatherer, type LineGathererOptions } from "./lines/line-gatherer.js";
import { lookAround } from "./report/look-around.js";
import { toRemember } from "./memory/memory.js";
import { ToldLines } from "./lines/told-lines.js";
import type { VolumeMemory } from "./memory/volume.js";

export interface ReportCollectorOptions
  extends ReportContext, Pick<LineGathererOptions, "localHost" | "sourceKinds" | "titles" | "verdictOn"> {
  /** The lines of the last day, by hour. */
  readonly hours: readonly HourlyCounts[];
  readonly volume: VolumeMemory;
  readonly hits: HitMemory;
  /** Whether the lines that are told go to the archive. */
  readonly archives: boolean;
}

export function createReportCollector(options: ReportCollectorOptions): Collector<Verdict, CheckedReport> {
  const { now, settings, begun, conditions, conditionState, kinds, volume, logins, hits } = options;
  const gatherer = new LineGatherer({
    ...options,
    isGrouped: settings.group,
    note: (source, entry) => {
      logins.note(source, entry);
    },
  });
  const archived = new ToldLines();

  /** The lines of this run that are told, by layer. */
  const told = { never: 0, violation: 0, remainder: 0, ignored: 0 };
  /** With this run's, once it is finished. */
  let hours: readonly HourlyCounts[] | undefined;
  /** What stood around the first lines of alarms. */
  let around: ReadonlyMap<string, Around> | undefined;

  const loginsSoFar = (): Pick<OpenReport, "logins"> => {
    const counts = logins.counts();
    return counts ? { logins: counts } : {};
  };
  const gathered = (progress: Progress<Verdict>, marks: readonly VolumeMark[] = []): OpenReport => ({
    groups: gatherer.groups(),
    ledger: addLedgers(begun.ledger, progress.ledger),
    notices: [...begun.notices, ...progress.notices],
    tallies: {
      ignoredByFile: addCounts(begun.tallies.ignoredByFile, ignoredByFile(progress.counts)),
      ignoredByField: gatherer.tallies(),
    },
    reportFiles: [...begun.reportFiles, ...progress.reportFiles],
    ...loginsSoFar(),
    volume: mergedMarks(begun.volume ?? [], marks),
    ...(begun.from !== undefined && { from: begun.from }),
  });
  return {
    accept: (line) =>
      gatherer.accept(line, (toldLine, { verdict }) => {
        told[toldLine.layer] += 1;
        if (verdict !== line.verdict) hits.addJoined(verdict);
        if (options.archives) archived.add(toldLine);
      }),
    takeTold: () => archived.take(),
    async lookAround(sources, from) {
      const surroundings = surroundingsOf(settings.context);
      if (surroundings) around = await lookAround(sources, from, gatherer.groups(), { now, surroundings });
    },
    toRemember: (isLast) => ({
      ...toRemember(conditions, conditionState, isLast),
      ...kinds.toRemember(),
      ...volume.toRemember(),
      ...logins.toRemember(),
      ...hits.toRemember(),
      ...(hours && { [hoursName]: encodeHours(hours) }),
    }),
    checkpoint(progress) {
      volume.pause(progress);
      hits.note(progress);
      return encodeOpenReport(gathered(progress));
    },
    finish(progress, ending) {
      const marks = volume.finish(progress);
      logins.finish();
      hits.note(progress);
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

function untoldIn(ledger: readonly LedgerRow[], { never, violation, remainder }: ToldCounts): number {
  return ledger.reduce((sum, { read }) => sum + read, 0) - never - violation - remainder;
}

type ToldCounts = Readonly<Record<"never" | "violation" | "remainder", number>>;

const hourMs = 3_600_000;

function ignoredByFile(counts: ReadonlyMap<Verdict, number>): Record<string, number> {
  const byFile: Record<string, number> = {};
  for (const [{ layer, rule }, count] of counts) {
    if (layer !== "ignored" || !rule) continue;
    const name = basename(rule.file);
    byFile[name] = (byFile[name] ?? 0) + count;
  }
  return byFile;
}
