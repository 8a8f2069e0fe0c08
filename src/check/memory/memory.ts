/**
 * What the hourly job remembers for the conditions of rules.
 * Promise: what is remembered is of the same commit as the report that tells of it.
 */
import { Circumstances } from "../../conditions/circumstances.js";
import type { Conditions, ConditionState } from "../../conditions/conditions.js";
import { KnownKeys } from "../../conditions/known-keys.js";
import { Rates } from "../../conditions/rates.js";
import { Senders } from "../../conditions/senders.js";
import { decodeFirstSeen, encodeFirstSeen, firstSeenName } from "../../memory/first-seen.js";
import { decodeRecent, encodeRecent, recentName } from "../../memory/recent.js";
import type { Origins } from "../../origins/origins.js";
import type { Memory } from "../../run/product.js";
import { localDay } from "../../std/local-day.js";
import type { Notice } from "../../std/notice.js";
import type { Stored } from "../../store/stored.js";

export interface Remembered {
  readonly state: ConditionState;
  /** About memory that cannot be read. */
  readonly notices: readonly Notice[];
}

/** What earlier runs left. Nothing is read where no rule has conditions. */
export function recall(
  conditions: Conditions,
  { store, origin }: Memory,
  now: Date,
  origins: Origins,
): Remembered {
  const hasKeys = conditions.families.length > 0;
  const nothing = { kind: "nothing" } as const;
  const firstSeen = decodeFirstSeen(hasKeys ? store.memory(firstSeenName) : nothing, origin === "lost");
  const { recent, notices } = decodeRecent(conditions.areNone ? nothing : store.memory(recentName));
  const { families } = conditions;
  const state: ConditionState = {
    keys: new KnownKeys(firstSeen.records, { families, learns: firstSeen.learns, date: localDay(now) }),
    rates: new Rates(recent.rates),
    circumstances: new Circumstances(recent.occasions),
    senders: new Senders(origins),
    now,
  };
  return { state, notices: [...firstSeen.notices, ...notices] };
}

/** What has changed since. `isLast`: the report that it goes with is finished, and tells the inventory. */
export function toRemember(
  conditions: Conditions,
  { keys, rates, circumstances, now }: ConditionState,
  isLast: boolean,
): Readonly<Record<string, Stored>> {
  if (conditions.areNone) return {};
  const records = keys.records(isLast);
  const counted = rates.toStore(now.getTime(), conditions.names);
  const hasRecent = counted !== undefined || circumstances.hasChanged;
  const recent = { rates: counted ?? rates.stored, occasions: circumstances.recent(now.getTime()) };
  return {
    ...(records && { [firstSeenName]: encodeFirstSeen(records) }),
    ...(hasRecent && { [recentName]: encodeRecent(recent) }),
  };
}
