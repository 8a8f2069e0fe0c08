/**
 * One process at a time, by a lock on a file.
 * Promise: the lock dies with its process, whatever kills it, and the file stays where it is: nobody deletes another's lock.
 */
import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { DiskError } from "./disk.js";
import { errorCode, systemReason } from "./system-error.js";

/** It answers within milliseconds, or something is badly wrong with the machine. */
const flockDeadlineMs = 10_000;

export type LockAttempt = { readonly outcome: "held"; release(): void } | { readonly outcome: "locked" };

export interface LockOptions {
  /** Of a lock file that is made. */
  readonly mode: number;
  /** How long to wait for who has it; 0: not at all. */
  readonly waitSeconds: number;
}

/**
 * Takes the lock, or says that another process has it. Makes the file where there is none.
 * Throws a DiskError when the file cannot be opened, or util-linux' `flock` cannot be run.
 */
export function lockFile(path: string, { mode, waitSeconds }: LockOptions): LockAttempt {
  const descriptor = openLockFile(path, mode);
  const wait = waitSeconds === 0 ? ["-n"] : ["-w", String(waitSeconds)];
  // Node has no flock(2). The child locks the open file that it shares with us, so the lock outlives it and ends with us.
  const child = spawnSync("flock", [...wait, "3"], {
    stdio: ["ignore", "ignore", "pipe", descriptor],
    timeout: flockDeadlineMs + waitSeconds * 1000,
    killSignal: "SIGKILL",
  });
  if (child.status === 0) return { outcome: "held", release: () => closeSync(descriptor) };
  closeSync(descriptor);
  if (child.status === 1) return { outcome: "locked" };
  const reason = child.error ? systemReason(child.error) : child.stderr.toString().trim();
  throw new DiskError(path, `"flock" failed: ${reason}: install util-linux`, child.error);
}

const { O_RDWR, O_RDONLY, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;

function openLockFile(path: string, mode: number): number {
  try {
    const descriptor = opened(path, mode);
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (error) {
    if (errorCode(error) === "ELOOP") throw new DiskError(path, "is a link: refused", error);
    throw new DiskError(path, systemReason(error), error);
  }
  throw new DiskError(path, "is not a regular file: refused");
}

/** Only to be read where it is another's: that is enough to lock it. */
function opened(path: string, mode: number): number {
  try {
    return openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, mode);
  } catch (error) {
    if (errorCode(error) !== "EACCES") throw error;
    return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  }
}
