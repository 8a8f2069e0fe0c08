/**
 * The rules and their conditions as the hourly job asks them.
 * Promise: the verdict on a line is the same for a run and for whoever replays one.
 */
import { circumstanceMarkers } from "../../conditions/circumstances.js";
import { conditionalClassifier } from "../../conditions/conditional-classifier.js";
import { Conditions } from "../../conditions/conditions.js";
import { loginMarkers } from "../../entry/login.js";
import type { Classifier } from "../../rules/classify/classifier.js";
import { reportedLayers } from "../../rules/classify/rule-classifier.js";
import type { Verdict } from "../../rules/layer.js";
import type { Rule } from "../../rules/rule.js";
import type { RuleSet } from "../../rules/rule-set.js";
import { commandMarkers } from "./continued-commands.js";

/** What lines are looked for by beside the rules. */
export const checkMarkers = (rules: readonly Rule[]): readonly string[] => [
  ...commandMarkers,
  ...loginMarkers,
  ...circumstanceMarkers(rules),
];

export interface LineJudge {
  readonly conditions: Conditions;
  readonly classifier: Classifier<Verdict>;
  /** The verdict on a line that is put together of several; counted nowhere. */
  readonly verdictOn: (line: Uint8Array) => Verdict;
}

/** In: rules that were loaded with `checkMarkers`, and which ignored lines are handed out all the same. */
export function lineJudge(ruleSet: RuleSet, alsoSelected: (verdict: Verdict) => boolean): LineJudge {
  const conditions = new Conditions(ruleSet, {
    // What explains an alarm may be read after it.
    lowersAtOnce: false,
    isTold: ({ layer }) => layer !== "ignored",
  });
  const classifierOf = (selected: (verdict: Verdict) => boolean): Classifier<Verdict> =>
    conditionalClassifier(ruleSet, conditions, {
      selectedLayers: reportedLayers,
      alsoSelected: selected,
      // They are in the ledger already.
      handsOutEarlier: false,
    });
  let onceMore: Classifier<Verdict> | undefined;
  const verdictOn = (line: Uint8Array): Verdict =>
    // A classifier of its own, since what this one counts is no line of any source; hardly any host needs it.
    (onceMore ??= classifierOf(() => false)).verdictOn(line);
  return { conditions, classifier: classifierOf(alsoSelected), verdictOn };
}

/** Whether an ignored line is looked at all the same: its rule asks for a tally, or it may be a part of a command. */
export function isLookedAt({ layer, rule, isMarked }: Verdict): boolean {
  if (layer === "ignored" && isMarked) return true;
  return layer === "ignored" && rule?.directives?.tally !== undefined;
}
