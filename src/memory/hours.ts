/**
 * How many lines of each layer the last day had, hour by hour, for the chart of the report.
 * Promise: a day and no more; what cannot be read is forgotten, since no line depends on it.
 */
import type { Layer } from "../rules/layer.js";
import { hasFields, isCount, isListOf } from "../std/json-shape.js";
import type { MemoryRead } from "../store/memory-files.js";
import type { Stored } from "../store/stored.js";

/** The name of its document. */
export const hoursName = "hours";

const version = 1;
const hourMs = 3_600_000;
const keptHours = 24;

/** Lines that were read in one hour. Plain JSON. */
export type HourlyCounts = Readonly<Record<Layer, number>> & {
  /** Hours since the epoch. */
  readonly hour: number;
};

export function encodeHours(hours: readonly HourlyCounts[]): Stored {
  return { kind: hoursName, version, data: { hours } };
}

/** The earliest first; none where nothing is known. */
export function decodeHours(read: MemoryRead): readonly HourlyCounts[] {
  if (read.kind !== "stored") return [];
  const { kind, version: stored, data } = read.stored;
  return kind === hoursName && stored === version && isHours(data) ? data.hours : [];
}

/** With the counts of a run that ended now; runs of the same hour are added up. */
export function withRun(
  hours: readonly HourlyCounts[],
  counts: Readonly<Record<Layer, number>>,
  now: Date,
): readonly HourlyCounts[] {
  const hour = Math.floor(now.getTime() / hourMs);
  const before = hours.find((each) => each.hour === hour);
  const own: HourlyCounts = {
    hour,
    never: counts.never + (before?.never ?? 0),
    violation: counts.violation + (before?.violation ?? 0),
    remainder: counts.remainder + (before?.remainder ?? 0),
    ignored: counts.ignored + (before?.ignored ?? 0),
  };
  // A clock that was wrong leaves hours that have not come.
  const kept = hours.filter((each) => each.hour < hour && each.hour > hour - keptHours);
  return [...kept.toSorted((one, other) => one.hour - other.hour), own];
}

const isHours = hasFields<{ readonly hours: readonly HourlyCounts[] }>({
  hours: isListOf(
    hasFields<HourlyCounts>({
      hour: isCount,
      never: isCount,
      violation: isCount,
      remainder: isCount,
      ignored: isCount,
    }),
  ),
});
