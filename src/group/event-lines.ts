/**
 * Folds lines into the event that they belong to.
 * Promise: a folded line is counted once. One that rules raise is kept, or else it is not folded.
 */
import type { Layer } from "../rules/layer.js";
import type { Finding, Sample, Showing } from "./group.js";
import { dismiss, type GroupLimits, type GrowingGroup, type LayerTable } from "./layer-table.js";
import { maxLineBytes, sampleOf } from "./sample.js";

/** Where an event was put. */
export interface EventPlace {
  readonly table: LayerTable;
  readonly group: GrowingGroup;
  /** Its own among the group's samples, in their order. Empty: none of its lines is kept. */
  readonly samples: Sample[];
  /** Lines that were folded into it. */
  folded: number;
}

/** Of one event, lines that are kept beside the first, and beside those that rules raise. */
const maxFolded: Readonly<Record<Layer, number>> = { never: 100, violation: 30, remainder: 20, ignored: 20 };

/** Counts a line to its event. Undefined where rules raise it and there is no room for it: then it stands alone. */
export function fold(place: EventPlace, finding: Finding, limits: GroupLimits): Showing | undefined {
  const { table, group, samples } = place;
  const { layer } = finding.verdict;
  const bytes = table.sampleBytes + Math.min(finding.line.length, maxLineBytes);
  const hasRoom = samples.length > 0 && bytes <= limits.maxSampleBytesPerLayer / 2;
  const isRaised = layer === "never" || layer === "violation";
  if (isRaised && !hasRoom) return undefined;
  group.folded += 1;
  place.folded += 1;
  const { timestampMs } = finding.entry;
  if (timestampMs !== undefined && timestampMs > group.lastMs && group.lastMs !== -Infinity)
    group.lastMs = timestampMs;
  if (!hasRoom || (!isRaised && samples.length > maxFolded[group.layer])) return "counted";
  table.sampleBytes = bytes;
  const sample = { ...sampleOf(finding, maxLineBytes), folded: layer };
  keep(place, sample);
  return sample.isInReportFile ? "counted" : "reported";
}

/** After the event's other samples, before those of the next. */
function keep({ group, samples }: EventPlace, sample: Sample): void {
  const last = samples.at(-1);
  const at = last === undefined ? -1 : group.samples.lastIndexOf(last);
  group.samples.splice(at < 0 ? group.samples.length : at + 1, 0, sample);
  samples.push(sample);
}

/**
 * Folds an event into the line that tells best what happened. Both stay as they are where there is no room for it, or where
 * lines of the event are kept among those that differ.
 */
export function takeOver(leader: EventPlace, event: EventPlace, limits: GroupLimits): void {
  const { table, group, samples, folded } = event;
  const bytes = samples.reduce((sum, { line }) => sum + line.length, 0);
  if (group.further !== undefined || leader.samples.length === 0) return;
  if (leader.table.sampleBytes + bytes > limits.maxSampleBytesPerLayer) return;
  const rest = group.samples.filter((sample) => !samples.includes(sample));
  group.samples.length = 0;
  group.samples.push(...rest);
  if (samples.some((sample) => sample.folded === undefined)) group.firstSamples -= 1;
  group.count -= 1;
  group.folded -= folded;
  table.sampleBytes -= bytes;
  leader.table.sampleBytes += bytes;
  leader.group.folded += 1 + folded;
  leader.folded += 1 + folded;
  for (const sample of samples) keep(leader, { ...sample, folded: sample.folded ?? group.layer });
  if (group.count === 0) dismiss(table, group);
}
