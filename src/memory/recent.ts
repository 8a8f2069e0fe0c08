/**
 * What conditions know of the last hours, as it is stored between runs: how often rules matched, and what the machine did.
 * Promise: what is forgotten is counted anew; no line is lost with it but those that wait for a minimum to be reached.
 */
import type { Occasion } from "../conditions/circumstances.js";
import type { EarlierLine, RateRecord, RateRecords } from "../conditions/rates.js";
import { isCircumstance } from "../rules/files/directive-values.js";
import { hasFields, isCount, isListOf, isRecordOf, isString } from "../std/json-shape.js";
import type { Notice } from "../std/notice.js";
import type { MemoryRead } from "../store/memory-files.js";
import type { Stored } from "../store/stored.js";
import { notUnderstood } from "./first-seen.js";

/** The name of its document. */
export const recentName = "recent";

const version = 1;

/** Plain JSON. */
export interface Recent {
  readonly rates: RateRecords;
  readonly occasions: readonly Occasion[];
}

const nothing: Recent = { rates: {}, occasions: [] };

export function encodeRecent(recent: Recent): Stored {
  return { kind: recentName, version, data: recent };
}

export function decodeRecent(read: MemoryRead): {
  readonly recent: Recent;
  readonly notices: readonly Notice[];
} {
  if (read.kind === "nothing") return { recent: nothing, notices: [] };
  if (read.kind === "unreadable") return { recent: nothing, notices: [read.notice] };
  const { kind, version: stored, data } = read.stored;
  if (kind === recentName && stored === version && isRecent(data)) return { recent: data, notices: [] };
  return { recent: nothing, notices: [notUnderstood(recentName, read.stored)] };
}

const isTime = (value: unknown): boolean => typeof value === "number" && Math.abs(value) <= 8.64e15;

const isStep = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && Number.isSafeInteger(value[0]) && isCount(value[1]);

const isRecent = hasFields<Recent>({
  rates: isRecordOf(
    hasFields<RateRecord>({
      steps: isListOf(isStep),
      earlier: isListOf(
        hasFields<EarlierLine>({
          source: isString,
          line: isString,
          trueLengthBytes: isCount,
          timestampMs: isTime,
        }),
      ),
    }),
  ),
  occasions: isListOf(hasFields<Occasion>({ circumstance: isCircumstance, firstMs: isTime, lastMs: isTime })),
});
