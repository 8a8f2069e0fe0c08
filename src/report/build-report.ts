/**
 * Puts together what a run has to say.
 * Promise: the groups hold exactly the lines that the ledger says were reported or counted.
 */
import { layers, type Layer } from "../rules/layer.js";
import { linesOf, type Group } from "../group/group.js";
import type { Report, Section } from "./document.js";
import { totalOf } from "./ledger.js";

/** All of a report but what follows from the groups, and the groups. */
export interface ReportParts extends Omit<Report, "sections" | "headline"> {
  /** Worst layer first, as a group table gives them. */
  readonly groups: readonly Group[];
}

/** Throws when groups and ledger disagree: that is always a bug of this program. */
export function buildReport({ groups, ...parts }: ReportParts): Report {
  const total = totalOf(parts.ledger);
  const inGroups = groups.reduce((sum, group) => sum + linesOf(group), 0);
  const inLedger = total.reported + total.counted;
  if (inGroups !== inLedger)
    throw new Error(`bug: ${inGroups} lines in groups, but ${inLedger} reported or counted in the ledger`);

  const sections = sectionsOf(groups);
  const eventsOf = (layer: Layer): number => sections.find((section) => section.layer === layer)?.lines ?? 0;
  const headline = {
    never: eventsOf("never"),
    violation: eventsOf("violation"),
    remainder: eventsOf("remainder"),
    ignored: total.ignored,
    read: total.read,
    notices: parts.notices.length,
  };
  return { ...parts, headline, sections };
}

/** Worst layer first; layers without groups are left out. */
export function sectionsOf(groups: readonly Group[]): Section[] {
  return layers
    .map((layer) => groups.filter((group) => group.layer === layer))
    .flatMap((ofLayer) => {
      const [first] = ofLayer;
      return first ? [{ layer: first.layer, lines: linesIn(ofLayer), groups: ofLayer }] : [];
    });
}

function linesIn(groups: readonly Group[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}
