/** A report as an ordinary hour brings it, for tests of its layout. */
import { readEntry } from "../../src/entry/header.js";
import { createGroupTable, defaultGroupLimits } from "../../src/group/group-table.js";
import type { Group } from "../../src/group/group.js";
import type { Layer } from "../../src/rules/layer.js";
import type { ReportParts } from "../../src/report/build-report.js";
import type { RuleList } from "../../src/rules/rule-list.js";

const to = new Date("2026-11-22T01:02:00Z");

const findings: readonly (readonly [Layer, string])[] = [
  ["remainder", "Nov 22 00:10:01 web1 mysqld[612]: 41 [Warning] Aborted connection 7 to db: 'shop'"],
  ["violation", "Nov 22 00:15:00 web1 sudo: mallory : user NOT in sudoers ; TTY=pts/0 ; COMMAND=/bin/sh"],
  ["never", "Nov 22 00:41:26 web1 sshd[812]: Accepted password for root from 192.0.2.7 port 4711 ssh2"],
  ["never", "Nov 22 00:45:01 web1 kernel: [812.5] device eth0 entered promiscuous mode"],
  ["never", "Nov 22 00:45:09 web1 kernel: [820.1] device eth1 entered promiscuous mode"],
  ["remainder", "Nov 22 00:50:00 web1 app[77]: \x1b[2Jcaf\xc3\xa9 \xe2\x80\xaegnp.exe"],
  ["remainder", "Nov 22 00:50:02 web1 cloud-init[99]: no data source found"],
  ...Array.from(
    { length: 9 },
    (_, index) =>
      [
        "remainder",
        `Nov 22 00:2${index}:0${index} web1 mysqld[612]: 4${index} [Note] slow query took 1${index} s`,
      ] as const,
  ),
  ["remainder", "Nov 22 00:59:00 web1 backup[1]: finished"],
  ...Array.from(
    { length: 40 },
    (_, index) =>
      [
        "remainder",
        `Nov 22 00:30:${10 + index} web1 kernel: [9.${index}] [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.${index} ` +
          `DST=10.0.0.5 PROTO=TCP SPT=4711 DPT=${[22, 23, 22, 445, 1000 + index][index % 5]} SYN`,
      ] as const,
  ),
];

const listOf: Partial<Record<Layer, RuleList>> = { never: "never", violation: "violation" };

export function sampleGroups(isGrouped = true): readonly Group[] {
  const table = createGroupTable({ isGrouped, limits: defaultGroupLimits });
  for (const [layer, line] of findings) {
    const list = listOf[layer];
    const rule = list && { list, file: `/usr/share/logwinnow/${list}.d/base`, line: 12, text: "x" };
    table.add({
      source: "/var/log/syslog",
      line,
      trueLengthBytes: line.includes("cloud-init") ? 70_000 : line.length,
      verdict: rule ? { layer, rule } : { layer },
      entry: readEntry(line, to),
    });
  }
  return table.groups();
}

/** To be read in UTC. */
export function sampleParts(groups = sampleGroups()): ReportParts {
  const shown = groups.reduce((sum, { samples }) => sum + samples.length, 0);
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  return {
    hostname: "web1.example.org",
    from: new Date("2026-11-22T00:02:00Z"),
    to,
    notices: [
      {
        where: "/etc/logwinnow/ignore.d/local/app:12:34",
        what: 'unmatched "("',
        done: "rule skipped, its lines will be reported",
      },
      {
        where: "/var/log/mail.log",
        what: "shrank from 8120 to 96 bytes",
        done: "reading again from the start",
      },
    ],
    groups,
    ledger: [
      { source: "/var/log/mail.log", read: 12_345, ignored: 12_345, duplicate: 0, reported: 0, counted: 0 },
      {
        source: "/var/log/syslog",
        read: 103 + all,
        ignored: 100,
        duplicate: 3,
        reported: shown,
        counted: all - shown,
      },
    ],
    tallies: {
      ignoredByFile: { ssh: 1204, firewall: 310, postfix: 95 },
      ignoredByField: [
        {
          file: "firewall",
          tallies: [
            { by: "port", counts: { "23/TCP": 200, "22/TCP": 110 }, others: 0 },
            { by: "network", counts: { "203.0.113.0/24": 310 }, others: 0 },
          ],
        },
      ],
    },
    logins: {
      refused: 1204,
      firstMs: new Date(2026, 10, 22, 0, 1).getTime(),
      lastMs: new Date(2026, 10, 22, 0, 59).getTime(),
      addresses: {
        by: "address",
        counts: { "198.51.100.7": 600, "192.0.2.7": 500 },
        others: 104,
        missed: { "192.0.2.7": 3 },
        floor: 3,
      },
      users: { by: "user", counts: { root: 1000, admin: 200 }, others: 4 },
      sessions: [],
      usualPerHour: 64,
    },
    reportFiles: ["/var/lib/logwinnow/full/00000017-2026-11-22.log.gz"],
  };
}
