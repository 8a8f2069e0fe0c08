/**
 * The archive of reported lines: a file for each commit that told some, private to this user.
 * Promise: bounded by age and size, the oldest go first; a damaged file costs its own lines and no others.
 */
import { join } from "node:path";
import { placeFile } from "../std/atomic-file.js";
import { DiskError, type Disk } from "../std/disk.js";
import type { Notice } from "../std/notice.js";
import { decodeArchive, encodeArchive, type ArchivedLine, type ArchivedLines } from "./archive-file.js";
import { commitPrefix, layoutOf, type Layout } from "./layout.js";

export interface ArchiveLimits {
  /** Older files are deleted; 0: nothing is archived. */
  readonly keptDays: number;
  /** On the disk. Above it the oldest are deleted. */
  readonly maxBytes: number;
}

export const usualArchiveLimits: ArchiveLimits = { keptDays: 90, maxBytes: 64 * 2 ** 20 };

const dayMs = 86_400_000;
const form = /^\d{8,15}-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\.lines\.gz$/;

/** Whether this program gave the name. */
export function isArchiveName(name: string): boolean {
  return form.test(name);
}

/** "00000042-20261125T170402.lines.gz", in UTC: what a backup brings back keeps its age, and no file takes another's name. */
function archiveName(commitNumber: number, now: Date): string {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  return `${commitPrefix(commitNumber)}-${time}.lines.gz`;
}

/** Adds the lines of a commit, durably, and deletes what is too old or too much. Throws a DiskError. */
export function addToArchive(
  disk: Disk,
  layout: Layout,
  commitNumber: number,
  now: Date,
  lines: ArchivedLines,
  limits: ArchiveLimits,
): void {
  if (limits.keptDays > 0 && lines.lines.length + lines.leftOut > 0) {
    disk.ensurePrivateDirectory(layout.archive);
    placeFile(disk, join(layout.archive, archiveName(commitNumber, now)), encodeArchive(lines));
    disk.syncDirectory(layout.archive);
  }
  expire(disk, layout, limits, now);
}

function expire(disk: Disk, layout: Layout, { keptDays, maxBytes }: ArchiveLimits, now: Date): void {
  let totalBytes = 0;
  // The newest first: what came last is kept.
  for (const { path, at } of filesIn(disk, layout).toReversed()) {
    totalBytes += disk.sizeBytes(path);
    const isOld = now.getTime() - at.getTime() > keptDays * dayMs;
    if (keptDays === 0 || isOld || totalBytes > maxBytes) disk.unlink(path);
  }
}

interface ArchiveFile {
  readonly path: string;
  /** When its commit was made. */
  readonly at: Date;
}

/** In the order of time. */
function filesIn(disk: Disk, layout: Layout): readonly ArchiveFile[] {
  const files = disk.list(layout.archive).flatMap((name): ArchiveFile[] => {
    const [, year, month, day, hour, minute, second] = form.exec(name) ?? [];
    const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    return Number.isNaN(at.getTime()) ? [] : [{ path: join(layout.archive, name), at }];
  });
  return files.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

/** What a file of the archive holds. */
export interface ArchivedPart extends ArchiveFile {
  readonly lines: readonly ArchivedLine[];
  readonly leftOut: number;
}

/** Reads the archive, without any lock: files that go meanwhile are left out. */
export class Archive {
  /** About files that cannot be read. */
  readonly notices: Notice[] = [];
  private readonly disk: Disk;
  private readonly layout: Layout;

  constructor(disk: Disk, stateDirectory: string) {
    this.disk = disk;
    this.layout = layoutOf(stateDirectory);
  }

  /** What was archived since a time, file by file, the oldest first. Never throws for what the disk gets wrong. */
  *since(oldest: Date): Generator<ArchivedPart> {
    for (const file of this.files()) {
      if (file.at < oldest) continue;
      const part = this.read(file);
      if (part) yield part;
    }
  }

  private files(): readonly ArchiveFile[] {
    try {
      return filesIn(this.disk, this.layout);
    } catch (error) {
      this.note(error, "the lines that reports told are not looked at");
      return [];
    }
  }

  private read(file: ArchiveFile): ArchivedPart | undefined {
    try {
      const bytes = this.disk.read(file.path);
      if (bytes === undefined) return undefined;
      const { lines, leftOut, isDamaged } = decodeArchive(bytes);
      if (isDamaged) {
        const done = `${lines.length} ${lines.length === 1 ? "line" : "lines"} of it read`;
        this.notices.push({ where: file.path, what: "is damaged", done });
      }
      return { ...file, lines, leftOut };
    } catch (error) {
      this.note(error, "passed over");
      return undefined;
    }
  }

  private note(error: unknown, done: string): void {
    if (!(error instanceof DiskError)) throw error;
    const { path, message } = error;
    this.notices.push({ where: path, what: message.slice(path.length + 2), done });
  }
}
