/**
 * A report without any text of a log, for mail that leaves the house.
 * Promise: titles of rules, ids, counts and times stay; no line, no shape, and no name or address that a log gave. The lines
 * are handed back for the report file, and the ledger counts them.
 */
import type { Group, Sample } from "../group/group.js";
import { accountFor } from "./account.js";
import type { Report } from "./document.js";
import type { ReportedLogins } from "./logins.js";

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
  const logins = report.logins && withoutNames(report.logins);
  return { report: { ...rest, sections, tallies, ...(logins && { logins }) }, cut };
}

/** How often, and when; not who, and not from where. */
function withoutNames(logins: ReportedLogins): ReportedLogins {
  const { refused, addresses, users, sessions } = logins;
  const nameless = { counts: {}, others: refused };
  return {
    ...logins,
    addresses: { by: addresses.by, ...nameless },
    users: { by: users.by, ...nameless },
    sessions: sessions.map(({ atMs, before, endedMs }, index) => ({
      address: `[${index}]`,
      user: "",
      port: "",
      atMs,
      ...(before && {
        before: { attempts: before.attempts, firstMs: before.firstMs, lastMs: before.lastMs },
      }),
      ...(endedMs !== undefined && { endedMs }),
    })),
  };
}

function bare({ keys: _keys, earlier: _earlier, tallies: _tallies, ...group }: Group): Group {
  return { ...group, shape: "not shown", samples: [] };
}
