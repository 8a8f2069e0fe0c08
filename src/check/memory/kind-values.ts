/**
 * Which addresses and users the lines of alarms and violations name.
 * Promise: bounded by the lines that a report keeps; a line that names none has none.
 */
import { fieldOf } from "../../entry/fields.js";
import { readEntry } from "../../entry/header.js";
import type { Group } from "../../group/group.js";

const fields = ["address", "user"] as const;
const maxCharacters = 80;

/** "address 192.0.2.7", "user root", by the id of the kind. */
export function valuesByKind(groups: readonly Group[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, Set<string>>();
  for (const { kind, layer, samples } of groups) {
    if (kind === undefined || layer === "remainder") continue;
    const ofKind = values.get(kind) ?? new Set();
    values.set(kind, ofKind);
    for (const { line } of samples) {
      const entry = readEntry(line, anyTime);
      for (const field of fields) {
        const value = fieldOf(entry, field);
        if (value !== undefined) ofKind.add(`${field} ${value.slice(0, maxCharacters)}`);
      }
    }
  }
  return new Map([...values].map(([kind, ofKind]) => [kind, [...ofKind]]));
}

/** What a stamp without a year is read with; no time is looked at. */
const anyTime = new Date(0);
