/**
 * The payloads that wait for their outlets, and those that were refused.
 * Promise: a payload leaves only when it was delivered or a person says so, and its bytes never change.
 */
import { join } from "node:path";
import { placeFile, replaceFile } from "../../std/atomic-file.js";
import type { Disk } from "../../std/disk.js";
import { commitOfPayload, payloadName, type Layout } from "../layout.js";
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

/** A refused payload is tried once a day, also by a daily run that starts some minutes early. */
const refusedPauseMs = 23.5 * 3_600_000;
/** What was said fits into the header, however much that is. */
const maxReasonCharacters = 8_192;

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
      const name = payloadName(commitNumber, index + 1, header.outlet);
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
    const isRefused = delivery.outcome === "refused";
    const pauseMs = isRefused ? refusedPauseMs : Math.min(minBackOffMs * 2 ** (attempts - 1), maxBackOffMs);
    const header = {
      ...headerOf(entry),
      ...recipientsAfter(entry, delivery.remaining),
      attempts,
      lastReason: delivery.reason.slice(0, maxReasonCharacters),
      nextTryAt: new Date(now.getTime() + pauseMs).toISOString(),
    };
    return this.#put(entry, isRefused ? "failed" : "waiting", header);
  }

  /** Lets a refused or waiting payload be tried again at once. */
  requeue(entry: SpoolEntry): SpoolEntry {
    return this.#put(entry, "waiting", { ...headerOf(entry), attempts: 0 });
  }

  /** The file as it is, for people to look at; undefined once it is gone. */
  raw(entry: SpoolEntry): Uint8Array | undefined {
    return this.#disk.read(this.#path(entry));
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
        this.#disk
          .list(this.#directory(status))
          .filter((name) => commitOfPayload(name) !== undefined)
          .map((name) => join(this.#directory(status), name)),
      )
      .reduce((sum, path) => sum + this.#disk.sizeBytes(path), 0);
  }

  #list(status: SpoolEntry["status"]): readonly SpoolEntry[] {
    const directory = this.#directory(status);
    return this.#disk.list(directory).flatMap((name) => {
      const commitNumber = commitOfPayload(name);
      if (commitNumber === undefined) return [];
      const path = join(directory, name);
      const start = this.#disk.read(path, maxHeaderBytes);
      // Delivered since the directory was listed: a reader that only looks holds no lock.
      if (!start) return [];
      const header = decodeSpoolHeader(start) ?? damagedHeader(name);
      return [{ ...header, name, status, commitNumber, sizeBytes: this.#disk.sizeBytes(path) }];
    });
  }

  /**
   * Writes the header anew, in its directory or another one. The copy is durable before the original goes, so a crash
   * leaves two rather than none. A damaged file is moved as it is: nobody knows what its header should be.
   */
  #put(entry: SpoolEntry, status: SpoolEntry["status"], header: SpoolHeader): SpoolEntry {
    const payload = this.payload(entry);
    const target = join(this.#directory(status), entry.name);
    const isMove = status !== entry.status;
    if (payload) {
      const bytes = encodeSpoolFile(header, payload.bytes);
      replaceFile(this.#disk, target, bytes);
      if (isMove) this.remove(entry);
      return entryOf(entry, header, status, bytes.length);
    }
    if (isMove) {
      this.#disk.rename(this.#path(entry), target);
      this.#disk.syncDirectory(this.#directory(status));
      this.#disk.syncDirectory(this.#directory(entry.status));
    }
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
  deliveredTo,
}: SpoolEntry): Omit<SpoolHeader, "attempts"> {
  return {
    outlet,
    idempotencyKey,
    contentType,
    ...(envelope && { envelope }),
    ...(deliveredTo && { deliveredTo }),
  };
}

/** Who lacks the payload, and who has it, after a try that left `remaining` without it. */
function recipientsAfter(
  { envelope, deliveredTo = [] }: SpoolEntry,
  remaining: readonly string[] | undefined,
): Pick<SpoolHeader, "envelope" | "deliveredTo"> {
  if (!envelope || !remaining) return {};
  const have = envelope.to.filter((recipient) => !remaining.includes(recipient));
  const delivered = [...new Set([...deliveredTo, ...have])];
  return {
    envelope: { from: envelope.from, to: remaining },
    ...(delivered.length > 0 && { deliveredTo: delivered }),
  };
}

/** A file that a later version wrote looks the same to this one. */
export const damagedWords = "its file is damaged, or of a later version";

/** A damaged file is listed too: `payload` then says that it cannot be sent, and a person decides. */
function damagedHeader(name: string): SpoolHeader {
  const outlet = /^\d+\.\d+\.([a-z0-9-]+)$/.exec(name)?.[1] ?? "mail";
  return { outlet, idempotencyKey: "", contentType: "", attempts: 0, lastReason: damagedWords };
}

function entryOf(
  { name, commitNumber }: SpoolEntry,
  header: SpoolHeader,
  status: SpoolEntry["status"],
  sizeBytes: number,
): SpoolEntry {
  return { ...header, name, commitNumber, sizeBytes, status };
}

/** Whether a payload may be tried. A clock that jumped back does not make it wait longer than the longest pause. */
export function isDue(entry: SpoolEntry, now: Date): boolean {
  if (entry.nextTryAt === undefined) return true;
  const longestMs = entry.status === "failed" ? refusedPauseMs : maxBackOffMs;
  const waitMs = Date.parse(entry.nextTryAt) - now.getTime();
  return !(waitMs > 0 && waitMs <= longestMs);
}
