/**
 * Decides what of a log is read when no position says how far it was read.
 * Promise: what was rotated before is history; what is written to it from now on is news.
 */
import type { Framing } from "../bytes/framing.js";
import { Candidates } from "../rotation/candidates.js";
import type { Content } from "../rotation/content.js";
import { asHistory, asWhole, segmentAt } from "../rotation/make-segment.js";
import type { Log } from "../rotation/log.js";
import type { Whereabouts } from "../rotation/rotation.js";
import type { Segment } from "../rotation/segment.js";
import type { Sibling } from "../rotation/siblings.js";
import type { LookBack } from "../source.js";
import { firstOffset } from "./first-offset.js";

/** The log from where the look back begins. Throws when it is not there or cannot be opened. */
export async function firstSight(log: Log, lookBack: LookBack): Promise<Whereabouts> {
  const { framing, now } = log;
  const candidates = new Candidates(log);
  const kept = new Set<Content>();
  try {
    const { current } = candidates;
    if (!current) throw new Error("does not exist");
    // Another log reads on in what was renamed to this one.
    if (await candidates.isCurrentOfAnother()) return { parts: [], segments: [], copies: [], notices: [] };
    candidates.widen();
    const history: Segment[] = [];
    for (const sibling of candidates.siblings) history.push(await historyOf(candidates, sibling, framing));
    const { offsetBytes, notices } = firstOffset(current.file, framing, lookBack, now);
    const segment = segmentAt(current, offsetBytes);
    kept.add(current);
    return {
      parts: [{ content: current, segment, isCurrent: true }],
      segments: [segment, ...history],
      copies: [],
      notices,
    };
  } finally {
    candidates.closeAllBut(kept);
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
