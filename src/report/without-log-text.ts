/**
 * A report without any text of a log, for mail that leaves the house.
 * Promise: titles of rules, ids, counts and times stay; no line, no shape, and no name or address that a log gave. The lines
 * are handed back for the report file, and the ledger counts them.
 */
import type { Group, Sample } from "../group/group.js";
import { accountFor } from "./account.js";
import type { Report } from "./document.js";

export interface WithoutLogText {
  readonly report: Report;
  /** The lines that the report would have shown. */
  readonly cut: readonly Sample[];
}

/** In: a report whose ledger counts as reported all samples that are not in the report file. */
export function withoutLogText(whole: Report): WithoutLogText {
  const { report, cut } = accountFor(whole, []);
  const { inventory: _, around: __, addresses: ___, ...rest } = report;
  const sections = report.sections.map((section) => ({
    ...section,
    groups: section.groups.map(bare),
  }));
  const tallies = { ...report.tallies, ignoredByField: [] };
  return { report: { ...rest, sections, tallies }, cut };
}

function bare({ keys: _keys, earlier: _earlier, tallies: _tallies, ...group }: Group): Group {
  return { ...group, shape: "not shown", samples: [] };
}
