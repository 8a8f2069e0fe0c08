/**
 * Ranks kinds for a report that has no room for all.
 * Promise: each rule has a kind in before any has two: kinds that are forged to match one rule cannot push out another's.
 */
import type { Group } from "../group/group.js";

/** Round by round one kind of each rule, or of each title where no rule decided: its first, its last, its second, its last but one. */
export function inFairOrder(groups: readonly Group[]): readonly Group[] {
  const byRule = new Map<string | undefined, Group[]>();
  for (const group of groups) {
    const rule = group.rule ?? group.title;
    const ofRule = byRule.get(rule);
    if (ofRule) ofRule.push(group);
    else byRule.set(rule, [group]);
  }
  const queues = [...byRule.values()].map(fromBothEnds);
  const order: Group[] = [];
  for (let round = 0; order.length < groups.length; round += 1)
    for (const queue of queues) {
      const group = queue[round];
      if (group) order.push(group);
    }
  return order;
}

function fromBothEnds(groups: readonly Group[]): readonly Group[] {
  return groups.map((_, index) => {
    const place = index % 2 === 0 ? index / 2 : groups.length - 1 - (index - 1) / 2;
    // The place is one of the list's own.
    return groups[place]!;
  });
}
