/**
 * Holds what a layout shows against the ledger.
 * Promise: a line that is shown is reported, and each other one is counted and in the report file.
 */
import type { Sample } from "../group/group.js";
import { sampleOf, type Block } from "./block.js";
import { wholeSample } from "./detail.js";
import type { LedgerRow, Report } from "./document.js";

export interface Account {
  /** With the ledger as the blocks show it. */
  readonly report: Report;
  /** The samples that are not shown, and not in the report file yet: that is where their lines go. */
  readonly cut: readonly Sample[];
  /** The same of those that are shown cut. */
  readonly shortened: readonly Sample[];
  /** Lines that are shown cut, and whole in the report file. */
  readonly shownCut: number;
}

/** In: a report whose ledger counts as reported all samples but those that are in the report file. */
export function accountFor(report: Report, blocks: readonly Block[]): Account {
  const shown = new Map<Sample, Sample>();
  for (const block of blocks) {
    const sample = sampleOf(block);
    if (sample) shown.set(wholeSample(sample), sample);
  }
  const cut: Sample[] = [];
  const shortened: Sample[] = [];
  let shownCut = 0;
  /** Lines to be counted instead of reported, by source. */
  const counted = new Map<string, number>();
  const count = (source: string, lines: number): void =>
    void counted.set(source, (counted.get(source) ?? 0) + lines);
  for (const sample of report.sections.flatMap(({ groups }) => groups.flatMap(({ samples }) => samples))) {
    const asShown = shown.get(sample);
    if (asShown === undefined) {
      if (sample.isInReportFile) continue;
      cut.push(sample);
      count(sample.source, 1);
      continue;
    }
    if (sample.isInReportFile) count(sample.source, -1);
    const isShortened = asShown !== sample && !sample.isInReportFile;
    if (isShortened) shortened.push(sample);
    if (isShortened || (sample.isInReportFile && asShown.trueLengthBytes > asShown.line.length))
      shownCut += 1;
  }
  const ledger = report.ledger.map((row): LedgerRow => {
    const lines = counted.get(row.source) ?? 0;
    return { ...row, reported: row.reported - lines, counted: row.counted + lines };
  });
  return { report: { ...report, ledger }, cut, shortened, shownCut };
}
