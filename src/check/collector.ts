/**
 * Where findings are gathered for the hourly report.
 * Promise: what an interrupted run had gathered and stored is part of the next report, and an event that the journal
 * and a log file both carry stands in it once.
 */
import { basename } from "node:path";
import { addLedgers } from "../report/ledger.js";
import type { Verdict } from "../rules/layer.js";
import { readEntry } from "../entry/header.js";
import { createPacketTally } from "../group/tally.js";
import { createGroupTable, defaultGroupLimits } from "../group/group-table.js";
import type { Desk, SelectedLine, Progress } from "../run/read.js";
import { fitReport, type FittedReport } from "../report/budget.js";
import { buildReport } from "../report/build-report.js";
import { textRenderer } from "../report/render/text.js";
import { addCounts } from "../report/tallies.js";
import type { OpenReport } from "../report/open-report.js";
import type { Rule } from "../rules/rule.js";
import type { SameEvents } from "./duplicates.js";
import type { Notice } from "../std/notice.js";
import { lineText } from "../std/line-text.js";

/** What a line may have in a report, and in the spool. */
const maxShownBytes = 65_536;

export interface ReportDesk extends Desk<Verdict> {
  /** What is to be stored of a report that goes on. */
  open(progress: Progress, reportFiles: readonly string[]): OpenReport;
  /** The report in as many texts as it takes. `notices` are the run's own, named before those of the sources. */
  finish(progress: Progress, reportFiles: readonly string[], notices: readonly Notice[]): FittedReport;
}

export interface ReportDeskOptions {
  readonly hostname: string;
  readonly now: Date;
  readonly lastSuccess?: Date;
  readonly isGrouped: boolean;
  readonly maxBytes: number;
  readonly maxMails: number;
  readonly begun: OpenReport;
  /** Given where both the journal and log files are read. */
  readonly sameEvents?: SameEvents;
  /** Lines by deciding rule since the run began. */
  readonly ruleCounts: () => ReadonlyMap<Rule, number>;
}

export function createReportDesk(options: ReportDeskOptions): ReportDesk {
  const { hostname, now, lastSuccess, isGrouped, maxBytes, maxMails, begun, sameEvents, ruleCounts } =
    options;
  const table = createGroupTable({ isGrouped, limits: defaultGroupLimits }, begun.groups);
  const packets = createPacketTally(begun.tallies.ignoredPackets);
  const open: ReportDesk["open"] = (progress, reportFiles) => ({
    groups: table.groups(),
    ledger: addLedgers(begun.ledger, progress.ledger),
    notices: [...begun.notices, ...progress.notices],
    tallies: {
      ignoredByFile: addCounts(begun.tallies.ignoredByFile, ignoredByFile(ruleCounts())),
      ignoredPackets: packets.tallies(),
    },
    reportFiles,
  });
  return {
    take({ source, bytes, trueLengthBytes, verdict }: SelectedLine<Verdict>) {
      const whole = lineText(bytes);
      const line = whole.slice(0, maxShownBytes);
      const entry = readEntry(line, now);
      if (verdict.layer === "ignored") {
        if (entry.firewall) packets.add(entry.firewall);
        return "ignored";
      }
      if (sameEvents?.wasTold(source, line, verdict.layer, entry)) return "duplicate";
      const newlineBytes = bytes.length - whole.length;
      return table.add({ source, line, trueLengthBytes: trueLengthBytes - newlineBytes, verdict, entry });
    },
    open,
    finish(progress, reportFiles, notices) {
      const gathered = open(progress, reportFiles);
      const report = buildReport({
        ...gathered,
        hostname,
        ...(lastSuccess && { from: lastSuccess }),
        to: now,
        notices: [...notices, ...gathered.notices],
      });
      return fitReport(report, { maxBytes, maxMails }, textRenderer);
    },
  };
}

/**
 * Of what rules ignore, the packets are looked at all the same: they are counted by port and network. Their rules are
 * known by the field that every such line has.
 */
export function isIgnoredPacket({ layer, rule }: Verdict): boolean {
  return layer === "ignored" && rule?.text.includes(" OUT=") === true;
}

function ignoredByFile(counts: ReadonlyMap<Rule, number>): Record<string, number> {
  const byFile: Record<string, number> = {};
  for (const [{ list, file }, count] of counts) {
    const name = basename(file);
    if (list === "ignored") byFile[name] = (byFile[name] ?? 0) + count;
  }
  return byFile;
}
