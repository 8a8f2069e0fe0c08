/** Compares a boot with the last one that is remembered. */
import type { KindRecord } from "./records.js";

/** In: what is remembered, and the ids of the kinds that came. Out: how many of the last boot did not; undefined: none is remembered. */
export function missingFromLastBoot(
  kinds: ReadonlyMap<string, KindRecord>,
  come: ReadonlySet<string | undefined>,
): number | undefined {
  const records = [...kinds].flatMap(([id, { bootMs }]) => (bootMs === undefined ? [] : [{ id, bootMs }]));
  const lastMs = records.reduce((last, { bootMs }) => Math.max(last, bootMs), -Infinity);
  if (lastMs === -Infinity) return undefined;
  return records.filter(({ id, bootMs }) => bootMs === lastMs && !come.has(id)).length;
}
