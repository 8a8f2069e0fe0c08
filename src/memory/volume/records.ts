/**
 * How many lines an hour came from each source, and of each sort that rules ignore, as it is stored between runs.
 * Promise: four weeks and no more; what cannot be read is forgotten, since no line depends on it.
 */
import { hasFields, isCount, isListOf, isOptional, isRecordOf } from "../../std/json-shape.js";
import type { MemoryRead } from "../../store/memory-files.js";
import type { Stored } from "../../store/stored.js";
import { isPeak, type Peaks } from "../peaks.js";

/** The name of its document. */
export const volumeName = "volume";

const version = 1;

/** Plain data. */
export interface VolumeRecord {
  /** When it was counted first, ms since the epoch. */
  readonly sinceMs: number;
  /** Lines an hour. */
  readonly peaks: Peaks;
}

export type LineCounts = Readonly<Record<string, number>>;

export interface VolumeRecords {
  /** When counting began, ms since the epoch. */
  readonly sinceMs: number;
  readonly sources: Readonly<Record<string, VolumeRecord>>;
  /** By what the rules of a sort say. */
  readonly ignored: Readonly<Record<string, VolumeRecord>>;
  /** Lines that runs have read since the last one that ended well. Left out: none. */
  readonly unfinished?: { readonly sources: LineCounts; readonly ignored: LineCounts };
}

export function encodeVolume(records: VolumeRecords): Stored {
  return { kind: volumeName, version, data: records };
}

/** Undefined where nothing is known. */
export function decodeVolume(read: MemoryRead): VolumeRecords | undefined {
  if (read.kind !== "stored") return undefined;
  const { kind, version: stored, data } = read.stored;
  return kind === volumeName && stored === version && isRecords(data) ? data : undefined;
}

const isRecord = hasFields<VolumeRecord>({ sinceMs: isCount, peaks: isListOf(isPeak) });
const isCounts = isRecordOf(isCount);

const isRecords = hasFields<VolumeRecords>({
  sinceMs: isCount,
  sources: isRecordOf(isRecord),
  ignored: isRecordOf(isRecord),
  unfinished: isOptional(
    hasFields<NonNullable<VolumeRecords["unfinished"]>>({ sources: isCounts, ignored: isCounts }),
  ),
});
