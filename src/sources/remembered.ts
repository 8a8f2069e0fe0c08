/**
 * Decides which positions are worth keeping.
 * Promise: a log that is gone and was read to its end is forgotten at once, any other after 400 days in which no run
 * looked for it.
 */
import { forgottenAfterMs, isOfNothing, seenOn, withSeen } from "./file/position.js";
import type { Position } from "./source.js";

/** The positions that the next run is to have. `looked`: the names of the sources of this run. */
export function remembered(
  positions: Readonly<Record<string, Position>>,
  looked: ReadonlySet<string>,
  now: Date,
): Readonly<Record<string, Position>> {
  const kept: [string, Position][] = [];
  for (const [name, position] of Object.entries(positions)) {
    if (isOfNothing(position)) continue;
    const seen = looked.has(name) ? now : (seenOn(position) ?? now);
    if (now.getTime() - seen.getTime() <= forgottenAfterMs) kept.push([name, withSeen(position, seen)]);
  }
  return Object.fromEntries(kept);
}
