/**
 * The few things that the store does to a file system, so that tests can replace it by a failing one.
 * Promise: private by mode, never through a link, never over a file that somebody else made.
 */
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { errorCode, systemReason } from "./system-error.js";

/** All paths are absolute. Each operation throws a DiskError when it fails; none follows a link in the last place. */
export interface Disk {
  /**
   * Makes a directory that is private to this user, and its missing parents. One that exists keeps its mode, and is refused
   * where it is somebody else's, or others may write to it.
   */
  ensurePrivateDirectory(path: string): void;
  /** Names in code unit order; none where there is no directory. */
  list(directory: string): readonly string[];
  /** The whole file, or its first `maxBytes`; undefined when there is none. */
  read(path: string, maxBytes?: number): Uint8Array | undefined;
  /** 0 where there is none. */
  sizeBytes(path: string): number;
  /** When a file was last written or noted as used, in milliseconds since 1970; 0 where there is none. */
  lastUseMs(path: string): number;
  /** Notes that a file is used now. */
  noteUse(path: string): void;
  /** Makes a new file (0600), writes and fsyncs it. Throws when the name is taken. Leaves no half-written file. */
  writeNew(path: string, bytes: Uint8Array): void;
  /** A second name for a file. Throws when the name is taken. */
  link(from: string, to: string): void;
  rename(from: string, to: string): void;
  unlink(path: string): void;
  /** Makes the names in a directory durable. */
  syncDirectory(directory: string): void;
}

/** The disk refused: the fault is on the machine, not in the program. */
export class DiskError extends Error {
  readonly path: string;

  constructor(path: string, reason: string, cause?: unknown) {
    super(`${path}: ${reason}`, { cause });
    this.name = "DiskError";
    this.path = path;
  }
}

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

export const realDisk: Disk = {
  ensurePrivateDirectory: (path) => guarded(path, () => ensurePrivateDirectory(path)),
  list: (directory) => guarded(directory, () => namesIn(directory)),
  read: (path, maxBytes) => guarded(path, () => readPrivate(path, maxBytes)),
  sizeBytes: (path) => guarded(path, () => lstatSync(path, { throwIfNoEntry: false })?.size ?? 0),
  lastUseMs: (path) => guarded(path, () => lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0),
  noteUse: (path) =>
    guarded(path, () => {
      const now = new Date();
      lutimesSync(path, now, now);
    }),
  writeNew: (path, bytes) => guarded(path, () => writeNew(path, bytes)),
  link: (from, to) => guarded(to, () => linkSync(from, to)),
  rename: (from, to) => guarded(to, () => renameSync(from, to)),
  unlink: (path) => guarded(path, () => unlinkSync(path)),
  syncDirectory: (directory) =>
    guarded(directory, () => {
      const descriptor = openSync(directory, O_RDONLY | O_DIRECTORY);
      try {
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    }),
};

/** Turns a system error into a DiskError. */
function guarded<Result>(path: string, operation: () => Result): Result {
  try {
    return operation();
  } catch (error) {
    if (error instanceof DiskError) throw error;
    throw new DiskError(path, systemReason(error), error);
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

function ensurePrivateDirectory(path: string): void {
  makeDirectory(path);
  const link = lstatSync(path);
  // For services with a dynamic user, systemd makes /var/lib/NAME a link that root owns.
  if (link.isSymbolicLink() && !isOurs(link.uid) && link.uid !== 0)
    throw new DiskError(path, `is a link made by uid ${link.uid}: refused`);
  const { uid, mode } = statSync(path);
  if (!statSync(path).isDirectory()) throw new DiskError(path, "is not a directory: refused");
  if (!isOurs(uid)) throw new DiskError(path, `belongs to uid ${uid}, this runs as uid ${ownUid()}: refused`);
  if ((mode & 0o022) !== 0)
    throw new DiskError(path, `others may write to it (mode ${(mode & 0o7777).toString(8)}): refused`);
}

/** Makes the missing directories of a path: a new user has no ~/.local/state yet. */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) === "EEXIST") return;
    if (errorCode(error) !== "ENOENT" || dirname(path) === path) throw error;
    makeDirectory(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
  // Without this the directory itself could be gone after a power loss, with all that was synced inside.
  realDisk.syncDirectory(dirname(path));
}

function ownUid(): number {
  return process.geteuid?.() ?? 0;
}

function isOurs(uid: number): boolean {
  return uid === ownUid();
}

function readPrivate(path: string, maxBytes = Infinity): Uint8Array | undefined {
  let descriptor: number;
  try {
    // O_NONBLOCK: opening a FIFO that was planted here must not wait for its writer.
    descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    if (errorCode(error) === "ELOOP") throw new DiskError(path, "is a link: refused", error);
    throw error;
  }
  try {
    const { uid, size } = requireRegularFile(path, descriptor);
    if (!isOurs(uid))
      throw new DiskError(path, `belongs to uid ${uid}, this runs as uid ${ownUid()}: refused`);
    const bytes = new Uint8Array(Math.min(size, maxBytes));
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(descriptor, bytes, filled, bytes.length - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(descriptor);
  }
}

function requireRegularFile(path: string, descriptor: number): { uid: number; size: number } {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) throw new DiskError(path, "is not a regular file: refused");
  return stats;
}

function writeNew(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
