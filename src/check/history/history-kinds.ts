/**
 * The kinds of lines that the logs of before have.
 * Promise: nothing of the last day is among them, so that a first report tells it as new; bounded as the groups of a report.
 */
import { isDuring, tellsOfBoot } from "../../conditions/circumstances.js";
import { readEntryOf } from "../../entry/header.js";
import { createGroupTable, defaultGroupLimits, type GroupTable } from "../../group/group-table.js";
import type { Group } from "../../group/group.js";
import { lineText } from "../../std/text/line-text.js";
import type { ScannedLine } from "./scan-logs.js";

const dayMs = 86_400_000;
/** Of a line, and no line is kept. */
const maxLookedAtBytes = 65_536;

/** As many boots are remembered. */
const mostBoots = 100;

export class HistoryKinds {
  private readonly now: Date;
  /** Lines that came while the machine booted, and all others. */
  private readonly ofBoots = newTable();
  private readonly others = newTable();
  private readonly bootsMs: number[] = [];

  constructor(now: Date) {
    this.now = now;
  }

  /** Takes a line that no rule decides. */
  add({ source, bytes, readAs }: Omit<ScannedLine<unknown>, "verdict">): void {
    const line = lineText(bytes).slice(0, maxLookedAtBytes);
    const read = readAs && lineText(readAs).slice(0, maxLookedAtBytes);
    const entry = readEntryOf(line, read, this.now);
    const { timestampMs = Infinity } = entry;
    if (timestampMs >= this.now.getTime() - dayMs) return;
    if (this.bootsMs.length < mostBoots && tellsOfBoot(entry)) this.bootsMs.push(timestampMs);
    const table = this.bootsMs.some((bootMs) => isDuring("boot", bootMs, timestampMs))
      ? this.ofBoots
      : this.others;
    table.add({ source, line, trueLengthBytes: line.length, verdict: { layer: "remainder" }, entry });
  }

  /** `isOfBoot`: all its lines came while the machine booted. */
  groups(): readonly { readonly group: Group; readonly isOfBoot: boolean }[] {
    const others = this.others.groups();
    const elsewhere = new Set(others.map(({ kind }) => kind));
    return [
      ...others.map((group) => ({ group, isOfBoot: false })),
      ...this.ofBoots
        .groups()
        .filter(({ kind }) => !elsewhere.has(kind))
        .map((group) => ({ group, isOfBoot: true })),
    ];
  }
}

function newTable(): GroupTable {
  return createGroupTable({
    isGrouped: true,
    limits: { ...defaultGroupLimits, maxSampleBytesPerLayer: 0 },
  });
}
