/** The addresses and users that lines of a kind named. Promise: bounded; the first ones stay, so that none is pushed out. */
import type { KindRecord } from "./records.js";

/** Of one kind. One that finds no room is new each time. */
const mostValues = 32;

export function valuesOf(values: readonly string[]): Pick<KindRecord, "values"> {
  const distinct = [...new Set(values)].slice(0, mostValues);
  return distinct.length > 0 ? { values: distinct } : {};
}
