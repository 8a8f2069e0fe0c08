/**
 * The payloads that wait for their outlets, and those that were refused.
 * Promise: a payload leaves only when it was delivered or a person says so, and its bytes never change.
 */
import { join } from "node:path";
import { isTemporary, placeFile, replaceFile } from "../std/atomic-file.js";
import { DiskError, type Disk } from "../std/disk.js";
import { commitNumberOf, commitPrefix, type Layout } from "./layout.js";
import type { Delivery, Payload } from "./payload.js";
import {
  decodeSpoolFile,
  decodeSpoolHeader,
  encodeSpoolFile,
  maxHeaderBytes,
  type SpoolHeader,
} from "./spool-file.js";

const minBackOffMs = 60_000;
/** Less than an hour, so that an hourly run that starts some seconds early finds everything due. */
const maxBackOffMs = 55 * 60_000;

export interface SpoolEntry extends SpoolHeader {
  /** Its file name, which is also how people call it: commit, part, outlet, as in "00000042.1.mail". */
  readonly name: string;
  readonly status: "waiting" | "failed";
  /** The commit that it belongs to. */
  readonly commitNumber: number;
  /** On the disk. */
  readonly sizeBytes: number;
}

/** Payloads in their order: by commit, then by part. */
export class Spool {
  readonly #disk: Disk;
  readonly #layout: Layout;

  constructor(disk: Disk, layout: Layout) {
    this.#disk = disk;
    this.#layout = layout;
  }

  /** Stores a commit's payloads. Durable when it returns; they count only once the state says so. */
  add(commitNumber: number, payloads: readonly Payload[]): void {
    for (const [index, { bytes, ...header }] of payloads.entries()) {
      const name = `${commitPrefix(commitNumber)}.${index + 1}.${header.outlet}`;
      placeFile(
        this.#disk,
        join(this.#layout.spool, name),
        encodeSpoolFile({ ...header, attempts: 0 }, bytes),
      );
    }
    if (payloads.length > 0) this.#disk.syncDirectory(this.#layout.spool);
  }

  waiting(): readonly SpoolEntry[] {
    return this.#list("waiting");
  }

  failed(): readonly SpoolEntry[] {
    return this.#list("failed");
  }

  /** The payload itself. Undefined when its file is damaged or gone. */
  payload(entry: SpoolEntry): Payload | undefined {
    const bytes = this.#disk.read(this.#path(entry));
    return bytes && decodeSpoolFile(bytes)?.payload;
  }

  /** Records what came of a try, durably. Out: the entry as it now is; undefined once it is delivered. */
  settle(entry: SpoolEntry, delivery: Delivery, now: Date): SpoolEntry | undefined {
    if (delivery.outcome === "delivered") {
      this.remove(entry);
      return undefined;
    }
    const attempts = entry.attempts + 1;
    const { envelope } = entry;
    const to = delivery.remaining ?? envelope?.to;
    const tried = {
      ...headerOf(entry),
      ...(envelope && to && { envelope: { from: envelope.from, to } }),
      attempts,
      lastReason: delivery.reason,
    };
    if (delivery.outcome === "refused") return this.#move(entry, "failed", tried);
    const backOffMs = Math.min(minBackOffMs * 2 ** (attempts - 1), maxBackOffMs);
    const nextTryAt = new Date(now.getTime() + backOffMs).toISOString();
    return this.#rewrite(entry, { ...tried, nextTryAt });
  }

  /** Lets a refused or waiting payload be tried again at once. */
  requeue(entry: SpoolEntry): SpoolEntry {
    const header: SpoolHeader = { ...headerOf(entry), attempts: 0 };
    return entry.status === "failed" ? this.#move(entry, "waiting", header) : this.#rewrite(entry, header);
  }

  /** Forgets a payload for good. */
  remove(entry: SpoolEntry): void {
    this.#disk.unlink(this.#path(entry));
    this.#disk.syncDirectory(this.#directory(entry.status));
  }

  /** What the spool takes on the disk, refused payloads included. */
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
      // Delivered since the directory was listed: a reader that only looks holds no lock.
      if (!start) return [];
      const header = decodeSpoolHeader(start) ?? damagedHeader(name);
      return [{ ...header, name, status, commitNumber, sizeBytes: this.#disk.sizeBytes(path) }];
    });
  }

  #rewrite(entry: SpoolEntry, header: SpoolHeader): SpoolEntry {
    const payload = this.payload(entry);
    if (!payload) throw new DiskError(this.#path(entry), "is damaged: kept as it is");
    const bytes = encodeSpoolFile(header, payload.bytes);
    replaceFile(this.#disk, this.#path(entry), bytes);
    return entryOf(entry, header, entry.status, bytes.length);
  }

  /** The copy is durable before the original goes, so a crash leaves two rather than none. */
  #move(entry: SpoolEntry, status: SpoolEntry["status"], header: SpoolHeader): SpoolEntry {
    const payload = this.payload(entry);
    const target = join(this.#directory(status), entry.name);
    if (payload) {
      const bytes = encodeSpoolFile(header, payload.bytes);
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

/** What stays the same from try to try. */
function headerOf({
  outlet,
  idempotencyKey,
  contentType,
  envelope,
}: SpoolEntry): Omit<SpoolHeader, "attempts"> {
  return { outlet, idempotencyKey, contentType, ...(envelope && { envelope }) };
}

/** A damaged file is listed too: `payload` then says that it cannot be sent, and a person decides. */
function damagedHeader(name: string): SpoolHeader {
  const outlet = /^\d+\.\d+\.([a-z0-9-]+)$/.exec(name)?.[1] ?? "mail";
  return { outlet, idempotencyKey: "", contentType: "", attempts: 0, lastReason: "its file is damaged" };
}

function entryOf(
  { name, commitNumber }: SpoolEntry,
  header: SpoolHeader,
  status: SpoolEntry["status"],
  sizeBytes: number,
): SpoolEntry {
  return { ...header, name, commitNumber, sizeBytes, status };
}

/** Whether a waiting payload may be tried. A clock that jumped back does not make it wait longer than the longest pause. */
export function isDue(entry: SpoolEntry, now: Date): boolean {
  if (entry.nextTryAt === undefined) return true;
  const waitMs = Date.parse(entry.nextTryAt) - now.getTime();
  return !(waitMs > 0 && waitMs <= maxBackOffMs);
}
