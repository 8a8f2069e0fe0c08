/**
 * Puts together what a run has to say.
 * Promise: the groups hold exactly the lines that the ledger says were reported or capped.
 */
import type { Group } from "../group/group.js";
import type { Report, Section } from "./report.js";

/** All of a report but its sections, and the groups that they are made of. */
export interface ReportParts extends Omit<Report, "sections"> {
  /** Worst layer first, as a group table gives them. */
  readonly groups: readonly Group[];
}

/** Throws when groups and ledger disagree: that is always a bug of this program. */
export function buildReport({ groups, ...parts }: ReportParts): Report {
  const inGroups = groups.reduce((sum, { count }) => sum + count, 0);
  const inLedger = parts.ledger.reduce((sum, { reported, capped }) => sum + reported + capped, 0);
  if (inGroups !== inLedger)
    throw new Error(`bug: ${inGroups} lines in groups, but ${inLedger} reported or capped in the ledger`);

  const sections: Section[] = [];
  for (const layer of ["never", "violation", "remainder"] as const) {
    const own = groups.filter((group) => group.layer === layer);
    if (own.length > 0) sections.push({ layer, groups: own });
  }
  return { ...parts, sections };
}
