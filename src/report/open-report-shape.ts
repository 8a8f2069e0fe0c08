/**
 * What a report that is not finished yet is made of, as it is stored.
 * Promise: what passes for one has all that a report is made of, in types that cannot break it.
 */
import type { FileTallies } from "../group/file-tallies.js";
import { isBand, isCircumstance, isShown } from "../rules/files/directive-values.js";
import { type Expected, type Group, type KeyCounts, type KindHistory, type Sample } from "../group/group.js";
import type { LoginCounts, Session } from "../group/login-counts.js";
import { tallyFields, type Tally } from "../group/tally.js";
import type { Layer } from "../rules/layer.js";
import {
  hasFields,
  isBoolean,
  isCount,
  isInstant,
  isListOf,
  isOptional,
  isRecordOf,
  isString,
} from "../std/json-shape.js";
import { isNotice, type Notice } from "../std/notice.js";
import { isRefusals } from "../memory/logins.js";
import type { VolumeMark } from "../memory/volume/volume.js";
import type { LedgerRow } from "./document.js";
import { isPackageChange } from "../sources/package-changes.js";
import type { Tallies } from "./tallies.js";

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
export const isTallyList = isListOf(isTally);
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

export const isVersion3 = hasFields<OpenReport>({
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
