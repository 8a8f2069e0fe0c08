/**
 * Puts together what a run has to say.
 * Promise: the groups hold exactly the lines that the ledger says were reported or counted.
 */
import type { Layer } from "../rules/layer.js";
import type { Group } from "../group/group.js";
import type { Report, Section } from "./document.js";

/** All of a report but its sections, and the groups that they are made of. */
export interface ReportParts extends Omit<Report, "sections"> {
  /** Worst layer first, as a group table gives them. */
  readonly groups: readonly Group[];
}

/** Throws when groups and ledger disagree: that is always a bug of this program. */
export function buildReport({ groups, ...parts }: ReportParts): Report {
  const inGroups = groups.reduce((sum, { count }) => sum + count, 0);
  const inLedger = parts.ledger.reduce((sum, { reported, counted }) => sum + reported + counted, 0);
  if (inGroups !== inLedger)
    throw new Error(`bug: ${inGroups} lines in groups, but ${inLedger} reported or counted in the ledger`);

  return { ...parts, sections: sectionsOf(groups) };
}

const worstFirst: readonly Layer[] = ["never", "violation", "remainder", "ignored"];

/** Worst layer first; layers without groups are left out. */
export function sectionsOf(groups: readonly Group[]): Section[] {
  return worstFirst
    .map((layer) => ({ layer, groups: groups.filter((group) => group.layer === layer) }))
    .filter((section) => section.groups.length > 0);
}
