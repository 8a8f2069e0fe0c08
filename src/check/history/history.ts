/**
 * Learns from the logs of before what belongs to this host: the keys of rules that ask for the first time whether they know
 * a line, and on a first run the kinds of lines.
 * Promise: tells nothing and moves no position; what it does not reach is learnt from the run.
 */
import type { Conditions } from "../../conditions/conditions.js";
import { createRuleClassifier } from "../../rules/classify/rule-classifier.js";
import type { Layer, Verdict } from "../../rules/layer.js";
import type { RuleSet } from "../../rules/rule-set.js";
import type { Discovery, LookBack } from "../../sources/source.js";
import type { HistoryKinds } from "./history-kinds.js";
import { ScanBudget, scanLogs, selectedBy, usualScan } from "./scan-logs.js";

/** The last day is read before the last month is: a host with more than is read in a day has its keys in it soon. */
const looksBackMs = [1, 7, 35].map((days) => days * 86_400_000);

/** Who learns; what is undefined needs nothing. */
export interface Learners {
  readonly conditions: Conditions | undefined;
  readonly kinds: HistoryKinds | undefined;
}

/** In: the sources of all settings, made so that a first run on them looks back so far. Never throws for what a source gets wrong. */
export async function learnFromHistory(
  ruleSet: RuleSet,
  { conditions, kinds }: Learners,
  discover: (lookBack: LookBack) => Promise<Discovery>,
): Promise<void> {
  const classifier = createRuleClassifier(ruleSet, {
    selectedLayers: new Set<Layer>(kinds ? ["remainder"] : []),
    alsoSelected: ({ rule }) => conditions !== undefined && rule?.directives?.firstSeen !== undefined,
  });
  const sink = selectedBy<Verdict>(classifier, ({ verdict, ...line }) => {
    if (verdict.layer === "remainder") kinds?.add(line);
    else conditions?.learn(line, verdict);
  });
  await scanLogs(sink, looksBackMs, discover, { budget: new ScanBudget(usualScan) });
}
