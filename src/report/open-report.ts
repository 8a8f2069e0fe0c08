/**
 * A report that is not finished yet, as it is stored between two commits of a run.
 * Promise: what one run began and could not finish, the next one reports, also after an upgrade between them.
 */
import type { Group } from "../group/group.js";
import type { Stored } from "../store/stored.js";
import type { Notice } from "../std/notice.js";
import type { LedgerRow } from "./document.js";
import { noTallies, type Tallies } from "./tallies.js";

/** Plain JSON. */
export interface OpenReport {
  readonly groups: readonly Group[];
  readonly ledger: readonly LedgerRow[];
  readonly notices: readonly Notice[];
  readonly tallies: Tallies;
  readonly reportFiles: readonly string[];
}

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
  return { kind, version: 2, data: report };
}

/**
 * In: what `encodeOpenReport` of this or an earlier version gave, after a trip through JSON.
 * Undefined where it is something else or of a later version: the caller says so, and goes on without it.
 */
export function decodeOpenReport(stored: unknown): OpenReport | undefined {
  if (!isObject(stored)) return undefined;
  // Version 1 did not say what it is.
  if (isVersion1(stored)) return fromVersion1(stored);
  const { kind: storedKind, version, data } = stored;
  return storedKind === kind && version === 2 && isVersion2(data) ? data : undefined;
}

/** The store's checksum says that the bytes are ours: which lists there are tells the version, and what is in them is known. */
function hasLists<Name extends string>(
  data: Readonly<Record<string, unknown>>,
  ...names: readonly Name[]
): data is Readonly<Record<Name, unknown[]>> {
  return names.every((name) => Array.isArray(data[name]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isVersion2(data: unknown): data is OpenReport {
  if (!isObject(data) || !hasLists(data, "groups", "ledger", "notices", "reportFiles")) return false;
  const { tallies } = data as { readonly tallies?: unknown };
  return isObject(tallies) && isObject(tallies.ignoredByFile) && Array.isArray(tallies.ignoredPackets);
}

/** Without a version in it. Duplicates were among the ignored lines; "counted" and "report file" had other names. */
interface Version1 {
  readonly groups: readonly Group[];
  readonly ledger: readonly {
    readonly source: string;
    readonly read: number;
    readonly ignored: number;
    readonly toldElsewhere?: number;
    readonly reported: number;
    readonly capped: number;
  }[];
  readonly notices: readonly Notice[];
  readonly routine: {
    readonly counts: Tallies["ignoredByFile"];
    readonly packets: Tallies["ignoredPackets"];
  };
  readonly fullSets: readonly string[];
}

function isVersion1(
  data: Readonly<Record<string, unknown>>,
): data is Readonly<Record<string, unknown>> & Version1 {
  const { routine } = data;
  const hasRoutine = isObject(routine) && isObject(routine.counts) && Array.isArray(routine.packets);
  return hasRoutine && hasLists(data, "groups", "ledger", "notices", "fullSets");
}

function fromVersion1({ groups, ledger, notices, routine, fullSets }: Version1): OpenReport {
  return {
    groups,
    ledger: ledger.map(({ source, read, ignored, toldElsewhere = 0, reported, capped }) => ({
      source,
      read,
      ignored: ignored - toldElsewhere,
      duplicate: toldElsewhere,
      reported,
      counted: capped,
    })),
    notices,
    tallies: { ignoredByFile: routine.counts, ignoredPackets: routine.packets },
    reportFiles: fullSets,
  };
}
