/**
 * Clears up what earlier runs left in the state's directories.
 * Promise: only names that this program gives are touched, and what cannot be used is kept aside.
 */
import { basename, join } from "node:path";
import { intendedName, keepAs } from "../std/atomic-file.js";
import type { Disk } from "../std/disk.js";
import type { Notice } from "../std/notice.js";
import { isArchiveName } from "./archive.js";
import {
  commitOfMemory,
  commitOfPayload,
  commitOfReportFile,
  commitOfUnfinished,
  keptName,
  type Layout,
} from "./layout.js";

/** One of the state's directories, and what in it is ours. */
interface Place {
  readonly path: string;
  readonly isOurs: (name: string) => boolean;
  readonly isLeftover: (name: string) => boolean;
}

/** Keeps the files that cannot be used, durably, and says so in the notice about them. */
export function keepUnusable(
  disk: Disk,
  layout: Layout,
  unusable: readonly string[],
  notice: Notice,
): Notice {
  if (unusable.length === 0) return notice;
  for (const path of unusable) keepAs(disk, path, keptName(path));
  disk.syncDirectory(layout.directory);
  const names = unusable.map((path) => `"${basename(keptName(path))}"`).join(" and ");
  return { ...notice, what: `${notice.what} (kept as ${names})` };
}

/** Removes temporary files, and all of commits that were never committed, durably: none may come back later. */
export function removeLeftovers(disk: Disk, layout: Layout, committed: number): void {
  const stateNames = new Set([layout.state, layout.previousState, layout.run].map((path) => basename(path)));
  for (const path of [layout.state, layout.previousState]) stateNames.add(basename(keptName(path)));
  const isUncommitted = (commitNumber: number | undefined): boolean => (commitNumber ?? 0) > committed;
  const isNever = (): boolean => false;
  // Foreign files may lie beside ours: only names that this program gives are touched.
  const places: readonly Place[] = [
    { path: layout.directory, isOurs: (name) => stateNames.has(name), isLeftover: isNever },
    { path: layout.failed, isOurs: isPayload, isLeftover: isNever },
    { path: layout.spool, isOurs: isPayload, isLeftover: (name) => isUncommitted(commitOfPayload(name)) },
    {
      path: layout.full,
      isOurs: (name) => commitOfReportFile(name) !== undefined,
      isLeftover: (name) => isUncommitted(commitOfReportFile(name)),
    },
    { path: layout.archive, isOurs: isArchiveName, isLeftover: isNever },
    {
      path: layout.memory,
      isOurs: (name) => commitOfMemory(name) !== undefined,
      isLeftover: (name) => isUncommitted(commitOfMemory(name)),
    },
    {
      path: layout.unfinished,
      isOurs: (name) => commitOfUnfinished(name.replace(/^kept-/, "")) !== undefined,
      isLeftover: (name) => isUncommitted(commitOfUnfinished(name)),
    },
  ];
  for (const { path, isOurs, isLeftover } of places) {
    const leftovers = disk.list(path).filter((name) => {
      const intended = intendedName(name);
      return isLeftover(name) || (intended !== undefined && isOurs(intended));
    });
    for (const name of leftovers) disk.unlink(join(path, name));
    if (leftovers.length > 0) disk.syncDirectory(path);
  }
}

function isPayload(name: string): boolean {
  return commitOfPayload(name) !== undefined;
}
