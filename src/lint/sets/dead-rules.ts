/**
 * Finds rules that never decide, since the lists before theirs take all their lines or others cancel them.
 * Promise: the whole table of verdicts is asked, cancelling lists too, and it is decided exactly or said to be not decided.
 */
import { canSpare, verdictOf } from "../../rules/layers.js";
import type { Rule } from "../../rules/rule.js";
import type { RuleList } from "../../rules/rule-list.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";
import { RuleLanguages, type RuleGroup } from "./rule-languages.js";
import type { Sample, RuleSamples } from "./rule-samples.js";

export type DeadRule =
  /** `other` takes the line, one of the rule's. */
  | { readonly kind: "dead"; readonly rule: RuleIndex; readonly other: RuleIndex; readonly line: Uint8Array }
  | { readonly kind: "not decided"; readonly rule: RuleIndex; readonly reason: string };

/** By list, what the rules of these other lists leave to it: a line is left where a group of `takes` does not match it, or one that cancels that group does. */
const takers: Readonly<
  Partial<Record<RuleList, readonly { readonly takes: RuleList; readonly cancelledBy?: RuleList }[]>>
> = {
  never: [{ takes: "never.ignore" }],
  violation: [{ takes: "never", cancelledBy: "never.ignore" }, { takes: "violation.ignore" }],
  ignored: [
    { takes: "never", cancelledBy: "never.ignore" },
    { takes: "violation", cancelledBy: "violation.ignore" },
  ],
};

export function deadRulesOf(
  corpus: RuleCorpus,
  samples: RuleSamples,
  targets: readonly RuleIndex[],
): DeadRule[] {
  const candidates = targets.flatMap((rule) => {
    const all = samples.of(rule);
    const isTaken = all.length > 0 && all.every((sample) => !isLeft(rule, sample, corpus));
    return isTaken ? [{ rule, groups: groupsFor(rule, all, corpus) }] : [];
  });
  if (candidates.length === 0) return [];
  const members = candidates.flatMap(({ rule, groups }) => [rule, ...groups.flatMap(({ rules }) => rules)]);
  const languages = new RuleLanguages(corpus, [...new Set(members)]);
  return candidates.flatMap(({ rule, groups }): DeadRule[] => {
    const steps = takers[corpus.rules[rule]?.list ?? "ignored"] ?? [];
    const left = languages.find(rule, groups, (matched) => {
      let place = 0;
      return steps.every(({ cancelledBy }) => {
        const takes = matched[place++] === true;
        const cancels = cancelledBy !== undefined && matched[place++] === true;
        return !takes || cancels;
      });
    });
    if (left.kind === "line") return [];
    if (left.kind === "not decided") return [{ kind: "not decided", rule, reason: left.reason }];
    const line = samples.of(rule)[0]?.line ?? Buffer.of();
    const [other = rule] = groups.flatMap((group) => (group.isWanted ? [] : group.rules));
    return [{ kind: "dead", rule, other, line }];
  });
}

/** Of rules that never spare a line, since what is spared is left to others. */
function rulesAt(corpus: RuleCorpus, matching: readonly RuleIndex[]): readonly Rule[] {
  return matching.flatMap((index) => {
    const rule = corpus.rules[index];
    return rule === undefined || canSpare(rule) ? [] : [rule];
  });
}

function isLeft(rule: RuleIndex, { matching }: Sample, corpus: RuleCorpus): boolean {
  const own = corpus.rules[rule];
  if (own === undefined) return true;
  const others = rulesAt(corpus, matching).filter((other) => other === own || other.list !== own.list);
  return verdictOf(others.includes(own) ? others : [own, ...others]).rule === own;
}

/** In the order of `takers`. Those that cancel are all that there are; of those that take, the ones that seem to. */
function groupsFor(rule: RuleIndex, all: readonly Sample[], corpus: RuleCorpus): readonly RuleGroup[] {
  const seen = [...new Set(all.flatMap(({ matching }) => matching))].sort((one, other) => one - other);
  const steps = takers[corpus.rules[rule]?.list ?? "ignored"] ?? [];
  const isOf = (list: RuleList) => (index: RuleIndex) => corpus.rules[index]?.list === list;
  return steps.flatMap(({ takes, cancelledBy }): RuleGroup[] => [
    {
      rules: seen.filter((index) => isOf(takes)(index) && rulesAt(corpus, [index]).length > 0),
      isWanted: false,
    },
    ...(cancelledBy ? [{ rules: [...corpus.rules.keys()].filter(isOf(cancelledBy)), isWanted: true }] : []),
  ]);
}
