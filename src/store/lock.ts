/**
 * One run at a time in a state directory.
 * Promise: the lock dies with its process, whatever kills it, and the file stays where it is: nobody deletes another's lock.
 */
import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { DiskError, realDisk } from "../std/disk.js";
import { systemReason } from "../std/system-error.js";
import { layoutOf } from "./layout.js";

/** It answers within milliseconds, or something is badly wrong with the machine. */
const flockDeadlineMs = 10_000;

export type LockAttempt = { readonly outcome: "held"; release(): void } | { readonly outcome: "locked" };

/**
 * Takes the directory's lock, or says at once that another run has it. Makes the directory where there is none.
 * Throws a DiskError when the file cannot be opened, or util-linux' `flock` cannot be run.
 */
export function takeLock(stateDirectory: string): LockAttempt {
  realDisk.ensurePrivateDirectory(stateDirectory);
  const path = layoutOf(stateDirectory).lock;
  const descriptor = openLockFile(path);
  // Node has no flock(2). The child locks the open file that it shares with us, so the lock outlives it and ends with us.
  const child = spawnSync("flock", ["-n", "3"], {
    stdio: ["ignore", "ignore", "pipe", descriptor],
    timeout: flockDeadlineMs,
    killSignal: "SIGKILL",
  });
  if (child.status === 0) return { outcome: "held", release: () => closeSync(descriptor) };
  closeSync(descriptor);
  if (child.status === 1) return { outcome: "locked" };
  const reason = child.error ? systemReason(child.error) : child.stderr.toString().trim();
  throw new DiskError(path, `"flock" failed: ${reason}: install util-linux`, child.error);
}

function openLockFile(path: string): number {
  try {
    const descriptor = openSync(
      path,
      constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK,
      0o600,
    );
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ELOOP")
      throw new DiskError(path, "is a link: refused", error);
    throw new DiskError(path, systemReason(error), error);
  }
  throw new DiskError(path, "is not a regular file: refused");
}
