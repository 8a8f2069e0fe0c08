/**
 * Finds the lines of a kind in the logs.
 * Promise: reads beside the runs and moves nothing; a line has the id here that a report gives it.
 */
import { readEntryOf } from "../entry/header.js";
import type { StatesCache } from "../ere/index.js";
import { shapeOfFinding } from "../group/group-table.js";
import { KindIds } from "../group/kind.js";
import { createRuleClassifier, reportedLayers } from "../rules/classify/rule-classifier.js";
import type { Layer, Verdict } from "../rules/layer.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import type { Text } from "../std/text/byte-string.js";
import { lineText } from "../std/text/line-text.js";
import { scanConfiguredLogs } from "./configured-logs.js";
import { checkMarkers } from "./product.js";
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

export interface KindLookUp {
  /** Or how it begins. */
  readonly id: string;
  readonly lookBackMs: number;
  readonly now: Date;
  /** Those of ignored lines have ids, too, which no report names. Left out: what is reported. */
  readonly layers?: ReadonlySet<Layer>;
}

/**
 * Out: whether all was read, by 256 MiB and ten seconds; the lines of the kind are handed to `take`, source by source. Lines
 * that continue an event have no id of their own.
 */
export async function linesOfKind(
  settings: CheckSettings,
  { id, lookBackMs, now, layers = reportedLayers }: KindLookUp,
  cache: StatesCache | undefined,
  take: (line: LineOfKind) => void,
): Promise<boolean> {
  const { ruleSet } = loadRuleSet(settings.rules, cache, checkMarkers, now);
  const classifier = createRuleClassifier(ruleSet, {
    selectedLayers: layers,
    // What a rule ignores may have been told all the same.
    alsoSelected: ({ rule }) => rule?.directives !== undefined,
  });
  const kinds = new KindIds();
  const oldestMs = now.getTime() - lookBackMs;
  return scanConfiguredLogs<Verdict>(
    settings,
    { lookBackMs, now },
    classifier,
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
  return rule?.directives === undefined
    ? [layer]
    : [...new Set([layer, "never", "violation", "remainder"] as const)];
}
