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
const newline = Uint8Array.of(0x0a);

export function createReportFile(): ReportFile {
  const members: Uint8Array[] = [];
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;

  const compress = (): void => {
    members.push(gzipSync(Buffer.concat(pending), { level: constants.Z_BEST_SPEED }));
    pending = [];
    pendingBytes = 0;
  };
  return {
    add(line) {
      pending.push(line.slice());
      pendingBytes += line.length;
      if (line[line.length - 1] !== newline[0]) pending.push(newline);
      if (pendingBytes >= memberBytes) compress();
    },
    close() {
      if (pending.length > 0) compress();
      return members.length > 0 ? Buffer.concat(members) : undefined;
    },
  };
}
