/**
 * Opens what is configured as a log.
 * Promise: what is read is a regular file; a FIFO, a device or an unwanted link neither blocks nor is followed.
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { systemPath } from "../../std/text/path-text.js";
import { errorCode } from "../../std/system-error.js";

/** Tells one file from another where content cannot. */
export interface FileIdentity {
  readonly device: number;
  readonly inode: number;
  readonly birthtimeMs: number;
}

/** What stat says of a file, when it was asked. */
export interface FileState extends FileIdentity {
  readonly sizeBytes: number;
  /** When it was last written, in ms since the epoch. */
  readonly modifiedMs: number;
  /**
   * When anything of it was last changed, by the file system's clock, which nobody can set back. Left out where that was
   * just now: the next change may get the same time.
   */
  readonly settledMs?: number;
}

/** Its state is that of the opening. */
export interface OpenFile extends FileState {
  readonly path: string;
  readonly descriptor: number;
}

/** A second change within one tick of the file system's clock leaves no trace in its times. */
const tickMs = 50;
/** The tick of file systems that keep whole seconds, or two of them. */
const coarseTickMs = 2_100;

/** Whether a file or directory that was changed then, in ms since the epoch, would bear another time if it changed now. */
export function isSettled(changedMs: number): boolean {
  return Date.now() - changedMs > (changedMs % 1000 === 0 ? coarseTickMs : tickMs);
}

/** The file is there but is no log: the message says what it is. */
class NotALogError extends Error {}

const meanings: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "a part of its path is no directory",
  ENAMETOOLONG: "name too long",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "is a symbolic link, and links are not followed",
  EMFILE: "too many open files",
  ENFILE: "too many open files",
  EIO: "input/output error",
  ENXIO: "is a socket or a device without a driver, not a regular file",
};

/** What an error of the file system means, for a notice. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return meanings[errorCode(error) ?? ""] ?? error.message;
}

/** Whether the error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

type FileKindTest = "isDirectory" | "isFIFO" | "isSocket" | "isSymbolicLink";

/** What a file is that is not a regular one. */
export function kindOf(stats: Pick<Stats, FileKindTest>): string {
  if (stats.isDirectory()) return "is a directory";
  if (stats.isFIFO()) return "is a FIFO";
  if (stats.isSocket()) return "is a socket";
  if (stats.isSymbolicLink()) return "is a symbolic link, and links are not followed";
  return "is a device";
}

/** The identity in what stat says. Node's numbers are doubles: exact to 2^53, and equal for equal inodes beyond. */
function identityOf(stats: Stats): FileIdentity {
  return { device: stats.dev, inode: stats.ino, birthtimeMs: stats.birthtimeMs };
}

/** The state in what stat has just said. */
export function stateOf(stats: Stats): FileState {
  const { size, mtimeMs, ctimeMs } = stats;
  const settled = isSettled(ctimeMs) ? { settledMs: ctimeMs } : {};
  return { ...identityOf(stats), sizeBytes: size, modifiedMs: mtimeMs, ...settled };
}

/** Whether two identities are of one file. Device numbers change over a reboot on some file systems: left out. */
export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.inode === other.inode && one.birthtimeMs === other.birthtimeMs;
}

/** What changes of a file whenever somebody writes to it. */
export function changeOf({ sizeBytes, modifiedMs }: Pick<OpenFile, "sizeBytes" | "modifiedMs">): string {
  return `${sizeBytes} ${modifiedMs}`;
}

/** The same of an open file as it is now. */
export function changeOfOpen(descriptor: number): string {
  const { size, mtimeMs } = fstatSync(descriptor);
  return changeOf({ sizeBytes: size, modifiedMs: mtimeMs });
}

/**
 * Opens a regular file for reading. The caller closes the descriptor.
 * Throws NotALogError for what is no regular file, and the system's error where opening fails.
 */
export function openRegularFile(path: string, followLinks: boolean): OpenFile {
  // O_NONBLOCK: opening a FIFO that somebody put in the log's place would wait for a writer for ever.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  const descriptor = openSync(systemPath(path), followLinks ? flags : flags | constants.O_NOFOLLOW);
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) {
    closeSync(descriptor);
    throw new NotALogError(kindOf(stats));
  }
  return { path, descriptor, ...stateOf(stats) };
}

/** Reads from an offset until `into` is full or the file ends. Gives the bytes read. Throws on input errors. */
export function readAt(descriptor: number, into: Uint8Array, offsetBytes: number): number {
  let lengthBytes = 0;
  while (lengthBytes < into.length) {
    const count = readSync(
      descriptor,
      into,
      lengthBytes,
      into.length - lengthBytes,
      offsetBytes + lengthBytes,
    );
    if (count === 0) break;
    lengthBytes += count;
  }
  return lengthBytes;
}
