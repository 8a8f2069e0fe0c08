/**
 * Says who may use a state directory.
 * Promise: whoever looks into another user's state is told the command that works, and nothing is changed by looking.
 */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { userName } from "../sources/records/users.js";
import { DiskError } from "../std/disk.js";
import { ownCommand } from "../std/own-command.js";
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
 * with his groups and no more rights than he has. Debian's Node 20 lets no process change its user (CVE-2024-22017): there
 * the command, `words` with its options, is run again as the owner. Out: its exit status, or undefined where the caller goes on.
 */
export function becomeOwner(directory: string, words: readonly string[]): number | undefined {
  const found = statSync(directory, { throwIfNoEntry: false });
  if (!found || found.uid === 0 || process.geteuid?.() !== 0) {
    requireOwnDirectory(directory, words[0] ?? "");
    return undefined;
  }
  try {
    (process as WithGroups).initgroups?.(found.uid, found.gid);
    process.setgid?.(found.gid);
    process.setuid?.(found.uid);
    return undefined;
  } catch (error) {
    if (codeOf(error) === "ERR_INVALID_STATE") return runAgainAs(found, words);
    throw new DiskError(directory, `this cannot act as its owner: ${systemReason(error)}`, error);
  }
}

/** In: a user and his group. What the command prints goes where this one's would. Throws where setpriv(1) is missing. */
function runAgainAs(
  { uid, gid }: { readonly uid: number; readonly gid: number },
  words: readonly string[],
): number {
  const as = [`--reuid=${uid}`, `--regid=${gid}`, "--init-groups", "--"];
  const { status, error } = spawnSync("setpriv", [...as, ...ownCommand(), ...words], { stdio: "inherit" });
  if (error) throw error;
  return status ?? 70;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
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
