/**
 * Settles what becomes of alarms that are expected at times, once it is known when those times were.
 * Promise: a group is lowered by one layer, and only where all its lines are explained; none is lost or hidden.
 */
import type { Circumstance } from "../rules/files/directive-values.js";
import type { Layer } from "../rules/layer.js";
import type { Group, KeyCounts } from "./group.js";

/** What explains an alarm at a time, ms since the epoch, if something does. */
export type Explaining = (near: readonly Circumstance[], timestampMs: number) => Circumstance | undefined;

/** The layer that an alarm is shown in while it is expected. */
export function lowerLayer(layer: Layer): Layer {
  return layer === "never" ? "violation" : "remainder";
}

/**
 * In: groups whose lines that may be expected are of one minute each. Out: the same lines, as groups of the times that they
 * came in: worst layer first, then as they were.
 */
export function settleExpected(groups: readonly Group[], explaining: Explaining): readonly Group[] {
  if (groups.every(({ expected }) => expected === undefined)) return groups;
  const settled = new Map<string, Group>();
  for (const group of groups) {
    const one = settle(group, explaining);
    const key = [one.layer, one.because ?? "", one.rule ?? "", one.shape].join("\n");
    const known = settled.get(key);
    settled.set(key, known ? joined(known, one) : one);
  }
  return [...settled.values()];
}

function settle({ expected, ...group }: Group, explaining: Explaining): Group {
  const { layer, firstMs, lastMs } = group;
  if (expected === undefined || firstMs === undefined || lastMs === undefined) return group;
  const because = explaining(expected.near, firstMs);
  if (because === undefined || explaining(expected.near, lastMs) === undefined) return group;
  return { ...group, layer: lowerLayer(layer), kind: expected.kind, because };
}

function joinedCounts(one: KeyCounts, others: readonly KeyCounts[]): KeyCounts {
  const other = others.find(({ by }) => by === one.by);
  if (other === undefined) return one;
  const counts = new Map(Object.entries(one.counts));
  for (const [name, count] of Object.entries(other.counts)) counts.set(name, (counts.get(name) ?? 0) + count);
  return { ...one, counts: Object.fromEntries(counts), others: one.others + other.others };
}

function joined(one: Group, other: Group): Group {
  const { firstMs = Infinity, lastMs = -Infinity } = one;
  const folded = (one.folded ?? 0) + (other.folded ?? 0);
  const first = Math.min(firstMs, other.firstMs ?? Infinity);
  const last = Math.max(lastMs, other.lastMs ?? -Infinity);
  return {
    ...one,
    count: one.count + other.count,
    ...(folded > 0 && { folded }),
    ...(first === Infinity ? {} : { firstMs: first, lastMs: last }),
    samples: [...one.samples, ...other.samples],
    ...(one.keys && { keys: one.keys.map((counts) => joinedCounts(counts, other.keys ?? [])) }),
  };
}
