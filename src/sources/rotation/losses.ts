/**
 * Tells which lines of a log nobody can read any more.
 * Promise: where lines may have been destroyed before a run could see them, a notice says so.
 */
import type { Notice } from "../../std/notice.js";
import type { Claims } from "./claims.js";
import { splitCompression } from "../bytes/compression.js";
import { hasContent } from "./fingerprints.js";
import { isSameFile, type OpenFile } from "../bytes/open.js";
import type { Sibling } from "./siblings.js";
import type { Segment } from "./segment.js";

/** How long after its rotation a file may still be written to, by a program that has not opened the new one yet. */
const lateWritesMs = 72 * 3_600_000;

/** How long nobody wrote to a log that is finished. */
const idleMs = 24 * 3_600_000;

export interface Search {
  readonly path: string;
  readonly now: Date;
  /** When the last run ended well, in ms since the epoch, if it is known. */
  readonly lastRunMs?: number | undefined;
  readonly current: OpenFile | undefined;
  readonly siblings: readonly Sibling[];
  /** Newest first. */
  readonly known: readonly Segment[];
  readonly claims: Claims;
  /** Whether files were found that nobody has read. */
  readonly hasFresh: boolean;
  /** Whether a file was found that holds lines of one that is missing: that was said. */
  readonly isSetBack: boolean;
  /** Whether there are files that could not be read: what is missing may be in them. */
  readonly hasUnreadable: boolean;
}

/** What is lost, newest segment first. */
export function lossesOf(search: Search): readonly Notice[] {
  return search.known.flatMap((segment, age) => {
    const loss = lossOf(search, segment, age === 0);
    return loss ? [{ where: search.path, ...loss, isEvent: true, about: "lost lines" as const }] : [];
  });
}

type Loss = Pick<Notice, "what" | "done">;

function lossOf(search: Search, segment: Segment, isNewest: boolean): Loss | undefined {
  const place = search.claims.get(segment);
  if (search.isSetBack && isNewest && place === undefined) return undefined;
  const inPlace = [...(search.current ? [search.current] : []), ...search.siblings].find((file) =>
    isSameFile(segment, file),
  );
  // It waited for its file to become readable, and another segment knows the file by its content now.
  if (inPlace && !hasContent(segment) && isClaimed(search, inPlace.path)) return undefined;
  if (inPlace && place === undefined) {
    // Kept since an earlier run, in case it is in a file that could not be read: that was said then.
    return search.hasUnreadable && segment.rotatedSince !== undefined
      ? undefined
      : truncated(segment, inPlace);
  }
  if (place !== undefined) {
    if (place === "current" || isSameFile(segment, place)) return undefined;
    // Compression gives a file a new identity too: only where the old one is still there, it was more than that.
    const isArchive = splitCompression(place.path).compression !== undefined;
    return inPlace || !isArchive ? copied(place.path) : undefined;
  }
  if (search.hasUnreadable || isAmongFresh(search, segment)) return undefined;
  if (isIdle(segment, search.lastRunMs)) return undefined;
  return isNewest || mayBeUnread(segment, search.now) ? gone(segment) : undefined;
}

function isClaimed({ path, claims }: Search, claimedPath: string): boolean {
  return [...claims.values()].some((place) => (place === "current" ? path : place.path) === claimedPath);
}

function copied(path: string): Loss {
  return {
    what: `was copied to "${path}", then truncated or removed`,
    done: "read on in the copy; lines written between the two are lost",
  };
}

function truncated({ offsetBytes }: Segment, { sizeBytes }: { readonly sizeBytes: number }): Loss {
  return {
    what:
      sizeBytes < offsetBytes
        ? `shrank from ${offsetBytes} to ${sizeBytes} bytes`
        : "was truncated and rewritten",
    done: "reading again from the start; unread lines may be lost",
  };
}

/**
 * Whether the file had been read to its end, and nobody had written to it for a day when the last run looked: logs that
 * bear a date are deleted like this, day by day.
 */
function isIdle({ writtenAt, unfinishedSince }: Segment, lastRunMs: number | undefined): boolean {
  if (writtenAt === undefined || unfinishedSince !== undefined || lastRunMs === undefined) return false;
  return lastRunMs - Date.parse(writtenAt) >= idleMs;
}

/** Whether an older segment may have held lines that no run has seen. */
function mayBeUnread({ unfinishedSince, rotatedSince }: Segment, now: Date): boolean {
  if (unfinishedSince !== undefined) return true;
  return rotatedSince !== undefined && Math.abs(now.getTime() - Date.parse(rotatedSince)) < lateWritesMs;
}

/**
 * An empty file has no content to be known by. Rotation deletes the oldest first: while an older file is still there,
 * it is one of those that nobody has read.
 */
function isAmongFresh({ known, claims, hasFresh }: Search, segment: Segment): boolean {
  const older = known.slice(known.indexOf(segment) + 1);
  return !hasContent(segment) && hasFresh && older.some((one) => claims.has(one));
}

function gone({ offsetBytes }: Segment): Loss {
  return {
    what: `the file that was read up to byte ${offsetBytes} is gone`,
    done: "lines written to it after that are lost",
  };
}
