/**
 * Groups as they are stored between two batches, and back.
 * Promise: a group that is settled and restored goes on as if there had been no pause.
 */
import { bytesOfText } from "../std/text/byte-string.js";
import { FurtherLines, isFirstLine, withDifferences } from "./further-lines.js";
import { Hosts } from "./hosts.js";
import type { Group, Sample } from "./group.js";
import { KeyTally } from "./key-values.js";
import { kindId } from "./kind.js";
import { enrol, type GrowingGroup, type LayerTable } from "./layer-table.js";
import { createPacketTally } from "./tally.js";

/** Takes up a group that an earlier batch left. */
export function restore(table: LayerTable, group: Group): void {
  const { layer, because, expected, shape, rule, count, folded = 0 } = group;
  const { firstMs = Infinity, lastMs = -Infinity } = group;
  const kind = group.kind ?? kindId(layer, rule && bytesOfText(rule), shape);
  const packets = group.tallies && createPacketTally(group.tallies);
  if (packets) table.packetTallies += 1;
  const samples = group.samples.filter(isFirstLine);
  const further = samples.length < group.samples.length ? new FurtherLines(group.samples) : undefined;
  const firstSamples = samples.filter((sample) => sample.folded === undefined).length;
  const earlier = [...(group.earlier ?? [])];
  const { title, band, keys = [] } = group;
  const keyTally =
    keys.length > 0
      ? new KeyTally(
          keys.map(({ by }) => by),
          keys,
        )
      : undefined;
  const verdict = { kind, layer, because, expected, shape, rule, title, band, keys: keyTally };
  const spans = { count, folded, firstMs, lastMs };
  const isTitleStored = title !== undefined;
  const hosts = new Hosts(group.hosts);
  enrol(table, {
    ...verdict,
    ...spans,
    samples,
    earlier,
    firstSamples,
    further,
    packets,
    hosts,
    isTitleStored,
  });
  table.sampleBytes += bytesOf(samples);
  table.differingBytes += bytesOf(group.samples.filter((sample) => !isFirstLine(sample)));
}

function bytesOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { line }) => sum + line.length, 0);
}

/** The group as it is stored and shown. */
export function settled(group: GrowingGroup): Group {
  const {
    because,
    expected,
    rule,
    title,
    band,
    keys,
    folded,
    earlier,
    firstMs,
    lastMs,
    samples,
    further,
    packets,
    hosts,
    ...rest
  } = group;
  const { firstSamples: _, filledTitle: __, isTitleStored: ___, ...same } = rest;
  return {
    ...same,
    ...(because && { because }),
    ...(expected && { expected }),
    ...(earlier.length > 0 && { earlier }),
    ...(rule === undefined ? {} : { rule }),
    ...(folded > 0 && { folded }),
    ...(firstMs === Infinity ? {} : { firstMs, lastMs }),
    samples: [...withDifferences(samples), ...(further?.samples() ?? [])],
    ...(title !== undefined && { title }),
    ...(band && { band }),
    ...(keys && { keys: keys.counts() }),
    ...(packets ? { tallies: packets.tallies() } : {}),
    ...(hosts.names.length > 0 && { hosts: hosts.names }),
  };
}
