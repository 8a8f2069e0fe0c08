/** What conditions know before their first line. */
import { localDay } from "../std/local-day.js";
import { Circumstances } from "./circumstances.js";
import type { ConditionState, Conditions } from "./conditions.js";
import { KnownKeys, noKeys } from "./known-keys.js";
import { Origins, type OriginSettings } from "../origins/origins.js";
import { Rates } from "./rates.js";
import { Senders } from "./senders.js";

/** Of a command that remembers nothing from one run to the next: the first line of each key is first seen. */
export function stateOfOneRun({ families }: Conditions, now: Date, origins?: OriginSettings): ConditionState {
  return {
    keys: new KnownKeys(noKeys, { families, learns: false, date: localDay(now) }),
    rates: new Rates(),
    circumstances: new Circumstances(),
    senders: new Senders(new Origins(origins)),
    now,
  };
}
