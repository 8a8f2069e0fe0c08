/**
 * Tells new files from history among those that nobody has read.
 * Promise: in doubt a file is new; only what certainly stands elsewhere, or was there before, is passed over.
 */
import type { Candidates } from "./candidates.js";
import { unclaimedIn, type Claims } from "./claims.js";
import { isSubstantial, type Content } from "./content.js";
import { hasContent } from "./fingerprints.js";
import { isSameFile } from "../bytes/open.js";
import type { Sibling } from "./siblings.js";
import type { Segment } from "./segment.js";

/** A file that was last written to longer than this before the last run was put back from somewhere. */
const aliveMs = 24 * 3_600_000;

export interface Unread {
  /** To be read from their start; last written last. */
  readonly fresh: readonly Sibling[];
  /** Not to be read; what is written to them from now on is. */
  readonly history: readonly Sibling[];
  /** Not to be read if all else is read to its end: then they are history too. */
  readonly copies: readonly Sibling[];
  /** Could not be opened. */
  readonly pending: readonly Sibling[];
}

/** Sorts the files that no segment claims. */
export async function sortUnread(
  candidates: Candidates,
  known: readonly Segment[],
  claims: Claims,
): Promise<Unread> {
  // What is here for its inode alone, and turned out to be another file, is none of this log's.
  const unclaimed = unclaimedIn(candidates, claims)
    .filter(({ isNamed }) => isNamed)
    .toReversed();
  const isReadable = (sibling: Sibling) =>
    candidates.open(sibling) && !candidates.unreadable.has(sibling.path);
  const pending = unclaimed.filter((sibling) => !isReadable(sibling));
  const opened = unclaimed.filter(isReadable);
  const newest = known[0];
  const isCurrentKnown = newest !== undefined && claims.get(newest) === "current";
  // What turned up beside a log that is still the same was not rotated from it: it is history or a copy, or a log of its
  // own with a date in its name, which is written to now. But a file of which nothing was read
  // yet is known by no content: it may have left its place, or may have been copied and truncated.
  const mayBeFresh =
    !isCurrentKnown || known.some((one) => !hasContent(one) && (one === newest || !claims.has(one)));
  const { lastRunMs } = candidates.surroundings;
  const isAlive = ({ modifiedMs }: Sibling): boolean =>
    lastRunMs !== undefined && modifiedMs > lastRunMs - aliveMs;
  // The file that the log was, with other content than it had, is no history.
  const isKnown = (sibling: Sibling): boolean => known.some((segment) => isSameFile(segment, sibling));
  const history = mayBeFresh ? [] : opened.filter((sibling) => !isAlive(sibling) && !isKnown(sibling));
  let fresh: Sibling[] = [];
  const copies: Sibling[] = [];
  const read = readContents(candidates, claims);
  for (const sibling of opened) {
    if (history.includes(sibling)) continue;
    const elsewhere = [...read, ...fresh.flatMap((one) => candidates.open(one) ?? [])];
    if (await isCopy(candidates, sibling, elsewhere, isCurrentKnown)) {
      copies.push(sibling);
      continue;
    }
    // The original may be looked at later than its copy.
    const copied = await copiesOf(candidates, sibling, fresh);
    copies.push(...copied);
    fresh = [...fresh.filter((one) => !copied.includes(one)), sibling];
  }
  return { fresh, history, copies, pending };
}

/** The files that are read or were read: the log itself and what is claimed. */
function readContents(candidates: Candidates, claims: Claims): readonly Content[] {
  const siblings = [...claims.values()].filter((place) => place !== "current");
  return [
    ...(candidates.current ? [candidates.current] : []),
    ...siblings.flatMap((one) => candidates.open(one) ?? []),
  ];
}

/** Whether all that a file holds stands elsewhere too, as logrotate's `copy` leaves it. */
async function isCopy(
  candidates: Candidates,
  sibling: Sibling,
  elsewhere: readonly Content[],
  isCurrentKnown: boolean,
): Promise<boolean> {
  const { current } = candidates;
  const content = candidates.open(sibling);
  if (!content) return false;
  // What was renamed away was born before the file that took its name: one born after it is a copy of it.
  const isYounger = current && !content.compression && content.file.birthtimeMs > current.file.birthtimeMs;
  if (current && (isYounger || isCurrentKnown) && (await candidates.isBeginning(sibling, current)))
    return true;
  // A few lines may well have been written twice.
  if (!(await candidates.unlessDamaged(sibling, () => isSubstantial(content)))) return false;
  for (const other of elsewhere) if (await candidates.isBeginning(sibling, other)) return true;
  return false;
}

async function copiesOf(
  candidates: Candidates,
  original: Sibling,
  others: readonly Sibling[],
): Promise<readonly Sibling[]> {
  const content = candidates.open(original);
  if (!content) return [];
  const copies: Sibling[] = [];
  for (const other of others) if (await isCopy(candidates, other, [content], false)) copies.push(other);
  return copies;
}
