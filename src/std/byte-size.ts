/**
 * Reads sizes as people write them: "1MiB", "512 MB".
 * Promise: refuses what it does not know, and never guesses.
 */
import type { Parsed } from "./parsed.js";

const bytesPerUnit: ReadonlyMap<string, number> = new Map([
  ["B", 1],
  ["kB", 1e3],
  ["MB", 1e6],
  ["GB", 1e9],
  ["KiB", 2 ** 10],
  ["MiB", 2 ** 20],
  ["GiB", 2 ** 30],
]);

/** In: a number and a unit (B, kB, MB, GB, KiB, MiB, GiB). Out: whole bytes. */
export function parseByteSize(text: string): Parsed<number> {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text) ?? [];
  const bytes = Math.round(Number(number) * (bytesPerUnit.get(unit) ?? NaN));
  if (number === "" || !Number.isSafeInteger(bytes))
    return { ok: false, expected: 'a size such as "64KiB", "1MiB" or "2GB"' };
  return { ok: true, value: bytes };
}
