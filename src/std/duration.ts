/**
 * Reads durations as people write them: "90s", "24h".
 * Promise: refuses what it does not know, and never guesses.
 */
import type { Parsed } from "./parsed.js";

const millisecondsPerUnit: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["min", 60_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

/** In: a number and a unit (ms, s, m or min, h, d, w). Out: whole milliseconds. */
export function parseDuration(text: string): Parsed<number> {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([a-z]+)$/.exec(text) ?? [];
  const milliseconds = Math.round(Number(number) * (millisecondsPerUnit.get(unit) ?? NaN));
  if (number === "" || !Number.isSafeInteger(milliseconds))
    return { ok: false, expected: 'a duration such as "90s", "15min", "24h" or "7d"' };
  return { ok: true, value: milliseconds };
}
