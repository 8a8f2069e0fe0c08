/**
 * The kept history: what the logs have, rotated ones too, and what reports told before that.
 * Promise: bounded; no line is given twice, and where the logs could be read they alone are asked. Reads beside the runs and
 * moves nothing.
 */
import { timestampOf } from "../../entry/header.js";
import { discoverSources } from "../../sources/discover.js";
import { usualLookBack } from "../../sources/look-back.js";
import { usualLogs } from "../../sources/usual-logs.js";
import { realDisk } from "../../std/disk.js";
import { shortHostName } from "../../std/host-name.js";
import type { Notice } from "../../std/notice.js";
import type { Text } from "../../std/text/byte-string.js";
import { Archive, type ArchivedPart } from "../../store/archive.js";
import type { ArchivedLine } from "../../store/archive-file.js";
import { ScanBudget, scanLogs, usualScan, type LineSink, type ReadSpan } from "./scan-logs.js";
import type { CheckSettings } from "../settings.js";

/** How far back to look where nobody says: as far as logs usually go before they are rotated. */
export const usualHistoryMs = 7 * 86_400_000;

export interface HistoryOptions {
  /** The state directory, which has the archive. */
  readonly state: string;
  readonly lookBackMs: number;
  readonly now: Date;
  /** Left out: 256 MiB and ten seconds. */
  readonly limits?: { readonly bytes: number; readonly milliseconds: number };
}

export interface HistoryRead {
  /** Whether all was read that the limits may cut off. */
  readonly isAllRead: boolean;
  /** Lines out of the archive, and how many more were reported with them and are not in it. */
  readonly archivedLines: number;
  readonly leftOut: number;
  /** From when on the logs were read, ms since the epoch: before it there are only lines that were reported. Infinity: none was. */
  readonly logsFromMs: number;
  /** About the archive. */
  readonly notices: readonly Notice[];
}

/** Hands all lines to the sink, first those of the logs, source by source. A line that states no time counts as of its report. */
export async function readHistory(
  sink: LineSink,
  settings: Pick<CheckSettings, "sources">,
  { state, lookBackMs, now, limits = usualScan }: HistoryOptions,
): Promise<HistoryRead> {
  const budget = new ScanBudget(limits);
  const context = {
    now,
    hostname: shortHostName(),
    timestampOf: (line: Uint8Array) => timestampOf(line, now),
    readsForms: true,
  };
  const wanted = settings.sources ?? usualLogs(usualLookBack);
  const spans = await scanLogs(
    sink,
    [lookBackMs],
    (firstRun) =>
      discoverSources(
        wanted.map((each) => ({ ...each, firstRun })),
        new Set(),
        context,
      ),
    { budget, timestampOf: context.timestampOf },
  );
  const isAllRead = !budget.isOver;
  const oldest = new Date(now.getTime() - lookBackMs);
  const archive = new Archive(realDisk, state);
  const archiveBudget = new ScanBudget(limits);
  let [archivedLines, leftOut, isArchiveRead] = [0, 0, true];
  for (const part of archive.since(oldest)) {
    if (archiveBudget.isOver) {
      isArchiveRead = false;
      break;
    }
    leftOut += part.leftOut;
    const lines = unreadLines(part, oldest, spans);
    archivedLines += lines.length;
    archiveBudget.spend(give(lines, sink));
  }
  return {
    isAllRead: isAllRead && isArchiveRead,
    archivedLines,
    leftOut,
    logsFromMs: Math.min(Infinity, ...[...spans.values()].map(({ fromMs }) => fromMs)),
    notices: archive.notices,
  };
}

/** Those that the logs did not give. */
function unreadLines(
  { lines, at }: ArchivedPart,
  oldest: Date,
  spans: ReadonlyMap<Text, ReadSpan>,
): readonly ArchivedLine[] {
  return lines.filter(({ source, line }) => {
    const timeMs = timestampOf(Buffer.from(line, "latin1"), at) ?? at.getTime();
    const span = spans.get(source);
    return timeMs >= oldest.getTime() && !(span && timeMs >= span.fromMs && timeMs <= span.toMs);
  });
}

/** Out: how many bytes were given. */
function give(lines: readonly ArchivedLine[], sink: LineSink): number {
  let given = 0;
  for (const [name, ofSource] of bySource(lines)) {
    const kind = ofSource[0]?.sourceKind ?? name;
    for (let next = 0; next < ofSource.length;) {
      const { buffer } = sink;
      const readAs: (Uint8Array | undefined)[] = [];
      let lengthBytes = 0;
      for (; next < ofSource.length; next++) {
        const bytes = Buffer.from(`${ofSource[next]!.line}\n`, "latin1");
        if (lengthBytes + bytes.length > buffer.length) break;
        buffer.set(bytes, lengthBytes);
        lengthBytes += bytes.length;
        const read = ofSource[next]!.readAs;
        readAs.push(read === undefined ? undefined : Buffer.from(`${read}\n`, "latin1"));
      }
      // No line of the archive is longer than any buffer.
      if (lengthBytes === 0) break;
      const isReadAs = readAs.some((read) => read !== undefined);
      sink.take({ kind: "lines", lengthBytes, ...(isReadAs && { readAs }) }, { name, kind });
      given += lengthBytes;
    }
  }
  return given;
}

function bySource(lines: readonly ArchivedLine[]): ReadonlyMap<Text, readonly ArchivedLine[]> {
  const sources = new Map<Text, ArchivedLine[]>();
  for (const line of lines) {
    const ofSource = sources.get(line.source);
    if (ofSource) ofSource.push(line);
    else sources.set(line.source, [line]);
  }
  return sources;
}
