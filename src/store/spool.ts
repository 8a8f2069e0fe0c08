/**
 * The mails that wait, and those that were refused.
 * Promise: a mail leaves only when it was delivered or a person says so, and its bytes never change.
 */
import { join } from "node:path";
import { isTemporary, placeFile, replaceFile } from "../std/atomic-file.js";
import { DiskError, type Disk } from "../std/disk.js";
import type { Delivery, Message } from "../outlets/mail/message.js";
import { commitNumberOf, commitPrefix, type Layout } from "./layout.js";
import {
  decodeSpoolFile,
  decodeSpoolHeader,
  encodeSpoolFile,
  maxHeaderBytes,
  type SpoolHeader,
} from "./spool-file.js";

const minBackOffMs = 60_000;
/** Less than an hour, so that an hourly run that starts some seconds earlier than the last one finds every mail due. */
const maxBackOffMs = 55 * 60_000;

export interface SpoolEntry extends SpoolHeader {
  /** Its file name, which is also how people call it. */
  readonly name: string;
  readonly status: "waiting" | "failed";
  /** The commit that it belongs to. */
  readonly commitNumber: number;
  /** On the disk. */
  readonly sizeBytes: number;
}

/** Mails in their order: by commit, then by part. */
export class Spool {
  readonly #disk: Disk;
  readonly #layout: Layout;

  constructor(disk: Disk, layout: Layout) {
    this.#disk = disk;
    this.#layout = layout;
  }

  /** Stores a commit's mails. Durable when it returns; they count only once the state says so. */
  add(commitNumber: number, messages: readonly Message[]): void {
    for (const [index, { envelope, bytes }] of messages.entries()) {
      const header: SpoolHeader = { from: envelope.from, to: envelope.to, attempts: 0 };
      const name = `${commitPrefix(commitNumber)}.${index + 1}.mail`;
      placeFile(this.#disk, join(this.#layout.spool, name), encodeSpoolFile(header, bytes));
    }
    if (messages.length > 0) this.#disk.syncDirectory(this.#layout.spool);
  }

  waiting(): readonly SpoolEntry[] {
    return this.#list("waiting");
  }

  failed(): readonly SpoolEntry[] {
    return this.#list("failed");
  }

  /** The mail itself. Undefined when its file is damaged or gone. */
  message(entry: SpoolEntry): Message | undefined {
    const bytes = this.#disk.read(this.#path(entry));
    return bytes && decodeSpoolFile(bytes)?.message;
  }

  /** Records what came of a try, durably. Out: the entry as it now is; undefined once it is delivered. */
  settle(entry: SpoolEntry, delivery: Delivery, now: Date): SpoolEntry | undefined {
    if (delivery.outcome === "delivered") {
      this.remove(entry);
      return undefined;
    }
    const attempts = entry.attempts + 1;
    const tried = { from: entry.from, to: delivery.remaining, attempts, lastReason: delivery.reason };
    if (delivery.outcome === "refused") return this.#move(entry, "failed", tried);
    const backOffMs = Math.min(minBackOffMs * 2 ** (attempts - 1), maxBackOffMs);
    const nextTryAt = new Date(now.getTime() + backOffMs).toISOString();
    return this.#rewrite(entry, { ...tried, nextTryAt });
  }

  /** Lets a refused or waiting mail be tried again at once. */
  requeue(entry: SpoolEntry): SpoolEntry {
    const header: SpoolHeader = { from: entry.from, to: entry.to, attempts: 0 };
    return entry.status === "failed" ? this.#move(entry, "waiting", header) : this.#rewrite(entry, header);
  }

  /** Forgets a mail for good. */
  remove(entry: SpoolEntry): void {
    this.#disk.unlink(this.#path(entry));
    this.#disk.syncDirectory(this.#directory(entry.status));
  }

  /** What the spool takes on the disk, refused mails among it. */
  sizeBytes(): number {
    return (["waiting", "failed"] as const)
      .flatMap((status) =>
        this.#disk.list(this.#directory(status)).map((name) => join(this.#directory(status), name)),
      )
      .reduce((sum, path) => sum + this.#disk.sizeBytes(path), 0);
  }

  #list(status: SpoolEntry["status"]): readonly SpoolEntry[] {
    const directory = this.#directory(status);
    return this.#disk.list(directory).flatMap((name) => {
      const commitNumber = commitNumberOf(name);
      if (commitNumber === undefined || isTemporary(name)) return [];
      const path = join(directory, name);
      const start = this.#disk.read(path, maxHeaderBytes);
      // Delivered since the directory was listed: whoever only looks holds no lock.
      if (!start) return [];
      const header = decodeSpoolHeader(start);
      // A damaged one is listed too: `message` then says that it cannot be sent, and a person decides.
      const known = header ?? { from: "", to: [], attempts: 0, lastReason: "its file is damaged" };
      return [{ ...known, name, status, commitNumber, sizeBytes: this.#disk.sizeBytes(path) }];
    });
  }

  #rewrite(entry: SpoolEntry, header: SpoolHeader): SpoolEntry {
    const message = this.message(entry);
    if (!message) throw new DiskError(this.#path(entry), "is damaged: kept as it is");
    const bytes = encodeSpoolFile(header, message.bytes);
    replaceFile(this.#disk, this.#path(entry), bytes);
    return entryOf(entry, header, entry.status, bytes.length);
  }

  /** The copy is durable before the original goes, so a crash leaves two rather than none. */
  #move(entry: SpoolEntry, status: SpoolEntry["status"], header: SpoolHeader): SpoolEntry {
    const message = this.message(entry);
    const target = join(this.#directory(status), entry.name);
    if (message) {
      const bytes = encodeSpoolFile(header, message.bytes);
      replaceFile(this.#disk, target, bytes);
      this.remove(entry);
      return entryOf(entry, header, status, bytes.length);
    }
    this.#disk.rename(this.#path(entry), target);
    this.#disk.syncDirectory(this.#directory(status));
    this.#disk.syncDirectory(this.#directory(entry.status));
    return entryOf(entry, header, status, entry.sizeBytes);
  }

  #directory(status: SpoolEntry["status"]): string {
    return status === "waiting" ? this.#layout.spool : this.#layout.failed;
  }

  #path(entry: SpoolEntry): string {
    return join(this.#directory(entry.status), entry.name);
  }
}

function entryOf(
  { name, commitNumber }: SpoolEntry,
  header: SpoolHeader,
  status: SpoolEntry["status"],
  sizeBytes: number,
): SpoolEntry {
  return { ...header, name, commitNumber, sizeBytes, status };
}

/** Whether a waiting mail may be tried. A clock that jumped back does not make it wait longer than the longest pause. */
export function isDue(entry: SpoolEntry, now: Date): boolean {
  if (entry.nextTryAt === undefined) return true;
  const waitMs = Date.parse(entry.nextTryAt) - now.getTime();
  return !(waitMs > 0 && waitMs <= maxBackOffMs);
}
