/**
 * Reads the bytes of a rule file.
 * Promise: whatever lies there, it takes bounded memory and holds nothing up.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** Of one file: all of Debian's rules together are a hundredth of it. */
const mostRuleFileBytes = 1 << 25;
/** Lines of one file: each costs more memory than its bytes. */
const mostRuleFileLines = 200_000;
/** Of all files of a run together. */
export const mostRuleBytes = 1 << 26;

/** Says in words for a notice why a file cannot be used. */
export class UnusableRuleFile extends Error {}

/** Throws UnusableRuleFile. A FIFO must not hold the run up, hence O_NONBLOCK; what was opened is what is looked at. */
export function readRuleBytes(path: string): Buffer {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return readDescriptor(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof UnusableRuleFile) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableRuleFile(`cannot be read: ${reason}`, { cause: error });
  }
}

function readDescriptor(descriptor: number): Buffer {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) throw new UnusableRuleFile("is not a regular file");
  if (stats.size > mostRuleFileBytes) throw tooLarge();
  // A file of /proc has no size, and any file can grow.
  let bytes = Buffer.allocUnsafe(stats.size + 1);
  let length = 0;
  for (;;) {
    if (length === bytes.length) bytes = Buffer.concat([bytes], 2 * length + leastRoomBytes);
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (count === 0) break;
    length += count;
    if (length > mostRuleFileBytes) throw tooLarge();
  }
  bytes = bytes.subarray(0, length);
  if (length > mostRuleFileLines && hasMoreLines(bytes, mostRuleFileLines))
    throw new UnusableRuleFile(`has more than ${mostRuleFileLines} lines`);
  return bytes;
}

const leastRoomBytes = 4096;

function tooLarge(): UnusableRuleFile {
  return new UnusableRuleFile(`is larger than ${mostRuleFileBytes >> 20} MiB`);
}

function hasMoreLines(bytes: Buffer, most: number): boolean {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1))
    if (++lines > most) return true;
  return false;
}

const newline = 0x0a;
