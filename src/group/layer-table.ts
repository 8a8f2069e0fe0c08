/**
 * The groups of one layer, within bounds.
 * Promise: groups that are forged to match one rule take nothing from those of another rule.
 */
import type { Condition, Layer } from "../rules/layer.js";
import type { ByteString, Text, Words } from "../std/text/byte-string.js";
import type { FilledTitle } from "../rules/titles/title-words.js";
import type { Band } from "../rules/files/directive-values.js";
import type { FurtherLines } from "./further-lines.js";
import type { Hosts } from "./hosts.js";
import type { Expected, Sample } from "./group.js";
import type { KeyTally } from "./key-values.js";
import type { PacketTally } from "./tally.js";

export interface GroupLimits {
  readonly maxSamplesPerGroup: Readonly<Record<Layer, number>>;
  /**
   * After so many, a finding joins the group of whatever else its program said. Where rules decide, one rule may have a
   * quarter more, all together twice as many as one, and each rule a few of its own, however many the others have.
   */
  readonly maxGroupsPerLayer: number;
  /** Of sample lines. The first line of a group may use all of it, further ones half. */
  readonly maxSampleBytesPerLayer: number;
}

/** Groups that a rule may have, even where the others filled the layer. */
const groupsOfEachRule = 20;

/** Once a layer has all its own groups, each further program gets one; after so many, all others share one. */
const maxProgramGroups = 200;

export interface GrowingGroup {
  readonly kind: string;
  readonly layer: Layer;
  readonly because: Condition | undefined;
  readonly expected: Expected | undefined;
  earlier: Sample[];
  readonly shape: ByteString;
  readonly rule: Text | undefined;
  count: number;
  folded: number;
  firstMs: number;
  lastMs: number;
  /** The first lines, each with those that belong to its event. */
  readonly samples: Sample[];
  /** Of the samples, those that are no others' parts. */
  firstSamples: number;
  /** Once the first lines have no more room. */
  further: FurtherLines | undefined;
  /** What happened, in words of rule files, and how bad that is. */
  title: Words | undefined;
  /** Where lines of its rule may have several titles: what is true of all of this group's. */
  filledTitle?: FilledTitle;
  /** An earlier batch gave it its title: whether other lines may have others is not known yet. */
  isTitleStored?: boolean;
  readonly band: Band | undefined;
  readonly keys: KeyTally | undefined;
  packets: PacketTally | undefined;
  readonly hosts: Hosts;
}

export interface LayerTable {
  readonly groups: Map<string, GrowingGroup>;
  /** Groups by rule, those of whatever else was said left out. */
  readonly groupsOfRule: Map<string | undefined, number>;
  ownGroups: number;
  /** Without grouping: the kinds that came, as groups they would have been. */
  readonly kinds: Set<string>;
  programGroups: number;
  sampleBytes: number;
  /** Of lines that differ from the first ones. */
  differingBytes: number;
  packetTallies: number;
}

export function newLayerTable(): LayerTable {
  return {
    groups: new Map(),
    groupsOfRule: new Map(),
    ownGroups: 0,
    kinds: new Set(),
    programGroups: 0,
    sampleBytes: 0,
    differingBytes: 0,
    packetTallies: 0,
  };
}

/** Begins the shape of a group of whatever else was said. */
export const othersOf = "other lines";

/** Whoever can write to the log can raise many groups of one rule: they must not take the room of another rule's. */
export function hasRoomForOwn(
  { groupsOfRule, ownGroups }: LayerTable,
  rule: string | undefined,
  { maxGroupsPerLayer }: GroupLimits,
): boolean {
  if (rule === undefined) return ownGroups < maxGroupsPerLayer;
  const ofRule = groupsOfRule.get(rule) ?? 0;
  const maxOfRule = maxGroupsPerLayer * 1.25;
  return ofRule < groupsOfEachRule || (ofRule < maxOfRule && ownGroups < 2 * maxOfRule);
}

/** Counts a group that is new to the table. */
export function enrol(table: LayerTable, group: GrowingGroup): void {
  const { shape, rule, because } = group;
  table.groups.set(keyOf(shape, rule, because, group.expected?.minute), group);
  if (shape.startsWith(othersOf)) {
    if (shape !== othersOf) table.programGroups += 1;
    return;
  }
  table.ownGroups += 1;
  table.groupsOfRule.set(rule, (table.groupsOfRule.get(rule) ?? 0) + 1);
}

/** Takes a group out that has no lines any more. */
export function dismiss(table: LayerTable, group: GrowingGroup): void {
  const { shape, rule } = group;
  table.groups.delete(keyOf(shape, rule));
  if (shape.startsWith(othersOf)) {
    if (shape !== othersOf) table.programGroups -= 1;
    return;
  }
  table.ownGroups -= 1;
  table.groupsOfRule.set(rule, (table.groupsOfRule.get(rule) ?? 1) - 1);
}

/** Whether a further program may have a group of whatever else it said. */
export function hasRoomForProgram({ programGroups }: LayerTable): boolean {
  return programGroups < maxProgramGroups;
}

export function keyOf(
  shape: ByteString,
  rule: Text | undefined,
  because?: Condition,
  minute?: number,
): string {
  if (rule === undefined) return shape;
  if (because === undefined && minute === undefined) return `${shape}\n${rule}`;
  return `${shape}\n${rule}\n${because ?? ""}\n${minute ?? ""}`;
}

/** More kinds than these are not told apart without grouping. */
const maxKinds = 5000;

/** Without grouping: how many kinds of the rule came before, where the line is the first of its kind. */
export function numberOfNewKind(
  { kinds, groupsOfRule }: LayerTable,
  shape: ByteString,
  rule: Text | undefined,
): number | undefined {
  const key = keyOf(shape, rule);
  if (kinds.size >= maxKinds || kinds.has(key)) return undefined;
  kinds.add(Buffer.from(key, "latin1").toString("latin1"));
  const number = groupsOfRule.get(rule) ?? 0;
  groupsOfRule.set(rule, number + 1);
  return number;
}
