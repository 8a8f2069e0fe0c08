/**
 * What was dropped as routine, in numbers: by the file of the rule that dropped it, and packets by port and network.
 * Promise: hopeless attacks are not shown line by line, and are not forgotten either.
 */
import type { Tally } from "../group/tally.js";
import { escaped } from "../std/escape.js";
import { tallyText } from "./render/tally-text.js";
import { formatCount } from "./render/wording.js";

/** Plain JSON. */
export interface Routine {
  /** Lines by the name of the rule file that ignored them. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of packets that a rule ignored, by port and by network. */
  readonly packets: readonly Tally[];
}

export const noRoutine: Routine = { counts: {}, packets: [] };

const maxFiles = 12;

export function addCounts(one: Routine["counts"], other: Routine["counts"]): Routine["counts"] {
  const sum = new Map(Object.entries(one));
  for (const [name, count] of Object.entries(other)) sum.set(name, (sum.get(name) ?? 0) + count);
  return Object.fromEntries(sum);
}

/** "Ignored by the rules for: ssh 1,204, firewall 310, others 12", and the packets below it; "" where nothing was. */
export function routineText({ counts, packets }: Routine): string {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  if (rows.length === 0) return "";
  const named = rows.slice(0, maxFiles).map(([name, count]) => `${escaped(name)} ${formatCount(count)}`);
  const rest = rows.slice(maxFiles).reduce((sum, [, count]) => sum + count, 0);
  const all = [...named, ...(rest > 0 ? [`others ${formatCount(rest)}`] : [])].join(", ");
  const lines = [`Ignored by the rules for: ${all}`];
  if (packets.some((tally) => tally.others > 0 || Object.keys(tally.counts).length > 0))
    lines.push(...packets.map((tally) => `  packets ${tallyText(tally)}`));
  return `\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
