/** Counts of packets in words. */
import type { Tally } from "../../group/tally.js";
import { escaped } from "../../std/escape.js";
import { formatCount } from "./wording.js";

/** Ports or networks of a group of packets. */
const maxTallyRows = 6;

/** "by port: 22/TCP 1,204, 23/TCP 903, others 517". */
export function tallyText({ by, counts, others }: Tally): string {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const shown = rows.slice(0, maxTallyRows).map(([row, count]) => `${escaped(row)} ${formatCount(count)}`);
  const rest = rows.slice(maxTallyRows).reduce((sum, [, count]) => sum + count, others);
  return `by ${by}: ${[...shown, ...(rest > 0 ? [`others ${formatCount(rest)}`] : [])].join(", ")}`;
}
