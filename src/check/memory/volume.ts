/**
 * What the hourly job knows of how many lines are usual, for each source and each sort of ignored lines.
 * Promise: what a run learns is of the commit that stores its positions, so that no line counts twice or never.
 */
import {
  decodeVolume,
  encodeVolume,
  volumeName,
  type LineCounts,
  type VolumeRecords,
} from "../../memory/volume/records.js";
import { judgeVolume, type VolumeMark } from "../../memory/volume/volume.js";
import type { Verdict } from "../../rules/layer.js";
import { changedSince } from "../../rules/files/changed-since.js";
import { ruleWording } from "../../rules/rule-wording.js";
import type { Memory, Progress } from "../../run/product.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";
import type { Stored } from "../../store/stored.js";

export class VolumeMemory {
  private readonly known: VolumeRecords | undefined;
  private readonly now: Date;
  private readonly lastSuccess: Date | undefined;
  private changed: VolumeRecords | undefined;

  constructor({ store }: Memory, { now, lastSuccess }: { readonly now: Date; readonly lastSuccess?: Date }) {
    this.known = decodeVolume(store.memory(volumeName));
    this.now = now;
    this.lastSuccess = lastSuccess;
  }

  /** The run goes on, or another run will. */
  pause(progress: Progress<Verdict>): void {
    const { sinceMs = this.now.getTime(), sources = {}, ignored = {} } = this.known ?? {};
    this.changed = { sinceMs, sources, ignored, unfinished: this.countsOf(progress) };
  }

  /** The run has read all there is. Out: what had far more lines than usual, first what stands out most. */
  finish(progress: Progress<Verdict>): readonly VolumeMark[] {
    const nowMs = this.now.getTime();
    // Of how many hours the lines of a first run are is not known.
    if (this.lastSuccess === undefined) {
      const { sinceMs = nowMs, sources = {}, ignored = {} } = this.known ?? {};
      this.changed = { sinceMs, sources, ignored };
      return [];
    }
    let files: ReturnType<typeof filesOf> | undefined;
    const { marks, records } = judgeVolume(this.known, {
      ...this.countsOf(progress),
      isYoungerThan: (name, timeMs) =>
        ((files ??= filesOf(progress)).get(name) ?? []).some((file) => changedSince(file, timeMs)),
      hours: (nowMs - this.lastSuccess.getTime()) / 3_600_000,
      nowMs,
    });
    this.changed = records;
    return marks;
  }

  toRemember(): Readonly<Record<string, Stored>> {
    const { changed, known } = this;
    if (changed === undefined || JSON.stringify(changed) === JSON.stringify(known)) return {};
    return { [volumeName]: encodeVolume(changed) };
  }

  /** With those of the runs before that did not end. */
  private countsOf({ ledger, counts }: Progress<Verdict>): NonNullable<VolumeRecords["unfinished"]> {
    const { sources = {}, ignored = {} } = this.known?.unfinished ?? {};
    const ofRun = [...counts].flatMap(([verdict, lines]): (readonly [string, number])[] => {
      const name = wordingOf(verdict);
      return name === undefined ? [] : [[name, lines]];
    });
    return {
      sources: summed(
        sources,
        ledger.map(({ source, read }) => [source, read] as const),
      ),
      ignored: summed(ignored, ofRun),
    };
  }
}

function wordingOf({ layer, rule }: Verdict): ByteString | undefined {
  return layer === "ignored" && rule ? ruleWording(rule) : undefined;
}

function filesOf({ counts }: Progress<Verdict>): ReadonlyMap<ByteString, readonly Text[]> {
  const files = new Map<ByteString, Text[]>();
  for (const verdict of counts.keys()) {
    const name = wordingOf(verdict);
    if (name === undefined || verdict.rule === undefined) continue;
    files.set(name, [...(files.get(name) ?? []), verdict.rule.file]);
  }
  return files;
}

function summed(before: LineCounts, more: readonly (readonly [string, number])[]): LineCounts {
  const sums = new Map(Object.entries(before));
  for (const [name, lines] of more) if (lines > 0) sums.set(name, (sums.get(name) ?? 0) + lines);
  return Object.fromEntries(sums);
}
