/**
 * Holds what an outline shows against the ledger.
 * Promise: a line that is shown is reported, and each other one is counted and in the report file.
 */
import type { Sample } from "../group/group.js";
import type { LedgerRow, Report } from "./document.js";
import type { ShownLine } from "./outline/kind/evidence.js";

export interface Account {
  /** With the ledger as the lines show it. */
  readonly report: Report;
  /** The samples that are not shown, and not in the report file yet: that is where their lines go. */
  readonly cut: readonly Sample[];
  /** The same of those that are shown cut. */
  readonly shortened: readonly Sample[];
  /** Lines that are shown cut, and whole in the report file. */
  readonly shownCut: number;
}

/** In: a report whose ledger counts as reported all samples but those that are in the report file. */
export function accountFor(report: Report, lines: readonly ShownLine[]): Account {
  const shown = new Map<Sample, ShownLine>();
  for (const line of lines) for (const sample of line.samples) shown.set(sample, line);
  const cut: Sample[] = [];
  const shortened: Sample[] = [];
  let shownCut = 0;
  /** Lines to be counted instead of reported, by source. */
  const counted = new Map<string, number>();
  const count = (source: string, by: number): void =>
    void counted.set(source, (counted.get(source) ?? 0) + by);
  for (const sample of report.sections.flatMap(({ groups }) => groups.flatMap(({ samples }) => samples))) {
    const line = shown.get(sample);
    if (line === undefined) {
      if (sample.isInReportFile) continue;
      cut.push(sample);
      count(sample.source, 1);
      continue;
    }
    if (sample.isInReportFile) count(sample.source, -1);
    else if (line.isCut) shortened.push(sample);
    if (line.isCut || (sample.isInReportFile && sample.trueLengthBytes > sample.line.length)) shownCut += 1;
  }
  const ledger = report.ledger.map((row): LedgerRow => {
    const by = counted.get(row.source) ?? 0;
    return { ...row, reported: row.reported - by, counted: row.counted + by };
  });
  return { report: { ...report, ledger }, cut, shortened, shownCut };
}
