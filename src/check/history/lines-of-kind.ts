/**
 * Finds the lines of kinds in the kept history.
 * Promise: reads beside the runs and moves nothing; a line has the id here that a report gives it.
 */
import { readEntryOf } from "../../entry/header.js";
import type { StatesCache } from "../../ere/index.js";
import { shapeOfFinding } from "../../group/group-table.js";
import { KindIds } from "../../group/kind.js";
import { createRuleClassifier, reportedLayers } from "../../rules/classify/rule-classifier.js";
import type { Layer, Verdict } from "../../rules/layer.js";
import { loadRuleSet } from "../../rules/load-rule-set.js";
import type { Text } from "../../std/text/byte-string.js";
import { lineText } from "../../std/text/line-text.js";
import { readHistory, type HistoryOptions, type HistoryRead } from "./kept-history.js";
import { checkMarkers } from "../lines/line-judge.js";
import { selectedBy } from "./scan-logs.js";
import type { CheckSettings } from "../settings.js";

export interface LineOfKind {
  readonly source: Text;
  /** Without its newline. The bytes change with the next line. */
  readonly bytes: Uint8Array;
  /** What the rules read in its place. */
  readonly readAs: Uint8Array | undefined;
  readonly layer: Layer;
}

/** Of a line, what is looked at for its id. */
const maxLookedAtBytes = 65_536;

export interface KindLookUp {
  /** Or how they begin. */
  readonly ids: readonly string[];
  /** Those of ignored lines have ids, too, which no report names. Left out: what is reported. */
  readonly layers?: ReadonlySet<Layer>;
}

/**
 * Out: what was read; the lines of the kinds are handed to `take`, source by source. Lines that continue an event have no id
 * of their own.
 */
export async function linesOfKinds(
  settings: CheckSettings,
  { ids, layers = reportedLayers }: KindLookUp,
  history: HistoryOptions,
  cache: StatesCache | undefined,
  take: (line: LineOfKind) => void,
): Promise<HistoryRead> {
  const { now, lookBackMs } = history;
  const { ruleSet } = loadRuleSet(settings.rules, cache, checkMarkers, now);
  const classifier = createRuleClassifier(ruleSet, {
    selectedLayers: layers,
    // What a rule ignores may have been told all the same.
    alsoSelected: ({ rule }) => rule?.directives !== undefined,
  });
  const kinds = new KindIds();
  const oldestMs = now.getTime() - lookBackMs;
  const sink = selectedBy<Verdict>(classifier, ({ source, bytes, readAs, verdict }) => {
    const line = lineText(bytes);
    const read = readAs && lineText(readAs).slice(0, maxLookedAtBytes);
    const entry = readEntryOf(line.slice(0, maxLookedAtBytes), read, now);
    if ((entry.timestampMs ?? Infinity) < oldestMs) return;
    const shape = shapeOfFinding({ entry, verdict });
    const layer = layersOf(verdict).find((each) => {
      const own = kinds.idOf(each, verdict.rule?.text, shape);
      return ids.some((id) => own.startsWith(id));
    });
    if (layer !== undefined) take({ source, bytes: bytes.subarray(0, line.length), readAs, layer });
  });
  return readHistory(sink, settings, history);
}

/** A condition of the rule may have moved the line to any of them. */
function layersOf({ layer, rule }: Verdict): readonly Layer[] {
  return rule?.directives === undefined
    ? [layer]
    : [...new Set([layer, "never", "violation", "remainder"] as const)];
}
