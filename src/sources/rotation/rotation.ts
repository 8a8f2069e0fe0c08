/**
 * Answers "where did this log go?": which file each segment lives in now, and which files were never read.
 * Promise: nothing is read twice, nothing is passed over in silence, though names change while we look.
 */
import type { Notice } from "../../std/notice.js";
import { Candidates } from "./candidates.js";
import { claimFiles, isCurrentClaimed, isFinished, type Claims } from "./claims.js";
import { splitCompression } from "../bytes/compression.js";
import type { Content } from "./content.js";
import { withKnownLines } from "./known/known-lines.js";
import type { LineDigests } from "./known/line-digests.js";
import { asHistory, asPending, settledIn } from "./make-segment.js";
import type { Log } from "./log.js";
import { lossesOf } from "./losses.js";
import type { Part } from "./part.js";
import { hasContent } from "./fingerprints.js";
import { isMissing, isSameFile } from "../bytes/open.js";
import type { Sibling } from "./siblings.js";
import type { Segment } from "./segment.js";
import { sortUnread } from "./unread.js";

export interface Whereabouts {
  /** Oldest first; all open, to be closed by the caller. */
  readonly parts: readonly Part[];
  /** Everything known so far, newest first: what a position must not forget. */
  readonly segments: readonly Segment[];
  /**
   * Copies of what the parts hold: they count as read once the parts are read to their end. If a part is destroyed
   * before that, its copy is new.
   */
  readonly copies: readonly Segment[];
  readonly notices: readonly Notice[];
}

/** How often the search begins anew, where names change meanwhile, before the log is left for the next run. */
const attempts = 8;

/**
 * Finds all that is to be read of a log, given what was read of it: its segments, newest first, and the lines that were
 * read last. Throws when the log is there but cannot be opened.
 */
export async function findSegments(
  log: Log,
  known: readonly Segment[],
  digests?: LineDigests,
): Promise<Whereabouts> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const candidates = new Candidates(log);
    let kept: ReadonlySet<Content> = new Set();
    try {
      const whereabouts = await conclude(log, candidates, known, digests);
      if (!candidates.areUndisturbed()) continue;
      kept = new Set(whereabouts.parts.map((part) => part.content));
      return whereabouts;
    } catch (error) {
      // A file that was there when the directory was read is gone: a rotation is under way.
      if (!isMissing(error)) throw error;
    } finally {
      candidates.closeAllBut(kept);
    }
  }
  throw new Error("is being rotated again and again");
}

async function conclude(
  log: Log,
  candidates: Candidates,
  before: readonly Segment[],
  digests: LineDigests | undefined,
): Promise<Whereabouts> {
  const { claims, known } = await claimFiles(candidates, before);
  const { fresh, history, copies, pending } = await sortUnread(candidates, known, claims);
  const { current } = candidates;
  const unreadable = unreadableIn(candidates, known, claims);
  const found: Part[] = [];
  const kept: Segment[] = [];
  for (const segment of known) {
    const place = claims.get(segment);
    const placed = place && placedAt(candidates, place, segment, log.now);
    if (placed) kept.push(placed.segment);
    // It may be in a file that cannot be read now.
    else if (unreadable.size > 0 && !isForgotten(segment, log.now)) kept.push(asMissing(segment, log.now));
    if (placed?.part) found.unshift(placed.part);
  }
  for (const sibling of fresh) {
    const content = candidates.open(sibling);
    if (content) found.push({ content, segment: undefined, isCurrent: false });
  }
  for (const sibling of history) kept.push(await historyOf(candidates, sibling, log));
  const copied: Segment[] = [];
  for (const sibling of copies) copied.push(await historyOf(candidates, sibling, log));
  const isKept = (sibling: Sibling) => kept.some((segment) => isSameFile(segment, sibling));
  kept.push(...pending.filter((sibling) => !isKept(sibling)).map((sibling) => asPending(sibling, log.now)));
  if (current && !isCurrentClaimed(claims) && !(await candidates.isCurrentOfAnother()))
    found.push({ content: current, segment: undefined, isCurrent: true });
  // The log itself comes last, after everything that was rotated away before it.
  found.sort((one, other) => Number(one.isCurrent) - Number(other.isCurrent));
  const { path, now, framing } = log;
  const last = known.find(hasContent);
  const isLastMissing = last === undefined || !claims.has(last);
  const { parts, notices } = digests
    ? await withKnownLines(found, { digests, framing, known, isLastMissing })
    : { parts: found, notices: [] };
  const losses = lossesOf({
    path,
    now,
    lastRunMs: candidates.surroundings.lastRunMs,
    current: current?.file,
    siblings: candidates.siblings,
    known,
    claims,
    hasFresh: fresh.length > 0,
    isSetBack: notices.length > 0,
    hasUnreadable: unreadable.size > 0,
  });
  const unread = [...unreadable].map(([where, what]) => ({
    where,
    what,
    done: "not read, will be tried again",
    about: "unread source" as const,
  }));
  // That a log of a glob is gone is no news once it was read to its end.
  const isMissed = !current && (parts.length > 0 || (log.isGlobbed !== true && kept.length > 0));
  const missing = !isMissed
    ? []
    : [{ where: path, what: "does not exist", done: "reading what it was rotated to" }];
  return { parts, segments: kept, copies: copied, notices: [...unread, ...notices, ...losses, ...missing] };
}

/** What could not be read, by its path. A directory that cannot be listed matters only where a file is missing. */
function unreadableIn(
  candidates: Candidates,
  known: readonly Segment[],
  claims: Claims,
): ReadonlyMap<string, string> {
  const isAllFound = known.length > 0 && known.every((segment) => claims.has(segment));
  return new Map([...candidates.unreadable, ...(isAllFound ? [] : candidates.unlisted)]);
}

/** How long a file is looked for that may be where nobody can read. */
const keptMs = 400 * 24 * 3_600_000;

function isForgotten({ rotatedSince }: Segment, now: Date): boolean {
  return rotatedSince !== undefined && now.getTime() - Date.parse(rotatedSince) > keptMs;
}

/** The segment of a file that was not found: it does not bear the log's name any more. */
function asMissing(segment: Segment, now: Date): Segment {
  return { ...segment, rotatedSince: segment.rotatedSince ?? now.toISOString() };
}

/** The segment as it is kept, and the part if there may be more of it to read. */
function placedAt(
  candidates: Candidates,
  place: "current" | Sibling,
  segment: Segment,
  now: Date,
): { readonly segment: Segment; readonly part?: Part } {
  if (place !== "current" && isSameFile(segment, place) && isFinished(candidates, place, segment))
    return { segment: { ...asRotated(segment, place, now), ...settledIn(place) } };
  const content = place === "current" ? candidates.current : candidates.open(place);
  if (!content) throw new Error("bug: a file was claimed that is not open");
  return { segment, part: { content, segment, isCurrent: place === "current" } };
}

/** The segment of a file that bears another name now. Archives are not written to any more. */
function asRotated(segment: Segment, sibling: Sibling, now: Date): Segment {
  const isArchive = splitCompression(sibling.path).compression !== undefined;
  if (isArchive || segment.rotatedSince !== undefined) return segment;
  return { ...segment, rotatedSince: now.toISOString() };
}

async function historyOf(candidates: Candidates, sibling: Sibling, log: Log): Promise<Segment> {
  const content = candidates.open(sibling);
  const history = content && (await candidates.unlessDamaged(sibling, () => asHistory(content, log.framing)));
  return history ?? asPending(sibling, log.now);
}
