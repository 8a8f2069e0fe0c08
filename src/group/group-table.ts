/**
 * Joins findings that read alike into groups, within bounds.
 * Promise: every finding is counted once, and a flood of one layer takes nothing from another.
 */
import type { Layer } from "../rules/layer.js";
import { placeOf } from "../rules/rule.js";
import type { Entry } from "../entry/entry.js";
import type { Finding, Group, Sample } from "./group.js";
import { shapeOf } from "./shape.js";
import { createPacketTally, type PacketTally } from "./tally.js";

export interface GroupLimits {
  readonly maxSamplesPerGroup: Readonly<Record<Layer, number>>;
  /** After so many, a finding joins the group of whatever else its program said. */
  readonly maxGroupsPerLayer: number;
  /** Of sample lines. The first line of a group may use all of it, further ones half. */
  readonly maxSampleBytesPerLayer: number;
}

export const defaultGroupLimits: GroupLimits = {
  // Of alarms each line matters: six logins are six addresses to look at.
  maxSamplesPerGroup: { never: 200, violation: 20, remainder: 5, ignored: 5 },
  maxGroupsPerLayer: 2000,
  maxSampleBytesPerLayer: 4 * 1024 * 1024,
};

export interface GroupTableOptions {
  /** Without grouping each layer is one group, its lines in reading order. */
  readonly isGrouped: boolean;
  readonly limits: GroupLimits;
}

/** What becomes of a finding: kept as a sample, or only counted. */
export type Showing = "reported" | "counted";

export interface GroupTable {
  /** The line of a counted finding belongs in the report file. */
  add(finding: Finding): Showing;
  /** Worst layer first, then first seen; none empty. Plain JSON, to be handed to the next table as `earlier`. */
  groups(): readonly Group[];
}

/** Once a layer has all its own groups, each further program gets one; after so many, all others share one. */
const maxProgramGroups = 200;

/** Groups that count packets by port and network, in each layer. */
const maxPacketTallies = 20;

interface GrowingGroup {
  readonly layer: Layer;
  readonly shape: string;
  readonly rule: string | undefined;
  count: number;
  firstMs: number;
  lastMs: number;
  readonly samples: Sample[];
  packets: PacketTally | undefined;
}

interface LayerTable {
  readonly groups: Map<string, GrowingGroup>;
  sampleBytes: number;
  packetTallies: number;
}

/** Goes on where the groups of an earlier batch left off. */
export function createGroupTable(
  { isGrouped, limits }: GroupTableOptions,
  earlier: readonly Group[] = [],
): GroupTable {
  const tables: Readonly<Record<Layer, LayerTable>> = {
    never: newLayerTable(),
    violation: newLayerTable(),
    remainder: newLayerTable(),
    ignored: newLayerTable(),
  };
  for (const group of earlier) restore(tables[group.layer], group);

  return {
    add(finding) {
      const table = tables[finding.verdict.layer];
      const group = isGrouped ? groupFor(table, finding, limits) : groupOf(table, finding, "", undefined);
      countLine(group, finding.entry.timestampMs);
      if (isGrouped) countPacket(table, group, finding.entry);
      const maxSamples = isGrouped ? limits.maxSamplesPerGroup[finding.verdict.layer] : Infinity;
      const isFurther = isGrouped && group.samples.length > 0;
      const maxBytes = isFurther ? limits.maxSampleBytesPerLayer / 2 : limits.maxSampleBytesPerLayer;
      const bytes = table.sampleBytes + finding.line.length;
      if (group.samples.length >= maxSamples || bytes > maxBytes) return "counted";
      table.sampleBytes = bytes;
      const { source, line, trueLengthBytes } = finding;
      group.samples.push({ source, line, trueLengthBytes });
      return "reported";
    },
    groups: () => Object.values(tables).flatMap((table) => [...table.groups.values()].map(settled)),
  };
}

function newLayerTable(): LayerTable {
  return { groups: new Map(), sampleBytes: 0, packetTallies: 0 };
}

function groupFor(table: LayerTable, finding: Finding, limits: GroupLimits): GrowingGroup {
  const rule = ruleOf(finding);
  const shape = shapeOf(finding.entry);
  if (table.groups.has(keyOf(shape, rule)) || table.groups.size < limits.maxGroupsPerLayer)
    return groupOf(table, finding, shape, rule);
  const program = `other lines of ${finding.entry.appName ?? asLatin1(finding.source)}`;
  const maxGroups = limits.maxGroupsPerLayer + maxProgramGroups;
  if (table.groups.has(keyOf(program, undefined)) || table.groups.size < maxGroups)
    return groupOf(table, finding, program, undefined);
  return groupOf(table, finding, "other lines", undefined);
}

function groupOf(table: LayerTable, finding: Finding, shape: string, rule: string | undefined): GrowingGroup {
  const known = table.groups.get(keyOf(shape, rule));
  if (known) return known;
  const group: GrowingGroup = {
    layer: finding.verdict.layer,
    // A slice would hold on to the whole line it was cut from, 64 KiB for each group.
    shape: Buffer.from(shape, "latin1").toString("latin1"),
    rule,
    count: 0,
    firstMs: Infinity,
    lastMs: -Infinity,
    samples: [],
    packets: undefined,
  };
  table.groups.set(keyOf(group.shape, rule), group);
  return group;
}

/** Shapes are bytes, names of sources are text. */
function asLatin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function keyOf(shape: string, rule: string | undefined): string {
  return rule === undefined ? shape : `${shape}\n${rule}`;
}

function ruleOf({ verdict: { rule } }: Finding): string | undefined {
  return rule && placeOf(rule);
}

function countLine(group: GrowingGroup, timestampMs: number | undefined): void {
  group.count += 1;
  if (timestampMs === undefined) return;
  if (timestampMs < group.firstMs) group.firstMs = timestampMs;
  if (timestampMs > group.lastMs) group.lastMs = timestampMs;
}

function countPacket(table: LayerTable, group: GrowingGroup, { firewall }: Entry): void {
  if (firewall === undefined) return;
  if (group.packets === undefined && group.count === 1 && table.packetTallies < maxPacketTallies) {
    group.packets = createPacketTally();
    table.packetTallies += 1;
  }
  group.packets?.add(firewall);
}

function restore(table: LayerTable, group: Group): void {
  const { layer, shape, rule, count, firstMs = Infinity, lastMs = -Infinity, tallies } = group;
  const packets = tallies && createPacketTally(tallies);
  if (packets) table.packetTallies += 1;
  const samples = [...group.samples];
  table.groups.set(keyOf(shape, rule), { layer, shape, rule, count, firstMs, lastMs, samples, packets });
  table.sampleBytes += samples.reduce((sum, { line }) => sum + line.length, 0);
}

function settled({ layer, shape, rule, count, firstMs, lastMs, samples, packets }: GrowingGroup): Group {
  return {
    layer,
    shape,
    ...(rule === undefined ? {} : { rule }),
    count,
    ...(firstMs === Infinity ? {} : { firstMs, lastMs }),
    samples: [...samples],
    ...(packets ? { tallies: packets.tallies() } : {}),
  };
}
