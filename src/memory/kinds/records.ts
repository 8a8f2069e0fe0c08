/**
 * The kinds of lines that were told, as they are stored between runs.
 * Promise: a document that cannot be read teaches nothing: every kind is new again.
 */
import { isPackageChange, type PackageChange } from "../../sources/package-changes.js";
import type { Layer } from "../../rules/layer.js";
import { layers } from "../../rules/layer.js";
import { hasFields, isCount, isListOf, isOptional, isRecordOf, isString } from "../../std/json-shape.js";
import type { Notice } from "../../std/notice.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";
import type { MemoryRead } from "../../store/memory-files.js";
import type { Stored } from "../../store/stored.js";
import { notUnderstood } from "../first-seen.js";
import { isPeak } from "../peaks.js";
import type { HourlyCounts } from "./usual.js";

/** The name of its document. */
export const kindsName = "kinds";

const version = 1;

/** Plain data. */
export interface KindRecord {
  readonly layer: Layer;
  /** Its beginning. */
  readonly shape: ByteString;
  /** The rule that decided, as file:line, if one did. */
  readonly rule?: Text;
  /** When it was first and last told, ms since the epoch. Out of the logs of before: when it came. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Reports that told it; the logs that it was learnt from count as one. */
  readonly reports: number;
  /** The day on which it came last, counted in days on which any did. */
  readonly day: number;
  readonly counts: HourlyCounts;
  /** Of alarms and violations: the addresses and users that their lines named. Left out: none. */
  readonly values?: readonly string[];
  /** All of it came while the machine booted. */
  readonly isOfBoot?: true;
  /** The last boot that it came with, ms since the epoch. */
  readonly bootMs?: number;
  /** The package that has its program, where it was new since a change of it. */
  readonly brought?: PackageChange;
  /** It stands for all kinds that differ from its shape in one word (`collapse.ts`). */
  readonly isOpen?: true;
}

export interface KindRecords {
  /** The day of the last run that had a line to tell, and its date, "2026-11-27". */
  readonly day: number;
  readonly date: string;
  /** By id. */
  readonly kinds: Readonly<Record<string, KindRecord>>;
}

export const noKinds: KindRecords = { day: 0, date: "", kinds: {} };

export function encodeKinds(records: KindRecords): Stored {
  return { kind: kindsName, version, data: records };
}

export function decodeKinds(read: MemoryRead): {
  readonly records: KindRecords;
  readonly notices: readonly Notice[];
} {
  if (read.kind === "nothing") return { records: noKinds, notices: [] };
  if (read.kind === "unreadable") return { records: noKinds, notices: [read.notice] };
  const { kind, version: stored, data } = read.stored;
  if (kind === kindsName && stored === version && isRecords(data)) return { records: data, notices: [] };
  return { records: noKinds, notices: [notUnderstood(kindsName, read.stored)] };
}

const isOptionalTime = (value: unknown): boolean => value === undefined || isTime(value);
const isTrue = (value: unknown): boolean => value === undefined || value === true;
const isTime = (value: unknown): boolean => typeof value === "number" && Math.abs(value) <= 8.64e15;
const isAmount = (value: unknown): value is number => typeof value === "number" && value >= 0;

const isRecords = hasFields<KindRecords>({
  day: isCount,
  date: isString,
  kinds: isRecordOf(
    hasFields<KindRecord>({
      layer: (value) => layers.some((layer) => layer === value),
      shape: isString,
      rule: isOptional(isString),
      firstMs: isTime,
      lastMs: isTime,
      reports: isCount,
      day: isCount,
      counts: hasFields<HourlyCounts>({
        runs: isCount,
        lines: isAmount,
        hours: isAmount,
        peaks: isListOf(isPeak),
      }),
      values: isOptional(isListOf(isString)),
      isOfBoot: isTrue,
      bootMs: isOptionalTime,
      isOpen: isTrue,
      brought: isOptional(isPackageChange),
    }),
  ),
});
