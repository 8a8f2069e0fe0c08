/** One run at a time in a state directory. */
import { realDisk } from "../std/disk.js";
import { lockFile, type LockAttempt } from "../std/file-lock.js";
import { layoutOf } from "./layout.js";

/**
 * Takes the directory's lock, or says at once that another run has it. Makes the directory where there is none.
 * Throws a DiskError when the file cannot be opened, or util-linux' `flock` cannot be run.
 */
export function takeLock(stateDirectory: string): LockAttempt {
  realDisk.ensurePrivateDirectory(stateDirectory);
  return lockFile(layoutOf(stateDirectory).lock, { mode: 0o600, waitSeconds: 0 });
}
