/** What a run has to say, before it is put into words. */
import type { Layer } from "../rules/layer.js";
import type { Group } from "../group/group.js";
import type { Routine } from "./routine.js";
import type { Notice } from "../std/notice.js";

/** One source's account. Promise: read = ignored + duplicate + reported + counted, checked in every run. */
export interface LedgerRow {
  readonly source: string;
  /** Lines. */
  readonly read: number;
  /** By a rule. */
  readonly ignored: number;
  /** Another source of the same report tells of the event. */
  readonly duplicate: number;
  /** Shown in the report, word for word. */
  readonly reported: number;
  /** Counted in the report; their words are only in the report file beside the spool. */
  readonly counted: number;
}

export interface Section {
  readonly layer: Layer;
  /** Worst first within the section, then by first appearance; none empty. */
  readonly groups: readonly Group[];
}

export interface Report {
  readonly hostname: string;
  readonly from?: Date;
  readonly to: Date;
  readonly notices: readonly Notice[];
  /** Never, violation, remainder; those without groups are left out. */
  readonly sections: readonly Section[];
  readonly ledger: readonly LedgerRow[];
  readonly routine: Routine;
  /** Where the lines that were only counted can be read in full. */
  readonly reportFiles: readonly string[];
}

/** How many lines a layer of the report has. */
export function linesIn(report: Report, layer: Layer): number {
  const section = report.sections.find((candidate) => candidate.layer === layer);
  return section?.groups.reduce((sum, { count }) => sum + count, 0) ?? 0;
}
