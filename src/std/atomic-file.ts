/**
 * Puts a whole file under a name in one step.
 * Promise: after a crash the name shows the old bytes or the new ones, never a part; a leftover has a temporary name.
 */
import { basename, dirname, join } from "node:path";
import type { Disk } from "./disk.js";

const temporaryName = /^\..*\.tmp$/;

/** The name that the bytes have until they are whole: hidden, in the same directory. */
function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.tmp`);
}

/** Replaces what the name shows. The name itself is durable only after `syncDirectory`. */
export function placeFile(disk: Disk, path: string, bytes: Uint8Array): void {
  const temporary = temporaryPath(path);
  disk.writeNew(temporary, bytes);
  disk.rename(temporary, path);
}

/** Replaces what the name shows, for good. */
export function replaceFile(disk: Disk, path: string, bytes: Uint8Array): void {
  placeFile(disk, path, bytes);
  disk.syncDirectory(dirname(path));
}

/** Lets `copyPath` show what `path` shows now, as a second name of the same bytes. Durable after `syncDirectory`. */
export function keepAs(disk: Disk, path: string, copyPath: string): void {
  const temporary = temporaryPath(copyPath);
  disk.link(path, temporary);
  disk.rename(temporary, copyPath);
  // POSIX: where both names show the same file already, rename does nothing, and the temporary name stays.
  if (disk.read(temporary, 0) !== undefined) disk.unlink(temporary);
}

/** Whether a name is one that a crash has left after. */
export function isTemporary(name: string): boolean {
  return temporaryName.test(name);
}
