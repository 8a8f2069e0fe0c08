/**
 * The kinds of lines that the logs of before have.
 * Promise: nothing of the last day is among them, so that a first report tells it as new; bounded as the groups of a report.
 */
import { readEntryOf } from "../entry/header.js";
import { createGroupTable, defaultGroupLimits } from "../group/group-table.js";
import type { Group } from "../group/group.js";
import { lineText } from "../std/text/line-text.js";
import type { ScannedLine } from "./scan-logs.js";

const dayMs = 86_400_000;
/** Of a line, and no line is kept. */
const maxLookedAtBytes = 65_536;

export class HistoryKinds {
  private readonly now: Date;
  private readonly table = createGroupTable({
    isGrouped: true,
    limits: { ...defaultGroupLimits, maxSampleBytesPerLayer: 0 },
  });

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
    this.table.add({ source, line, trueLengthBytes: line.length, verdict: { layer: "remainder" }, entry });
  }

  groups(): readonly Group[] {
    return this.table.groups();
  }
}
