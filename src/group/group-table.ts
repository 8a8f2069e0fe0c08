/**
 * Joins findings that read alike into groups, within bounds.
 * Promise: every finding is counted once, and a flood of one layer takes nothing from another.
 */
import type { Layer } from "../rules/layer.js";
import { placeOf } from "../rules/rule.js";
import type { RuleTitles, Title } from "../rules/titles/rule-titles.js";
import { inCommon, unsaidOf, wordsOf } from "../rules/titles/title-words.js";
import type { EarlierLine } from "../conditions/rates.js";
import type { Entry } from "../entry/entry.js";
import { bytesOfText, type ByteString, type Text } from "../std/text/byte-string.js";
import { fold, takeOver, type EventPlace } from "./event-lines.js";
import { OpenEvents } from "./events/open-events.js";
import { FurtherLines } from "./further-lines.js";
import { Hosts } from "./hosts.js";
import { lowerLayer } from "./expected.js";
import { restore, settled } from "./group-records.js";
import type { Expected, Finding, Group, Sample, Showing } from "./group.js";
import {
  enrol,
  hasRoomForOwn,
  hasRoomForProgram,
  keyOf,
  newLayerTable,
  numberOfNewKind,
  othersOf,
  type GroupLimits,
  type GrowingGroup,
  type LayerTable,
} from "./layer-table.js";
import { KeyTally } from "./key-values.js";
import { kindId } from "./kind.js";
import { floorBytes, maxLineBytes, sampleOf } from "./sample.js";
import { shapeOf } from "./shape.js";
import { createPacketTally } from "./tally.js";

export const defaultGroupLimits: GroupLimits = {
  // Of alarms each line matters: six logins are six addresses to look at.
  maxSamplesPerGroup: { never: 200, violation: 20, remainder: 5, ignored: 5 },
  maxGroupsPerLayer: 2000,
  maxSampleBytesPerLayer: 4 * 1024 * 1024,
};

export interface GroupTableOptions {
  /** Without grouping each rule that raises lines is one group, and so is all else; lines are in reading order. */
  readonly isGrouped: boolean;
  readonly limits: GroupLimits;
  /** Left out: no group has a title. */
  readonly titles?: RuleTitles;
}

export interface GroupTable {
  /** The line of a counted finding belongs in the report file. */
  add(finding: Finding): Showing;
  /** Worst layer first, then first seen; none empty. Plain JSON, to be handed to the next table as `earlier`. */
  groups(): readonly Group[];
}

/** Further lines of a group that differ from its first ones. Without a rule, a line is hardly worth it. */
const maxDiffering: Readonly<Record<Layer, number>> = { never: 50, violation: 10, remainder: 0, ignored: 0 };

/** Groups that count packets by port and network, in each layer. */
const maxPacketTallies = 20;

/** Goes on where the groups of an earlier batch left off. */
export function createGroupTable(options: GroupTableOptions, earlier: readonly Group[] = []): GroupTable {
  const { isGrouped, limits, titles } = options;
  const tables: Readonly<Record<Layer, LayerTable>> = {
    never: newLayerTable(),
    violation: newLayerTable(),
    remainder: newLayerTable(),
    ignored: newLayerTable(),
  };
  for (const group of earlier) restore(tables[group.layer], group);
  const events = new OpenEvents<EventPlace>();

  const addEvent = (finding: Finding): Kept => {
    const table = tables[finding.verdict.layer];
    const group = isGrouped ? groupFor(table, finding, options) : ungroupedFor(table, finding, options);
    // Its first line has given it a title.
    if (group.count > 0 && (group.filledTitle || group.isTitleStored)) retitle(group, finding, titles);
    countLine(group, finding.entry.timestampMs);
    group.hosts.add(finding.entry.hostname);
    if (isGrouped) countPacket(table, group, finding.entry);
    group.keys?.add(finding.entry);
    if (finding.earlier?.length) keepEarlier(group, finding.earlier);
    const { showing, sample } = keepLine(table, group, finding, { isGrouped, limits });
    return { showing, place: { table, group, folded: 0, samples: sample ? [sample] : [] } };
  };

  return {
    add(finding) {
      // What came before a rule's minimum was reached is shown with the group of its rule.
      if (!isGrouped || finding.earlier?.length) return addEvent(finding).showing;
      const joint = events.judge(finding);
      const folded = joint.kind === "continues" ? fold(joint.event.place, finding, limits) : undefined;
      if (folded !== undefined) return folded;
      const { showing, place } = addEvent(finding);
      if (joint.kind === "leads") takeOver(place, joint.event.place, limits);
      if (joint.kind !== "continues") events.settle(place);
      return showing;
    },
    groups: () => Object.values(tables).flatMap((table) => [...table.groups.values()].map(settled)),
  };
}

