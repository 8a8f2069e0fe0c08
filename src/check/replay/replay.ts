/**
 * Runs the hourly job twice over the kept history, with two sets of rules, and says what differs.
 * Promise: the difference is that of the reports of two runs over the same lines, kind by kind.
 */
import type { StatesCache } from "../../ere/index.js";
import type { RuleSettings } from "../../rules/rule-settings.js";
import type { Source } from "../../sources/source.js";
import { usualLookBack } from "../../sources/look-back.js";
import { usualLogs } from "../../sources/usual-logs.js";
import type { Notice } from "../../std/notice.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { lineText } from "../../std/text/line-text.js";
import type { LinesChunk } from "../../rules/classify/classified-lines.js";
import { readHistory, type HistoryOptions, type HistoryRead } from "../history/kept-history.js";
import type { LineSink } from "../history/scan-logs.js";
import type { CheckSettings } from "../settings.js";
import { changedKinds, keyOf, type ChangedKind, type LayerCounts, countLayers } from "./changed-kinds.js";
import { Side } from "./side.js";

export interface Replay {
  /** The worst change first. */
  readonly changes: readonly ChangedKind[];
  /** Lines that were read. */
  readonly lines: number;
  /** Lines that reports tell, before and after. */
  readonly before: LayerCounts;
  readonly after: LayerCounts;
  readonly history: HistoryRead;
  /** About rules that are off after the change and were not before. */
  readonly notices: readonly Notice[];
}

export interface ReplayOptions {
  readonly before: RuleSettings;
  readonly after: RuleSettings;
  readonly history: HistoryOptions;
  readonly cache: StatesCache | undefined;
}

/** In: the settings of the job, but for its rules. */
export async function replay(
  settings: Pick<CheckSettings, "sources" | "report">,
  { before, after, history, cache }: ReplayOptions,
): Promise<Replay> {
  const wanted = settings.sources ?? usualLogs(usualLookBack);
  const options = {
    now: history.now,
    sourceKinds: new Set(wanted.map(({ kind }) => kind)),
    isGrouped: settings.report.group,
  };
  const runs = new TwoRuns(
    new Side(before, { ...options, cache }),
    // Rules that are only tried need no states on the disk.
    new Side(after, { ...options, cache: undefined }),
  );
  const read = await readHistory(runs, settings, history);
  const [groupsBefore, groupsAfter] = [runs.before.groups(), runs.after.groups()];
  const known = new Set(runs.before.notices.map(({ where, what }) => `${where}\n${what}`));
  return {
    changes: changedKinds(groupsBefore, groupsAfter, runs.samples),
    lines: runs.lines,
    before: countLayers(groupsBefore),
    after: countLayers(groupsAfter),
    history: read,
    notices: runs.after.notices.filter(({ where, what }) => !known.has(`${where}\n${what}`)),
  };
}

const mostSamples = 3;
const mostSampledKinds = 10_000;
const longestSampleBytes = 4096;

/** Hands each line to both runs. */
class TwoRuns implements LineSink {
  readonly before: Side;
  readonly after: Side;
  /** The first lines that one run told otherwise than the other, by layer and shape. */
  readonly samples = new Map<string, ByteString[]>();
  lines = 0;

  constructor(before: Side, after: Side) {
    this.before = before;
    this.after = after;
  }

  get buffer(): Uint8Array {
    return this.before.buffer;
  }

  take(chunk: LinesChunk, source: Pick<Source, "name" | "kind">): void {
    if (chunk.kind === "lines") this.after.buffer.set(this.before.buffer.subarray(0, chunk.lengthBytes));
    const [one, other] = [this.before.classify(chunk, source), this.after.classify(chunk, source)];
    this.lines += one.lineCount;
    if (one.selectedCount !== other.selectedCount)
      throw new Error(`bug: ${one.selectedCount} and ${other.selectedCount} lines of one chunk`);
    for (let index = 0; index < one.selectedCount; index++) {
      const told = [this.before.accept(one, index, source), this.after.accept(other, index, source)];
      if (told[0]?.layer === told[1]?.layer && told[0]?.shape === told[1]?.shape) continue;
      for (const as of told) if (as) this.sample(keyOf(as), one.line(index));
    }
  }

  private sample(key: string, line: Uint8Array): void {
    const known = this.samples.get(key);
    if (known === undefined && this.samples.size >= mostSampledKinds) return;
    if (known !== undefined && known.length >= mostSamples) return;
    this.samples.set(key, [...(known ?? []), lineText(line.subarray(0, longestSampleBytes))]);
  }
}
