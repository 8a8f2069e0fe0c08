/**
 * Puts a whole file under a name in one step.
 * Promise: after a crash the name shows the old bytes or the new ones, never a part. Leftovers have temporary names.
 */
import { basename, dirname, join } from "node:path";
import type { Disk } from "./disk.js";

/** The file's name until it is whole: hidden, in the same directory. */
function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.tmp`);
}

/** Replaces the file at `path`. The new name is durable only after `syncDirectory`. */
export function placeFile(disk: Disk, path: string, bytes: Uint8Array): void {
  const temporary = temporaryPath(path);
  disk.writeNew(temporary, bytes);
  disk.rename(temporary, path);
}

/** Replaces the file at `path`, durably. */
export function replaceFile(disk: Disk, path: string, bytes: Uint8Array): void {
  placeFile(disk, path, bytes);
  disk.syncDirectory(dirname(path));
}

/** Makes `copyPath` a second name of the file that is at `path` now. Durable after `syncDirectory`. */
export function keepAs(disk: Disk, path: string, copyPath: string): void {
  const temporary = temporaryPath(copyPath);
  disk.link(path, temporary);
  disk.rename(temporary, copyPath);
  // POSIX: if both are names of the same file already, rename does nothing, and the temporary name stays.
  if (disk.read(temporary, 0) !== undefined) disk.unlink(temporary);
}

/** The name that the file of this temporary name was to get; undefined for any other name. */
export function intendedName(name: string): string | undefined {
  return /^\.(.+)\.tmp$/.exec(name)?.[1];
}

/** Removes what a crash left of an earlier `placeFile` at this path. */
export function removeLeftover(disk: Disk, path: string): void {
  const temporary = temporaryPath(path);
  if (disk.list(dirname(path)).includes(basename(temporary))) disk.unlink(temporary);
}
