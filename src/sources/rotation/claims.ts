/**
 * Finds the file in which each segment of a log lives now.
 * Promise: content decides; inode and birth time only break ties; in doubt a file counts as never read.
 */
import type { Candidates } from "./candidates.js";
import { splitCompression } from "../bytes/compression.js";
import { fits, isSubstantial } from "./content.js";
import { hasContent, isStrong } from "./fingerprints.js";
import { isSameFile } from "../bytes/open.js";
import type { Sibling } from "./siblings.js";
import type { Segment } from "./segment.js";

/** The file of a segment: the one that bears the log's name, or a sibling. */
export type Place = "current" | Sibling;

/** Where the segments are that were found. */
export type Claims = ReadonlyMap<Segment, Place>;

/**
 * Claims a file for each segment, newest first, that still has one; no file for two.
 * Out: also the segments without those that turned out to be a copy of the newest.
 */
export async function claimFiles(
  candidates: Candidates,
  known: readonly Segment[],
): Promise<{ readonly claims: Claims; readonly known: readonly Segment[] }> {
  const claims = new Map<Segment, Place>();
  await claimByIdentity(candidates, known, claims);
  const newest = known[0];
  // A log by which little is known may be a new one in the same place, and what it was a copy elsewhere.
  if (claims.size < known.length || !newest || !isStrong(newest) || claims.get(newest) !== "current") {
    candidates.widen();
    await claimByIdentity(candidates, known, claims);
    const missing = known.filter((segment) => !claims.has(segment) && segment.birthtimeMs > 0);
    if (missing.length > 0) {
      // Renamed in a way that no list of names has: the file itself is still known.
      candidates.lookFor(missing.map(({ inode }) => inode));
      await claimByIdentity(candidates, known, claims);
    }
    await claimByContent(candidates, known, claims);
    claimPending(candidates, known, claims);
  }
  if (newest) await unclaimTruncated(candidates, newest, claims);
  const copied = newest && !claims.has(newest) ? await copyOf(candidates, newest, claims) : undefined;
  return { claims, known: known.filter((segment) => segment !== copied) };
}

/**
 * A run that falls between the copy and the truncation of copytruncate takes the copy for one that needs no reading.
 * That is true if the run reads the log to its end. If it did not, the rest is in the copy, which the newest segment
 * then takes over. Out: the segment that it was taken from.
 */
async function copyOf(
  candidates: Candidates,
  newest: Segment,
  claims: Map<Segment, Place>,
): Promise<Segment | undefined> {
  const files = [...(candidates.current ? [candidates.current.file] : []), ...candidates.siblings];
  const isTruncated = files.some((file) => isSameFile(newest, file));
  if (!hasContent(newest) || !(isTruncated || isStrong(newest))) return undefined;
  for (const [segment, place] of claims) {
    // A file that was read to its end is no mere copy: its rest was given.
    if (place === "current" || segment.writtenAt !== undefined) continue;
    if (!(await candidates.fits(place, newest))) continue;
    claims.delete(segment);
    claims.set(newest, place);
    return segment;
  }
  return undefined;
}

export function isCurrentClaimed(claims: Claims): boolean {
  return [...claims.values()].includes("current");
}

/** The siblings that no segment claims: nobody has read them. */
export function unclaimedIn(candidates: Candidates, claims: Claims): readonly Sibling[] {
  const paths = new Set([...claims.values()].map((place) => (place === "current" ? undefined : place.path)));
  return candidates.siblings.filter((sibling) => !paths.has(sibling.path));
}

/** Whether nothing of the sibling is left to read, going by what the directory says of it. */
export function isFinished(candidates: Candidates, sibling: Sibling, segment: Segment): boolean {
  if (isReadArchive(candidates, sibling, segment)) return true;
  return sibling.sizeBytes === segment.offsetBytes + (segment.flushedBytes ?? 0);
}

/** An archive gives its identity to a position only once it was read to its end. */
function isReadArchive(candidates: Candidates, sibling: Sibling, segment: Segment): boolean {
  if (splitCompression(sibling.path).compression === undefined || segment.offsetBytes === 0) return false;
  // Packed it is smaller than what it holds. Where it is not, it may be a plain file that has grown.
  return sibling.sizeBytes <= segment.offsetBytes || candidates.open(sibling)?.compression !== undefined;
}