interface Kept {
  readonly showing: Showing;
  readonly place: EventPlace;
}

/** Out: the sample, if the line became one of the first of its group. */
function keepLine(
  table: LayerTable,
  group: GrowingGroup,
  finding: Finding,
  { isGrouped, limits }: GroupTableOptions,
): { readonly showing: Showing; readonly sample?: Sample } {
  const { layer } = group;
  const keepsFurther = maxDiffering[layer] > 0;
  const kindNumber =
    isGrouped || !keepsFurther ? undefined : numberOfNewKind(table, shapeOfFinding(finding), ruleOf(finding));
  const kind = kindNumber === undefined ? {} : { kindNumber };
  const maxSamples = isGrouped ? limits.maxSamplesPerGroup[layer] : Infinity;
  const isFurther = isGrouped && group.firstSamples > 0;
  const maxBytes = isFurther ? limits.maxSampleBytesPerLayer / 2 : limits.maxSampleBytesPerLayer;
  const bytes = table.sampleBytes + Math.min(finding.line.length, maxLineBytes);
  if (group.further === undefined && group.firstSamples < maxSamples && bytes <= maxBytes) {
    table.sampleBytes = bytes;
    const sample = { ...sampleOf(finding, maxLineBytes), ...kind };
    group.samples.push(sample);
    group.firstSamples += 1;
    return { showing: sample.isInReportFile ? "counted" : "reported", sample };
  }
  if (!keepsFurther) return { showing: "counted" };
  if (group.firstSamples === 0 || kindNumber !== undefined) {
    const sample: Sample = { ...sampleOf(finding, floorBytes), isInReportFile: true, ...kind };
    group.samples.push(sample);
    group.firstSamples += 1;
    return { showing: "counted", sample };
  }
  group.further ??= new FurtherLines(group.samples);
  const roomBytes = limits.maxSampleBytesPerLayer / 2 - table.differingBytes;
  table.differingBytes += group.further.add(finding, maxDiffering[layer], roomBytes);
  return { showing: "counted" };
}

function keepEarlier(group: GrowingGroup, earlier: readonly EarlierLine[]): void {
  const samples = earlier.map(({ source, line, trueLengthBytes }): Sample => ({
    source,
    line,
    trueLengthBytes,
  }));
  group.earlier = [...group.earlier, ...samples].slice(0, maxEarlier);
}

/** As many as are kept until a minimum is reached. */
const maxEarlier = 100;

function groupFor(table: LayerTable, finding: Finding, { limits, titles }: GroupTableOptions): GrowingGroup {
  const rule = ruleOf(finding);
  const shape = shapeOfFinding(finding);
  const known = table.groups.get(keyOfFinding(finding, shape, rule, true));
  if (known) return known;
  if (hasRoomForOwn(table, rule, limits))
    return newGroup(table, finding, shape, { rule, titles, isOwn: true });
  const program = `${othersOf} of ${finding.entry.appName ?? bytesOfText(finding.source)}`;
  const others = table.groups.get(keyOfFinding(finding, program, rule, false));
  if (others) return others;
  if (hasRoomForProgram(table)) return newGroup(table, finding, program, { rule, titles });
  return groupOf(table, finding, othersOf, { rule, titles });
}

