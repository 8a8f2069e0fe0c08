/**
 * A report that is not finished yet, as it is stored between two commits of a run.
 * Promise: what one run began and could not finish, the next one reports.
 */
import type { Group } from "../group/group.js";
import type { Notice } from "../std/notice.js";
import { noRoutine, type Routine } from "./routine.js";
import type { LedgerRow } from "./document.js";

export interface OpenReport {
  readonly groups: readonly Group[];
  readonly ledger: readonly LedgerRow[];
  readonly notices: readonly Notice[];
  readonly routine: Routine;
  readonly reportFiles: readonly string[];
}

export const emptyReport: OpenReport = {
  groups: [],
  ledger: [],
  notices: [],
  routine: noRoutine,
  reportFiles: [],
};

export function encodeOpenReport(report: OpenReport): Uint8Array {
  return Buffer.from(JSON.stringify(report));
}

/** The bytes are those of `encodeOpenReport`: the store has checked them. */
export function decodeOpenReport(bytes: Uint8Array): OpenReport {
  return JSON.parse(Buffer.from(bytes).toString()) as OpenReport;
}
