/**
 * Which kinds of lines somebody acknowledged: they wait for the digest until a day that he named.
 * Promise: a document that cannot be read acknowledges nothing.
 */
import { hasFields, isCount, isRecordOf } from "../std/json-shape.js";
import type { Notice } from "../std/notice.js";
import type { MemoryRead } from "../store/memory-files.js";
import type { Stored } from "../store/stored.js";
import { notUnderstood } from "./first-seen.js";

/** The name of its document. */
export const acknowledgedName = "acknowledged";

const version = 1;

/** Until when, ms since the epoch, by the id of the kind. */
export type Acknowledged = Readonly<Record<string, number>>;

/** What has ended by now is left out. */
export function encodeAcknowledged(acknowledged: Acknowledged, nowMs: number): Stored {
  const until = Object.fromEntries(Object.entries(acknowledged).filter(([, untilMs]) => untilMs > nowMs));
  return { kind: acknowledgedName, version, data: { until } };
}

export function decodeAcknowledged(read: MemoryRead): {
  readonly acknowledged: Acknowledged;
  readonly notices: readonly Notice[];
} {
  if (read.kind === "nothing") return { acknowledged: {}, notices: [] };
  if (read.kind === "unreadable") return { acknowledged: {}, notices: [read.notice] };
  const { kind, version: stored, data } = read.stored;
  if (kind === acknowledgedName && stored === version && isDocument(data))
    return { acknowledged: data.until, notices: [] };
  return { acknowledged: {}, notices: [notUnderstood(acknowledgedName, read.stored)] };
}

const isDocument = hasFields<{ readonly until: Acknowledged }>({ until: isRecordOf(isCount) });
