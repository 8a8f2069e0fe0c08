/**
 * A report that is not finished yet, as it is stored between two commits of a run.
 * Promise: what one run began and could not finish, the next one reports, also after an upgrade between them.
 */
import { linesOf } from "../group/group.js";
import { isObject } from "../std/json-shape.js";
import type { Stored } from "../store/stored.js";
import type { LedgerRow } from "./document.js";
import { fromVersion1, fromVersion2, isVersion1, isVersion2 } from "./earlier-open-reports.js";
import { isVersion3, type OpenReport } from "./open-report-shape.js";
import { noTallies } from "./tallies.js";

export const emptyReport: OpenReport = {
  groups: [],
  ledger: [],
  notices: [],
  tallies: noTallies,
  reportFiles: [],
};

const kind = "report";

/** In the newest version. */
export function encodeOpenReport(report: OpenReport): Stored {
  return { kind, version: 3, data: report };
}

/**
 * In: what `encodeOpenReport` of this or an earlier version gave, after a trip through JSON.
 * Undefined where it is something else, of a later version, or lacks what it should have: see `salvageReport`.
 */
export function decodeOpenReport(stored: unknown): OpenReport | undefined {
  const report = decodeVersion(stored);
  return report && isConsistent(report) ? report : undefined;
}

function decodeVersion(stored: unknown): OpenReport | undefined {
  // Version 1 did not say what it is.
  if (isVersion1(stored)) return fromVersion1(stored);
  if (!isObject(stored)) return undefined;
  const { kind: storedKind, version, data } = stored;
  if (storedKind !== kind) return undefined;
  if (version === 2 && isVersion2(data)) return fromVersion2(data);
  return version === 3 && isVersion3(data) ? data : undefined;
}

/** Whether the ledger tells of just the lines that the groups have: otherwise no report could be made of it. */
function isConsistent({ groups, ledger }: OpenReport): boolean {
  const inGroups = groups.reduce((sum, group) => sum + linesOf(group), 0);
  const inLedger = ledger.reduce((sum, { reported, counted }) => sum + reported + counted, 0);
  return inGroups === inLedger && ledger.every(isBalanced);
}

export function isBalanced({ read, ignored, duplicate, reported, counted }: LedgerRow): boolean {
  return read === ignored + duplicate + reported + counted;
}
