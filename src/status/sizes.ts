/** How much room the state directory takes. */
import { join } from "node:path";
import type { Disk } from "../std/disk.js";
import type { Layout } from "../store/layout.js";

/** In bytes. */
export interface Sizes {
  /** The state, the one before it, and a report that goes on. */
  readonly state: number;
  /** What is remembered beside it. */
  readonly memory: number;
  /** What waits, and what was refused. */
  readonly spool: number;
  /** Whole reports, and lines that mails had no room for. */
  readonly reports: number;
  /** The lines that reports told. */
  readonly archive: number;
}

export function sizesOf(disk: Disk, layout: Layout): Sizes {
  const inDirectories = (...directories: readonly string[]): number =>
    directories
      .flatMap((directory) => disk.list(directory).map((name) => disk.sizeBytes(join(directory, name))))
      .reduce((sum, size) => sum + size, 0);
  return {
    state:
      disk.sizeBytes(layout.state) + disk.sizeBytes(layout.previousState) + inDirectories(layout.unfinished),
    memory: inDirectories(layout.memory),
    spool: inDirectories(layout.spool, layout.failed),
    reports: inDirectories(layout.full),
    archive: inDirectories(layout.archive),
  };
}
