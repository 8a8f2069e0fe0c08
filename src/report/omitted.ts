/**
 * Says what found no room in a report.
 * Promise: each kind of alarm that is not shown is counted with its rule, as far as there is any room for it.
 */
import { linesOf, type Group } from "../group/group.js";
import type { Block, OmittedRule } from "./block.js";

/** Of one block, so that the rules of a page that is full go on in the next. */
const rulesPerBlock = 20;

/** In: the groups of alarms that are not shown. */
export function omittedAlarmBlocks(
  groups: readonly Group[],
  maxRules: number,
  nameCharacters: number,
): Block[] {
  if (groups.length === 0) return [];
  const byRule = new Map<string, number>();
  for (const group of groups)
    if (group.rule !== undefined) byRule.set(group.rule, (byRule.get(group.rule) ?? 0) + linesOf(group));
  const rules = [...byRule].map(([rule, lines]): OmittedRule => ({ rule, lines }));
  const named = rules.slice(0, maxRules);
  const others = rules.slice(maxRules);
  const chunks = Array.from({ length: Math.ceil(named.length / rulesPerBlock) }, (_, index) =>
    named.slice(index * rulesPerBlock, (index + 1) * rulesPerBlock),
  );
  return [
    { kind: "omitted alarms", groupCount: groups.length, lines: linesIn(groups) },
    ...chunks.map((chunk): Block => ({ kind: "omitted rules", rules: chunk, nameCharacters })),
    ...(others.length > 0
      ? [{ kind: "more omitted rules", count: others.length, lines: linesIn(others.map(countOf)) } as const]
      : []),
  ];
}

/** In: the other groups that are not shown. */
export function omissionBlocks(groups: readonly Group[]): Block[] {
  return groups.length === 0 ? [] : [{ kind: "omission", groupCount: groups.length, lines: linesIn(groups) }];
}

function countOf({ lines }: OmittedRule): { readonly count: number } {
  return { count: lines };
}

function linesIn(groups: readonly Pick<Group, "count" | "folded">[]): number {
  return groups.reduce((sum, group) => sum + linesOf(group), 0);
}
