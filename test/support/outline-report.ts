/** Reports for tests of what mails say: each kind in one line. */
import type { Group } from "../../src/group/group.js";
import { buildReport } from "../../src/report/build-report.js";
import type { Report } from "../../src/report/document.js";
import { noTallies } from "../../src/report/tallies.js";

const to = new Date("2026-03-04T11:00:02Z");
const from = new Date("2026-03-04T10:00:01Z");

export function groupOf(group: Partial<Group> & { readonly lines: readonly string[] }): Group {
  const { lines, ...given } = group;
  const times = lines.map((line) => Date.parse(`2026-03-04T${line.slice(7, 15)}Z`));
  return {
    kind: "0123456789ab",
    layer: "remainder",
    shape: "app: *",
    count: lines.length,
    firstMs: Math.min(...times),
    lastMs: Math.max(...times),
    samples: lines.map((line) => ({ source: "/var/log/syslog", line, trueLengthBytes: line.length })),
    ...given,
  };
}

/** All lines that are not among the samples are counted. */
export function reportOf(groups: readonly Group[], parts: Partial<Report> = {}): Report {
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const reported = groups.reduce((sum, { samples }) => sum + samples.length, 0);
  return buildReport({
    hostname: "db7.example.org",
    from,
    to,
    notices: [],
    ledger: [
      {
        source: "/var/log/syslog",
        read: all + 900,
        ignored: 900,
        duplicate: 0,
        reported,
        counted: all - reported,
      },
    ],
    tallies: noTallies,
    reportFiles: [],
    ...parts,
    groups,
  });
}

const known = { firstMs: Date.parse("2026-02-20T08:00:00Z"), reports: 14, isUsual: true };

/** Of the day before. */
export const history = { ...known, lastMs: Date.parse("2026-03-03T08:00:00Z") };
