/**
 * The one table of what lists of rules mean together.
 * Promise: nothing hides what should never happen but never.ignore, and without a rule a line is reported.
 */
import type { Rule } from "./rule.js";
import type { RuleList } from "./rule-list.js";
import type { Layer, Verdict } from "./layer.js";

interface Step {
  readonly list: RuleList;
  /** A line that also matches a rule of this list falls through to the next step. */
  readonly cancelledBy?: RuleList;
  readonly layer: Layer;
}

/** The first step that holds decides. */
const steps: readonly Step[] = [
  { list: "never", cancelledBy: "never.ignore", layer: "never" },
  { list: "violation", cancelledBy: "violation.ignore", layer: "violation" },
  { list: "ignored", layer: "ignored" },
];

const remainder: Verdict = { layer: "remainder" };

/** In: all rules that match a line, in the order in which they were read. The first one of the layer decides. */
export function verdictOf(matching: readonly Rule[]): Verdict {
  const cancelledBy: Rule[] = [];
  const cancelled = (): Pick<Verdict, "cancelledBy"> => (cancelledBy.length > 0 ? { cancelledBy } : {});
  for (const { list, cancelledBy: cancellers, layer } of steps) {
    const rule = firstOf(matching, list);
    if (!rule) continue;
    const canceller = matching.find((candidate) => candidate.list === cancellers);
    if (canceller) {
      cancelledBy.push(canceller);
      continue;
    }
    if (!canSpare(rule)) return { layer, rule, ...cancelled() };
    const otherwise = verdictOf(matching.filter((other) => other !== rule));
    return { layer, rule, otherwise, ...cancelled() };
  }
  return cancelledBy.length > 0 ? { layer: "remainder", cancelledBy } : remainder;
}

/** What was written for this host decides before what serves all hosts. */
function firstOf(matching: readonly Rule[], list: RuleList): Rule | undefined {
  const ofList = matching.filter((rule) => rule.list === list);
  return (list === "ignored" ? ofList.find(({ isLocal }) => isLocal === true) : undefined) ?? ofList[0];
}

/** Whether conditions of a rule that raises lines can spare one: it is what it would be without the rule. */
export function canSpare({ directives: { min, unlessCountry, unlessNetwork } = {} }: Rule): boolean {
  return min !== undefined || unlessCountry !== undefined || unlessNetwork !== undefined;
}
