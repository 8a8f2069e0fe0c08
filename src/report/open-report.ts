/**
 * A report that is not finished yet, as it is stored between two commits of a run.
 * Promise: what one run began and could not finish, the next one reports, also after an upgrade between them.
 */
import type { FileTallies } from "../group/file-tallies.js";
import { isBand, isCircumstance, isShown } from "../rules/files/directive-values.js";
import {
  linesOf,
  type Expected,
  type Group,
  type KeyCounts,
  type KindHistory,
  type Sample,
} from "../group/group.js";
import type { LoginCounts, Session } from "../group/login-counts.js";
import { tallyFields, type Tally } from "../group/tally.js";
import type { Layer } from "../rules/layer.js";
import type { Stored } from "../store/stored.js";
import {
  hasFields,
  isBoolean,
  isCount,
  isInstant,
  isListOf,
  isObject,
  isOptional,
  isRecordOf,
  isString,
} from "../std/json-shape.js";
import { isNotice, type Notice } from "../std/notice.js";
import { isRefusals } from "../memory/logins.js";
import type { VolumeMark } from "../memory/volume/volume.js";
import type { LedgerRow } from "./document.js";
import { isPackageChange } from "../sources/package-changes.js";
import { noTallies, type Tallies } from "./tallies.js";

/** Plain JSON. */
export interface OpenReport {
  readonly groups: readonly Group[];
  readonly ledger: readonly LedgerRow[];
  readonly notices: readonly Notice[];
  readonly tallies: Tallies;
  readonly reportFiles: readonly string[];
  /** Left out: no login by ssh was refused, and nobody was let in. */
  readonly logins?: LoginCounts;
  /** What had far more lines than usual, first what stands out most. Left out: nothing had. */
  readonly volume?: readonly VolumeMark[];
  /** When its first line was looked for, ISO 8601. Left out: since the last run. */
  readonly from?: string;
  /** All that it has waits for the digest. Left out: a run could not finish it. */
  readonly isWaiting?: true;
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

const reportedLayers: ReadonlySet<unknown> = new Set<Layer>(["never", "violation", "remainder"]);
export const isReportedLayer = (value: unknown): value is Layer => reportedLayers.has(value);

const isSample = hasFields<Sample>({
  source: isString,
  line: isString,
  trueLengthBytes: isCount,
  isInReportFile: (value) => value === undefined || value === true,
  difference: isOptional(isCount),
  isFirst: (value) => value === undefined || value === true,
  kindNumber: isOptional(isCount),
  folded: (value) => value === undefined || isReportedLayer(value),
});
/** What a Date can hold. */
const isTime = (value: unknown): value is number => typeof value === "number" && Math.abs(value) <= 8.64e15;
const isTally = hasFields<Tally>({
  by: (value) => tallyFields.some((field) => field === value),
  counts: isRecordOf(isCount),
  others: isCount,
  missed: isOptional(isRecordOf(isCount)),
  floor: isOptional(isCount),
  notes: isOptional(isRecordOf(isString)),
});
const isTallyList = isListOf(isTally);
const isRate = (value: unknown): value is number => typeof value === "number" && value >= 0;
const isHistory = hasFields<KindHistory>({
  firstMs: isTime,
  lastMs: isTime,
  reports: isCount,
  usualPerHour: isOptional(isRate),
  isUsual: isBoolean,
  hasNewValues: (value) => value === undefined || value === true,
  isOfBoot: (value) => value === undefined || value === true,
  ackedUntilMs: isOptional(isTime),
  brought: isOptional(isPackageChange),
});
/** It is put into subjects. */
const isTitle = (value: unknown): value is string => isString(value) && /^[ -~]{1,40}$/.test(value);
const hasGroupFields = hasFields<Group>({
  kind: isOptional(isString),
  layer: isReportedLayer,
  // A later version may know more conditions; the group is no less for that.
  because: isOptional(isString),
  shape: isString,
  rule: isOptional(isString),
  title: isOptional(isTitle),
  hosts: isOptional(isListOf(isString)),
  band: isOptional(isBand),
  keys: isOptional(
    isListOf(
      hasFields<KeyCounts>({
        by: isShown,
        counts: isRecordOf(isCount),
        others: isCount,
        missed: isOptional(isRecordOf(isCount)),
        floor: isOptional(isCount),
      }),
    ),
  ),
  count: isCount,
  folded: isOptional(isCount),
  firstMs: isOptional(isTime),
  lastMs: isOptional(isTime),
  earlier: isOptional(isListOf(isSample)),
  expected: isOptional(
    hasFields<Expected>({ near: isListOf(isCircumstance), minute: Number.isSafeInteger, kind: isString }),
  ),
  samples: isListOf(isSample),
  tallies: isOptional(isTallyList),
  history: isOptional(isHistory),
});

export function isGroup(value: unknown): value is Group {
  if (!hasGroupFields(value)) return false;
  const { firstMs, lastMs, samples, count, folded = 0 } = value;
  const foldedSamples = samples.filter((sample) => sample.folded !== undefined).length;
  if (foldedSamples > folded || count < Math.max(1, samples.length - foldedSamples)) return false;
  return (firstMs === undefined) === (lastMs === undefined);
}

export const isLedgerRow = hasFields<LedgerRow>({
  source: isString,
  read: isCount,
  ignored: isCount,
  duplicate: isCount,
  reported: isCount,
  counted: isCount,
});

export const isTallies = hasFields<Tallies>({
  ignoredByFile: isRecordOf(isCount),
  ignoredByField: isListOf(hasFields<FileTallies>({ file: isString, tallies: isTallyList })),
});

const isVolumeMark = hasFields<VolumeMark>({
  of: (value) => value === "source" || value === "ignored",
  name: isString,
  lines: isCount,
  most: isCount,
  atMs: isTime,
});

const isSession = hasFields<Session>({
  address: isString,
  user: isString,
  port: isString,
  atMs: isTime,
  before: isOptional(isRefusals),
  endedMs: isOptional(isTime),
});

const isLogins = hasFields<LoginCounts>({
  refused: isCount,
  firstMs: isOptional(isTime),
  lastMs: isOptional(isTime),
  addresses: isTally,
  users: isTally,
  sessions: isListOf(isSession),
});

const isVersion3 = hasFields<OpenReport>({
  groups: isListOf(isGroup),
  ledger: isListOf(isLedgerRow),
  notices: isListOf(isNotice),
  tallies: isTallies,
  reportFiles: isListOf(isString),
  logins: isOptional(isLogins),
  volume: isOptional(isListOf(isVolumeMark)),
  from: isOptional(isInstant),
  isWaiting: (value) => value === undefined || value === true,
});

/** It counted nothing but packets. */
interface Version2 extends Omit<OpenReport, "tallies" | "logins" | "volume" | "from" | "isWaiting"> {
  readonly tallies: PacketTallies;
}

interface PacketTallies {
  readonly ignoredByFile: Tallies["ignoredByFile"];
  readonly ignoredPackets: readonly Tally[];
}

const isVersion2 = hasFields<Version2>({
  groups: isListOf(isGroup),
  ledger: isListOf(isLedgerRow),
  notices: isListOf(isNotice),
  tallies: hasFields<PacketTallies>({ ignoredByFile: isRecordOf(isCount), ignoredPackets: isTallyList }),
  reportFiles: isListOf(isString),
});

function fromVersion2({ tallies, ...report }: Version2): OpenReport {
  return { ...report, tallies: fromPackets(tallies) };
}

/** Rules in another file could count packets, too: which one is not known any more, nor which rows were among the others. */
function fromPackets({ ignoredByFile, ignoredPackets }: PacketTallies): Tallies {
  const tallies = ignoredPackets.map((tally) =>
    tally.others > 0 ? { ...tally, floor: tally.others } : tally,
  );
  return { ignoredByFile, ignoredByField: tallies.length > 0 ? [{ file: "firewall", tallies }] : [] };
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
    readonly packets: readonly Tally[];
  };
  readonly fullSets: readonly string[];
}

const isVersion1 = hasFields<Version1>({
  groups: isListOf(isGroup),
  ledger: isListOf(
    hasFields<Version1["ledger"][number]>({
      source: isString,
      read: isCount,
      ignored: isCount,
      toldElsewhere: isOptional(isCount),
      reported: isCount,
      capped: isCount,
    }),
  ),
  notices: isListOf(isNotice),
  routine: hasFields<Version1["routine"]>({ counts: isRecordOf(isCount), packets: isTallyList }),
  fullSets: isListOf(isString),
});

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
    tallies: fromPackets({ ignoredByFile: routine.counts, ignoredPackets: routine.packets }),
    reportFiles: fullSets,
  };
}
