/**
 * Gathers the lines that a report only counts, for the file beside the spool.
 * Promise: each is there byte for byte, in reading order, ended by a newline.
 */
import { gzipSync, constants } from "node:zlib";

export interface ReportFile {
  /** The bytes are copied. */
  add(line: Uint8Array): void;
  /** All lines since it was made, as gzip members; undefined when there were none. */
  close(): Uint8Array | undefined;
}

/** Lines are compressed when so many bytes have come together: a flood costs its compressed size in memory. */
const memberBytes = 1 << 20;
const newline = 0x0a;

export function createReportFile(): ReportFile {
  const members: Uint8Array[] = [];
  /** Lines are copied into one piece of memory: millions of empty ones must not be millions of objects. */
  let pending: Buffer | undefined;
  let pendingBytes = 0;

  const compress = (bytes: Uint8Array): void => {
    members.push(gzipSync(bytes, { level: constants.Z_BEST_SPEED }));
  };
  const flush = (): void => {
    if (pending && pendingBytes > 0) compress(pending.subarray(0, pendingBytes));
    pendingBytes = 0;
  };
  return {
    add(line) {
      const isWhole = line[line.length - 1] === newline;
      const bytes = isWhole ? line.length : line.length + 1;
      if (pendingBytes + bytes > memberBytes) flush();
      if (bytes > memberBytes) {
        compress(isWhole ? line : Buffer.concat([line, Uint8Array.of(newline)]));
        return;
      }
      pending ??= Buffer.allocUnsafe(memberBytes);
      pending.set(line, pendingBytes);
      pendingBytes += bytes;
      pending[pendingBytes - 1] = newline;
    },
    close() {
      flush();
      return members.length > 0 ? Buffer.concat(members) : undefined;
    },
  };
}
