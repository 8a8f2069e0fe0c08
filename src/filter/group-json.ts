/**
 * A kind of lines as `filter --group --json` prints it.
 * Promise: the same kinds, counts and lines as without --json, and names that the JSON of lines has too.
 */
import type { Group } from "../group/group.js";
import { escaped, escapedText, jsonText } from "../std/text/escape.js";

/** One line of JSON, without a newline. Times are of the zone Z. */
export function groupJson(group: Group): string {
  const { kind, layer, rule, because, title, shape, count, folded, firstMs, lastMs, samples, tallies } =
    group;
  return jsonText({
    layer,
    rule: rule && escapedText(rule),
    because,
    kind,
    title,
    shape: escaped(shape),
    count,
    folded,
    first: firstMs === undefined ? undefined : new Date(firstMs).toISOString(),
    last: lastMs === undefined ? undefined : new Date(lastMs).toISOString(),
    tallies: tallies?.map(({ by, counts, others }) => ({
      by,
      counts: Object.fromEntries(Object.entries(counts).map(([name, lines]) => [escaped(name), lines])),
      others,
    })),
    lines: samples.map(({ source, line, trueLengthBytes }) => ({
      source: escapedText(source),
      line: escaped(line),
      lengthBytes: trueLengthBytes > line.length ? trueLengthBytes : undefined,
    })),
  });
}
