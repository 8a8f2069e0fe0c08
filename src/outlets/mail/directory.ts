/**
 * Delivers into a directory: each mail becomes an .eml file.
 * Promise: the file is whole, and the same mail handed over twice is one file.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { removeLeftover, replaceFile } from "../../std/atomic-file.js";
import { DiskError, type Disk } from "../../std/disk.js";
import type { Message, Transport } from "./message.js";

/**
 * Makes the directory (0700) where there is none; one that is there keeps its mode, and whatever else is in it.
 * A directory that fails defers the mail.
 */
export function directoryTransport(path: string, disk: Disk): Transport {
  return (message) => {
    try {
      disk.ensurePrivateDirectory(path);
      const file = join(path, fileName(message));
      removeLeftover(disk, file);
      replaceFile(disk, file, message.bytes);
      return Promise.resolve({ outcome: "delivered" });
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      return Promise.resolve({ outcome: "deferred", reason: error.message, remaining: message.envelope.to });
    }
  };
}

/** Named after its Message-ID, or after its content where it has none. */
function fileName({ bytes }: Message): string {
  const headers = Buffer.from(bytes.subarray(0, 16_384)).toString("latin1").split("\r\n\r\n", 1)[0] ?? "";
  const messageId = /^Message-ID:\s*<([^>]+)>/im.exec(headers)?.[1];
  const stem = messageId
    ?.replace(/[^A-Za-z0-9.@_-]/g, "_")
    .replace(/^\./, "_")
    .slice(0, 200);
  return `${stem ?? createHash("sha256").update(bytes).digest("hex")}.eml`;
}
