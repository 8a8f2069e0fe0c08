/**
 * Decides what of a log is read when no position says how far it was read.
 * Promise: what was rotated before is history; what is written to it from now on is news.
 */
import type { Notice } from "../../std/notice.js";
import type { Framing } from "../bytes/framing.js";
import { Trace } from "../bytes/trace.js";
import { Candidates } from "../rotation/candidates.js";
import { isBeginningOf, skipTo, streamContent, type Content } from "../rotation/content.js";
import { fingerprintsOf } from "../rotation/fingerprints.js";
import { asHistory, asWhole, segmentAt } from "../rotation/make-segment.js";
import type { Log } from "../rotation/log.js";
import type { Part } from "../rotation/part.js";
import type { Whereabouts } from "../rotation/rotation.js";
import type { Segment } from "../rotation/segment.js";
import type { Sibling } from "../rotation/siblings.js";
import type { LookBack } from "../source.js";
import { firstOffset, offsetOfTime, offsetOfTimeIn } from "./first-offset.js";
import type { FirstRun } from "./first-run.js";

/**
 * The log from where the look back begins, which `firstRunOf` tells for a file that was born then.
 * Throws when the log is not there or cannot be opened.
 */
export async function firstSight(log: Log, firstRunOf: (bornMs: number) => FirstRun): Promise<Whereabouts> {
  const { framing, now } = log;
  const candidates = new Candidates(log);
  const kept = new Set<Content>();
  try {
    const { current } = candidates;
    if (!current) throw new Error("does not exist");
    // Another log reads on in what was renamed to this one.
    if (await candidates.isCurrentOfAnother()) return { parts: [], segments: [], copies: [], notices: [] };
    candidates.widen();
    const { lookBack, isNew } = firstRunOf(current.file.birthtimeMs);
    const { offsetBytes, notices } = firstOffset(current.file, framing, lookBack, now);
    const earlier = new RotatedBefore(candidates, log, lookBack, isNew);
    // Where the log itself goes back far enough, what was rotated away before is older still.
    if (offsetBytes === 0) await earlier.look(current);
    const history: Segment[] = [];
    for (const sibling of candidates.siblings) {
      const part = earlier.parts.get(sibling.path);
      if (part) kept.add(part.content);
      history.push(part?.segment ?? (await historyOf(candidates, sibling, framing)));
    }
    const segment = segmentAt(current, offsetBytes);
    kept.add(current);
    return {
      parts: [...[...earlier.parts.values()].toReversed(), { content: current, segment, isCurrent: true }],
      segments: [segment, ...history],
      copies: [],
      // That a log was born is no news: its lines are.
      notices: isNew ? [] : [...notices, ...earlier.notices],
    };
  } finally {
    candidates.closeAllBut(kept);
  }
}

/** What the look back reaches of the files that a log was rotated to before its first run. */
class RotatedBefore {
  /** By their paths, newest first. */
  readonly parts = new Map<string, Part & { readonly segment: Segment }>();
  readonly notices: Notice[] = [];
  private readonly candidates: Candidates;
  private readonly log: Log;
  private readonly lookBack: LookBack;
  private readonly isNew: boolean;

  constructor(candidates: Candidates, log: Log, lookBack: LookBack, isNew: boolean) {
    this.candidates = candidates;
    this.log = log;
    this.lookBack = lookBack;
    this.isNew = isNew;
  }

  /** From the newest back, until one begins before the time that is looked back to. */
  async look(current: Content): Promise<void> {
    for (const sibling of this.candidates.siblings) {
      const content = this.isReached(sibling) ? this.candidates.open(sibling) : undefined;
      if (!content) continue;
      const part = await this.candidates.unlessDamaged(sibling, async () =>
        (await isBeginningOf(content, current)) ? undefined : this.partOf(content),
      );
      if (!part) continue;
      this.parts.set(sibling.path, part);
      if (part.segment.offsetBytes > 0) return;
    }
  }

  private isReached({ birthtimeMs, modifiedMs }: Sibling): boolean {
    const { now } = this.log;
    const { lastRunMs } = this.candidates.surroundings;
    // Born since the last run, and rotated away before this one.
    if (this.isNew) return lastRunMs !== undefined && (birthtimeMs === 0 || birthtimeMs > lastRunMs);
    return this.lookBack.kind === "duration" && modifiedMs >= now.getTime() - this.lookBack.milliseconds;
  }

  /** Undefined when the file states no time that is reached. */
  private async partOf(content: Content): Promise<(Part & { readonly segment: Segment }) | undefined> {
    const { lookBack, log } = this;
    const offsetBytes =
      lookBack.kind === "duration"
        ? await offsetOf(content, log.framing, log.now.getTime() - lookBack.milliseconds)
        : 0;
    if (offsetBytes === undefined) return undefined;
    const segment = { ...(await segmentFrom(content, offsetBytes)), rotatedSince: log.now.toISOString() };
    const { path, sizeBytes } = content.file;
    const done = `reading it from byte ${offsetBytes} on (${sizeBytes} bytes${content.compression ? ", compressed" : ""})`;
    this.notices.push({ where: path, what: "first run", done });
    return { content, segment, isCurrent: false };
  }
}

async function offsetOf(content: Content, framing: Framing, time: number): Promise<number | undefined> {
  if (content.compression === undefined) {
    const offsetBytes = offsetOfTime(content.file, framing, time);
    return offsetBytes === content.file.sizeBytes ? undefined : offsetBytes;
  }
  const stream = streamContent(content);
  try {
    return await offsetOfTimeIn(stream, framing, time);
  } finally {
    await stream.close();
  }
}

/** An archive gives its identity to a segment only once it was read to its end. */
async function segmentFrom(content: Content, offsetBytes: number): Promise<Segment> {
  if (content.compression === undefined) return segmentAt(content, offsetBytes);
  const stream = streamContent(content);
  try {
    const trace = (await skipTo(stream, offsetBytes)) ?? new Trace();
    return { device: 0, inode: 0, birthtimeMs: 0, offsetBytes, ...fingerprintsOf(trace) };
  } finally {
    await stream.close();
  }
}

/** What cannot be read now is not news later: it was there before the first run. */
async function historyOf(candidates: Candidates, sibling: Sibling, framing: Framing): Promise<Segment> {
  try {
    const content = candidates.open(sibling);
    if (content) return await asHistory(content, framing);
  } catch {
    // Damaged, gone, or its program is missing: its identity has to do.
  }
  return asWhole(sibling);
}
