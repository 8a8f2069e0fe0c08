/**
 * Says who may use a state directory.
 * Promise: whoever looks into another user's state is told the command that works, and nothing is changed by looking.
 */
import { statSync } from "node:fs";
import { userName } from "../sources/records/users.js";
import { DiskError } from "../std/disk.js";
import { systemReason } from "../std/system-error.js";
import { systemStateDirectory } from "./places.js";

/** Node has it (process.initgroups, POSIX alone), its types do not. */
interface WithGroups {
  initgroups?(user: number, extraGroup: number): void;
}

/** In: the directory, and the words that were typed after `logwinnow`. Throws a DiskError where it is another user's. */
export function requireOwnDirectory(directory: string, words: string): void {
  const owner = ownerOf(directory);
  const self = process.geteuid?.() ?? 0;
  if (owner === undefined || owner === self) return;
  const [whose, own] = [userName(owner), userName(self)];
  throw new DiskError(
    directory,
    `belongs to ${whose}, this runs as ${own}: use "sudo -u ${whose} logwinnow ${words}"`,
  );
}

/**
 * As `requireOwnDirectory`, for a command that sees what the hourly job sees: root becomes the directory's owner for good,
 * with his groups and no more rights than he has.
 */
export function becomeOwner(directory: string, words: string): void {
  const found = statSync(directory, { throwIfNoEntry: false });
  if (!found || found.uid === 0 || process.geteuid?.() !== 0) {
    requireOwnDirectory(directory, words);
    return;
  }
  try {
    (process as WithGroups).initgroups?.(found.uid, found.gid);
    process.setgid?.(found.gid);
    process.setuid?.(found.uid);
  } catch (error) {
    throw new DiskError(directory, `this cannot act as its owner: ${systemReason(error)}`, error);
  }
}

/** What to tell a user who has no state: the system's job may be the one that is meant. Undefined where there is none. */
export function hintAtSystem(
  directory: string,
  words: string,
  systems = systemStateDirectory,
): string | undefined {
  const owner = ownerOf(systems);
  if (owner === undefined || owner === process.geteuid?.() || ownerOf(directory) !== undefined)
    return undefined;
  return `the system's state belongs to ${userName(owner)}: use "sudo -u ${userName(owner)} logwinnow ${words}"`;
}

/** The uid; undefined where there is no directory, or none that may be looked at. */
function ownerOf(directory: string): number | undefined {
  try {
    return statSync(directory).uid;
  } catch {
    return undefined;
  }
}