/** What a rule raised has its title; all else is one group. */
function ungroupedFor(table: LayerTable, finding: Finding, { titles }: GroupTableOptions): GrowingGroup {
  const { layer } = finding.verdict;
  const rule = layer === "never" || layer === "violation" ? ruleOf(finding) : undefined;
  return groupOf(table, finding, "", { rule, titles });
}

interface GroupKind {
  readonly rule?: Text | undefined;
  readonly titles?: RuleTitles | undefined;
  /** Whether its lines read alike. */
  readonly isOwn?: boolean;
}

/** The group of lines that do not read alike. */
function groupOf(
  table: LayerTable,
  finding: Finding,
  shape: ByteString,
  { rule, titles }: GroupKind = {},
): GrowingGroup {
  const known = table.groups.get(keyOfFinding(finding, shape, rule, false));
  return known ?? newGroup(table, finding, shape, { rule, titles });
}

function newGroup(
  table: LayerTable,
  finding: Finding,
  shape: ByteString,
  { rule, titles, isOwn = false }: GroupKind,
): GrowingGroup {
  const { layer, because } = finding.verdict;
  const expected = isOwn ? expectedOf(finding, shape) : undefined;
  const group: GrowingGroup = {
    layer,
    because,
    expected,
    // A slice would hold on to the whole line it was cut from, 64 KiB for each group.
    shape: Buffer.from(shape, "latin1").toString("latin1"),
    rule,
    kind: kindId(finding.verdict.layer, finding.verdict.rule?.text, shape),
    count: 0,
    folded: 0,
    firstMs: Infinity,
    lastMs: -Infinity,
    samples: [],
    earlier: [],
    firstSamples: 0,
    further: undefined,
    packets: undefined,
    hosts: new Hosts(),
    // What no rule decides, and does not read alike, is many things.
    ...titled(rule === undefined && !isOwn ? undefined : titleOf(finding, titles)),
  };
  enrol(table, group);
  return group;
}

function titleOf({ verdict, line, readAs }: Finding, titles: RuleTitles | undefined): Title | undefined {
  return titles?.titleOf(verdict.rule, readAs ?? line);
}

function titled({ words, band, key, filled }: Title = {}): Pick<
  GrowingGroup,
  "title" | "band" | "keys" | "filledTitle"
> {
  return { title: words, band, keys: key && new KeyTally(key), ...(filled && { filledTitle: filled }) };
}

/** What a further line makes untrue of the title is not said any more. */
function retitle(group: GrowingGroup, finding: Finding, titles: RuleTitles | undefined): void {
  const filled = titleOf(finding, titles)?.filled;
  const before = group.filledTitle ?? (filled && wordsOf(filled) !== group.title ? unsaidOf(filled) : filled);
  group.isTitleStored = false;
  if (filled === undefined || before === undefined) return;
  group.filledTitle = inCommon(before, filled);
  group.title = wordsOf(group.filledTitle);
}

/** Without an own group, lines of all minutes share one, and none is expected. */
function keyOfFinding(finding: Finding, shape: ByteString, rule: Text | undefined, isOwn: boolean): string {
  return keyOf(shape, rule, finding.verdict.because, isOwn ? minuteOf(finding) : undefined);
}

/** The minute of a line that may be expected then; undefined for all others. */
function minuteOf({ verdict: { rule, because }, entry }: Finding): number | undefined {
  if (rule?.directives?.near === undefined || because !== undefined) return undefined;
  return entry.timestampMs === undefined ? undefined : Math.floor(entry.timestampMs / 60_000);
}

function expectedOf(finding: Finding, shape: ByteString): Expected | undefined {
  const minute = minuteOf(finding);
  const { layer, rule } = finding.verdict;
  const near = rule?.directives?.near;
  if (minute === undefined || near === undefined) return undefined;
  return { near, minute, kind: kindId(lowerLayer(layer), rule?.text, shape) };
}

/** What is first seen is a kind of its own. */
export function shapeOfFinding({ entry, verdict }: Pick<Finding, "entry" | "verdict">): ByteString {
  return verdict.firstSeen ?? shapeOf(entry);
}

function ruleOf({ verdict: { rule } }: Finding): Text | undefined {
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
