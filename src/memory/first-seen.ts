/**
 * The keys of rules with `first-seen` as they are stored between runs.
 * Promise: a document that cannot be read teaches nothing: all that comes is told as first seen.
 */
import { noKeys, type FamilyRecord, type KeyRecords } from "../conditions/known-keys.js";
import { hasFields, isCount, isRecordOf, isString } from "../std/json-shape.js";
import type { MemoryRead } from "../store/memory-files.js";
import type { Stored } from "../store/stored.js";
import type { Notice } from "../std/notice.js";

/** The name of its document. */
export const firstSeenName = "first-seen";

const version = 1;

export function encodeFirstSeen(records: KeyRecords): Stored {
  return { kind: firstSeenName, version, data: records };
}

/** What a run starts from. `learns`: whether families that are not in the records learn what comes first. */
export interface FirstSeen {
  readonly records: KeyRecords;
  readonly learns: boolean;
  readonly notices: readonly Notice[];
}

/** In: what the store has. A host without a state of its own learns; one that has lost it does not. */
export function decodeFirstSeen(read: MemoryRead, isStateLost: boolean): FirstSeen {
  if (read.kind === "nothing") return { records: noKeys, learns: !isStateLost, notices: [] };
  if (read.kind === "unreadable") return { records: noKeys, learns: false, notices: [read.notice] };
  const { kind, version: stored, data } = read.stored;
  if (kind === firstSeenName && stored === version && isRecords(data))
    return { records: data, learns: true, notices: [] };
  return { records: noKeys, learns: false, notices: [notUnderstood(firstSeenName, read.stored)] };
}

/** Says that a memory is in a form that this program does not know. */
export function notUnderstood(name: string, { kind, version: stored }: Stored): Notice {
  return {
    where: `memory of "${name}"`,
    what: `a document of kind "${kind}", version ${stored}, which this program does not understand`,
    done: "what it remembered is forgotten, lines may be reported again",
  };
}

const isRecords = hasFields<KeyRecords>({
  day: isCount,
  date: isString,
  families: isRecordOf(
    hasFields<FamilyRecord>({
      program: isString,
      isLearning: (value) => value === undefined || value === true,
      keys: isRecordOf(isCount),
    }),
  ),
});
