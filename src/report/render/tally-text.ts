/** Counts by name in words: the largest first, what has no room of its own among the others. */
import type { Tally } from "../../group/tally.js";
import { escaped } from "../../std/escape.js";
import { formatCount } from "./wording.js";

/** Ports or networks of a group of packets. */
const maxTallyRows = 6;

/** "by port: 22/TCP 1,204, 23/TCP 903, others 517". */
export function tallyText({ by, counts, others }: Tally): string {
  return `by ${by}: ${rankedCounts(counts, maxTallyRows, escaped, others)}`;
}

/** "ssh 1,204, firewall 310, others 12": at most `maxRows` names, as `show` makes them printable; `others` have none. */
export function rankedCounts(
  counts: Readonly<Record<string, number>>,
  maxRows: number,
  show: (name: string) => string,
  others = 0,
): string {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const named = rows.slice(0, maxRows).map(([name, count]) => `${show(name)} ${formatCount(count)}`);
  const rest = rows.slice(maxRows).reduce((sum, [, count]) => sum + count, others);
  return [...named, ...(rest > 0 ? [`others ${formatCount(rest)}`] : [])].join(", ");
}
