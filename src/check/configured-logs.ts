/**
 * Reads what the logs that a configuration names have of the last time, beside the runs.
 * Promise: bounded as `scan-logs.ts` is; moves no position.
 */
import { timestampOf } from "../entry/header.js";
import type { Classifier } from "../rules/classify/classifier.js";
import { discoverSources } from "../sources/discover.js";
import { usualLookBack } from "../sources/look-back.js";
import { usualLogs } from "../sources/usual-logs.js";
import { shortHostName } from "../std/host-name.js";
import { scanLogs, type ScannedLine } from "./scan-logs.js";
import type { CheckSettings } from "./settings.js";

/** Out: whether all was read, by 256 MiB and ten seconds. Lines that a log has of before are among those that it takes. */
export function scanConfiguredLogs<V extends object>(
  { sources }: CheckSettings,
  { lookBackMs, now }: { readonly lookBackMs: number; readonly now: Date },
  classifier: Classifier<V>,
  take: (line: ScannedLine<V>) => void,
): Promise<boolean> {
  const context = {
    now,
    hostname: shortHostName(),
    timestampOf: (line: Uint8Array) => timestampOf(line, now),
    readsForms: true,
  };
  const wanted = sources ?? usualLogs(usualLookBack);
  return scanLogs<V>(
    classifier,
    [lookBackMs],
    (firstRun) =>
      discoverSources(
        wanted.map((each) => ({ ...each, firstRun })),
        new Set(),
        context,
      ),
    take,
  );
}
