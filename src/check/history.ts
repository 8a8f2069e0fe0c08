/**
 * Learns from the logs of before what belongs to this host: the keys of rules that ask for the first time whether they know
 * a line, and on a first run the kinds of lines.
 * Promise: bounded in bytes and time, tells nothing and moves no position; what it does not reach is learnt from the run.
 */
import type { Conditions } from "../conditions/conditions.js";
import { createRuleClassifier } from "../rules/classify/rule-classifier.js";
import type { Layer } from "../rules/layer.js";
import type { RuleSet } from "../rules/rule-set.js";
import type { Discovery, LookBack, Source } from "../sources/source.js";
import type { Text } from "../std/text/byte-string.js";

/** How far back, each in its turn: the last day is read before the last month is. */
const looksBackDays = [1, 7, 35];

export interface HistoryLimits {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** An archive is unpacked at about 100 MB/s, and a host with more than that in a day has its keys in it soon. */
const usualHistoryLimits: HistoryLimits = { bytes: 2 ** 28, milliseconds: 10_000 };

/** Who learns; what is left out needs nothing. */
export interface Learners {
  readonly conditions: Conditions | undefined;
  /** Takes each line that no rule decides. */
  readonly remainder: ((source: Text, bytes: Uint8Array, readAs: Uint8Array | undefined) => void) | undefined;
}

/** In: the sources of all settings, made so that a first run on them looks back so far. Never throws for what a source gets wrong. */
export async function learnFromHistory(
  ruleSet: RuleSet,
  { conditions, remainder }: Learners,
  discover: (lookBack: LookBack) => Promise<Discovery>,
  limits: HistoryLimits = usualHistoryLimits,
): Promise<void> {
  const classifier = createRuleClassifier(ruleSet, {
    selectedLayers: new Set<Layer>(remainder ? ["remainder"] : []),
    alsoSelected: ({ rule }) => conditions !== undefined && rule?.directives?.firstSeen !== undefined,
  });
  const endMs = performance.now() + limits.milliseconds;
  let bytesLeft = limits.bytes;
  const learnFrom = async (source: Source): Promise<void> => {
    const reader = await source.open(undefined);
    try {
      while (bytesLeft > 0 && performance.now() < endMs) {
        const chunk = await reader.read(classifier.buffer);
        if (chunk.kind === "end") return;
        bytesLeft -= chunk.kind === "lines" ? chunk.lengthBytes : chunk.bytes.length;
        const lines = classifier.classify(chunk);
        for (let index = 0; index < lines.selectedCount; index++) {
          const bytes = lines.line(index);
          const readAs = lines.readAs(index);
          const verdict = lines.verdict(index);
          if (verdict.layer === "remainder") remainder?.(source.name, bytes, readAs);
          else
            conditions?.learn({ source: source.name, bytes, readAs, trueLengthBytes: bytes.length }, verdict);
        }
      }
    } finally {
      await reader.close();
    }
  };
  for (const days of looksBackDays) {
    if (bytesLeft <= 0 || performance.now() >= endMs) return;
    const { sources } = await discover({ kind: "duration", milliseconds: days * 86_400_000 });
    for (const source of sources)
      try {
        await learnFrom(source);
      } catch {
        // The run reads it too, and says what is wrong with it.
      }
  }
}