/** An archive that could not be read when it was first seen. It may well be an older segment, packed. */
function isPending(sibling: Sibling, segment: Segment): boolean {
  return splitCompression(sibling.path).compression !== undefined && segment.offsetBytes === 0;
}

function claimPending(candidates: Candidates, known: readonly Segment[], claims: Map<Segment, Place>): void {
  for (const sibling of unclaimedIn(candidates, claims)) {
    const segment = known.find((one) => !claims.has(one) && isSameFile(one, sibling));
    if (segment && isPending(sibling, segment)) claims.set(segment, sibling);
  }
}

async function claimByIdentity(
  candidates: Candidates,
  known: readonly Segment[],
  claims: Map<Segment, Place>,
): Promise<void> {
  const { current } = candidates;
  for (const segment of known) {
    if (claims.has(segment)) continue;
    if (current && isSameFile(segment, current.file)) {
      if (!isCurrentClaimed(claims) && (await fits(current, segment))) claims.set(segment, "current");
      continue;
    }
    const sibling = unclaimedIn(candidates, claims).find((one) => isSameFile(segment, one));
    if (!sibling || isPending(sibling, segment)) continue;
    if (isReadArchive(candidates, sibling, segment) || (await candidates.fits(sibling, segment)))
      claims.set(segment, sibling);
  }
}

async function claimByContent(
  candidates: Candidates,
  known: readonly Segment[],
  claims: Map<Segment, Place>,
): Promise<void> {
  const { current } = candidates;
  // The segment of which most was read comes first: two files may begin alike. Of equals the older one does: a copy
  // of the newest that is left alone is no proof that the newest is still there.
  const byOffset = known.toReversed().toSorted((one, other) => other.offsetBytes - one.offsetBytes);
  for (const segment of byOffset) {
    if (claims.has(segment) || !hasContent(segment)) continue;
    // A few equal lines at the start do not make a new file the old one: in doubt it is read from its start.
    if (current && !isCurrentClaimed(claims) && isStrong(segment) && (await fits(current, segment))) {
      claims.set(segment, "current");
      continue;
    }
    const sibling = await fittingIn(candidates, segment, claims);
    if (sibling) claims.set(segment, sibling);
  }
}

/** The unclaimed file that holds what the segment's fingerprints stand for; of several, the one that holds most. */
async function fittingIn(
  candidates: Candidates,
  segment: Segment,
  claims: Claims,
): Promise<Sibling | undefined> {
  let fitting: Sibling | undefined;
  for (const sibling of unclaimedIn(candidates, claims)) {
    if (!(await candidates.fits(sibling, segment))) continue;
    // A later copy of the log holds what an earlier one held, and is read with the log itself.
    if (await isCopyOfClaimed(candidates, sibling, claims)) continue;
    const content = candidates.open(sibling);
    if (!fitting || (content && (await candidates.isBeginning(fitting, content)))) fitting = sibling;
  }
  return fitting;
}

async function isCopyOfClaimed(candidates: Candidates, sibling: Sibling, claims: Claims): Promise<boolean> {
  const own = candidates.open(sibling);
  // A few lines may well have been written twice.
  if (!own || !(await isSubstantial(own))) return false;
  for (const place of claims.values()) {
    const content = place === "current" ? candidates.current : candidates.open(place);
    if (content && (await candidates.isBeginning(sibling, content))) return true;
  }
  return false;
}

/**
 * copytruncate keeps the inode: a log that began anew with the lines it began with before looks like itself.
 * What gives it away is a copy that holds more of the old log than the new one does.
 */
async function unclaimTruncated(
  candidates: Candidates,
  newest: Segment,
  claims: Map<Segment, Place>,
): Promise<void> {
  const { current } = candidates;
  if (!current || claims.get(newest) !== "current" || !hasContent(newest)) return;
  for (const sibling of unclaimedIn(candidates, claims)) {
    if (!(await candidates.fits(sibling, newest)) || (await candidates.isBeginning(sibling, current)))
      continue;
    claims.set(newest, sibling);
    return;
  }
}
