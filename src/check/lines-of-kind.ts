/**
 * Finds the lines of a kind in the logs.
 * Promise: reads beside the runs and moves nothing; a line has the id here that a report gives it.
 */
import { readEntryOf, timestampOf } from "../entry/header.js";
import type { StatesCache } from "../ere/index.js";
import { shapeOfFinding } from "../group/group-table.js";
import { KindIds } from "../group/kind.js";
import { createRuleClassifier, reportedLayers } from "../rules/classify/rule-classifier.js";
import type { Layer, Verdict } from "../rules/layer.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import { discoverSources } from "../sources/discover.js";
import { usualLookBack } from "../sources/look-back.js";
import { usualLogs } from "../sources/usual-logs.js";
import { shortHostName } from "../std/host-name.js";
import type { Text } from "../std/text/byte-string.js";
import { lineText } from "../std/text/line-text.js";
import { checkMarkers } from "./product.js";
import { scanLogs } from "./scan-logs.js";
import type { CheckSettings } from "./settings.js";

export interface LineOfKind {
  readonly source: Text;
  /** Without its newline. The bytes change with the next line. */
  readonly bytes: Uint8Array;
  readonly layer: Layer;
}

/** How far back to look where nobody says: as far as logs usually go before they are rotated. */
export const kindLookBackMs = 7 * 86_400_000;

/** Of a line, what is looked at for its id. */
const maxLookedAtBytes = 65_536;

/**
 * In: an id, or how it begins, and how far back to look. Out: whether all was read, by 256 MiB and ten seconds; the lines of
 * the kind are handed to `take`, source by source. Lines that continue an event have no id of their own.
 */
export async function linesOfKind(
  settings: CheckSettings,
  { id, lookBackMs, now }: { readonly id: string; readonly lookBackMs: number; readonly now: Date },
  cache: StatesCache | undefined,
  take: (line: LineOfKind) => void,
): Promise<boolean> {
  const { ruleSet } = loadRuleSet(settings.rules, cache, checkMarkers, now);
  const classifier = createRuleClassifier(ruleSet, {
    selectedLayers: reportedLayers,
    // What a rule ignores may have been told all the same.
    alsoSelected: ({ rule }) => rule?.directives !== undefined,
  });
  const kinds = new KindIds();
  const oldestMs = now.getTime() - lookBackMs;
  const context = {
    now,
    hostname: shortHostName(),
    timestampOf: (line: Uint8Array) => timestampOf(line, now),
    readsForms: true,
  };
  const wanted = settings.sources ?? usualLogs(usualLookBack);
  return scanLogs<Verdict>(
    classifier,
    [lookBackMs],
    (firstRun) =>
      discoverSources(
        wanted.map((each) => ({ ...each, firstRun })),
        new Set(),
        context,
      ),
    ({ source, bytes, readAs, verdict }) => {
      const line = lineText(bytes);
      const read = readAs && lineText(readAs).slice(0, maxLookedAtBytes);
      const entry = readEntryOf(line.slice(0, maxLookedAtBytes), read, now);
      if ((entry.timestampMs ?? Infinity) < oldestMs) return;
      const shape = shapeOfFinding({ entry, verdict });
      const layer = layersOf(verdict).find((each) =>
        kinds.idOf(each, verdict.rule?.text, shape).startsWith(id),
      );
      if (layer !== undefined) take({ source, bytes: bytes.subarray(0, line.length), layer });
    },
  );
}

/** A condition of the rule may have moved the line to any of them. */
function layersOf({ layer, rule }: Verdict): readonly Layer[] {
  return rule?.directives === undefined ? [layer] : ["never", "violation", "remainder"];
}
