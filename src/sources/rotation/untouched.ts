/**
 * Says that nobody has touched a log, or what it was rotated to, since all of it was read.
 * Promise: it costs one call of the system for each file, and opens none; in doubt somebody has touched it.
 */
import { lstatSync } from "node:fs";
import { splitCompression } from "../bytes/compression.js";
import { isSameFile, stateOf, type FileState } from "../bytes/open.js";
import { systemPath } from "../../std/text/path-text.js";
import type { Log } from "./log.js";
import type { Segment } from "./segment.js";
import { filesAround } from "./siblings.js";
import { Surroundings } from "./surroundings.js";

/**
 * In: what is known of a log, newest first. The time of a file's last change (ctime) tells more than its content: no
 * program can set it, and a file that is put in the place of another has its own.
 */
export function isUntouched(log: Log, known: readonly Segment[]): boolean {
  const [newest, ...older] = known;
  if (!newest || !known.every(({ settledMs }) => settledMs !== undefined)) return false;
  const current = stateAt(log.path);
  if (!current || !isAsRead(newest, log.path, current)) return false;
  let isListed = true;
  const siblings = filesAround(log.path, {
    ...log,
    surroundings: log.surroundings ?? new Surroundings(),
    isWide: false,
    inodes: [],
    // A file that came since then is for the next run.
    mayBeEarlier: true,
    onUnlisted: () => (isListed = false),
  }).filter((sibling) => !isSameFile(sibling, current));
  return (
    isListed &&
    siblings.length === older.length &&
    older.every((segment) => siblings.some((sibling) => isAsRead(segment, sibling.path, sibling)))
  );
}

/** The state of a regular file; undefined for a link, too: what it leads to may be another file soon. */
function stateAt(path: string): FileState | undefined {
  try {
    const stats = lstatSync(systemPath(path), { throwIfNoEntry: false });
    return stats?.isFile() === true ? stateOf(stats) : undefined;
  } catch {
    return undefined;
  }
}

function isAsRead(segment: Segment, path: string, file: FileState): boolean {
  if (!isSameFile(segment, file) || file.settledMs !== segment.settledMs) return false;
  // The offset in an archive is one in its plain content.
  if (splitCompression(path).compression !== undefined) return true;
  return file.sizeBytes === segment.offsetBytes + (segment.flushedBytes ?? 0);
}
