import type { Group } from "../../src/group/group.js";
import type { ReportParts } from "../../src/report/build-report.js";
import { noTallies } from "../../src/report/tallies.js";
import { hostileTexts } from "./hostile-texts.js";

const addressAt = (index: number): string => `192.0.2.${index}`;

/** A report in which every text comes from somebody who wants to break out of the mail. */
export function hostileParts(): ReportParts {
  const to = new Date("2026-11-22T01:02:00Z");
  const groups = (["never", "violation", "remainder"] as const).flatMap((layer) =>
    hostileTexts.map((line, index): Group => ({
      kind: `${layer.length}${index.toString(16).padStart(11, "0")}`,
      layer,
      shape: line,
      rule: line,
      count: 2,
      keys: [{ by: "address", counts: { [addressAt(index)]: 2 }, others: 0 }],
      samples: [{ source: line, line, trueLengthBytes: line.length + (index % 2) }],
    })),
  );
  return {
    hostname: "web1.example.org",
    to,
    notices: hostileTexts.map((text) => ({ where: text, what: text, done: text })),
    groups,
    ledger: [
      {
        source: hostileTexts[0] ?? "",
        read: groups.length * 2,
        ignored: 0,
        duplicate: 0,
        reported: groups.length,
        counted: groups.length,
      },
    ],
    volume: hostileTexts.flatMap((name, index) =>
      (["source", "ignored"] as const).map((of) => ({
        of,
        name,
        lines: 900,
        most: index,
        atMs: to.getTime(),
      })),
    ),
    addresses: new Map(hostileTexts.map((text, index) => [addressAt(index), text])),
    brought: new Map(
      groups.map(({ kind = "", shape }) => [
        kind,
        { action: "upgraded", name: shape, from: shape, to: shape, atMs: to.getTime() - 60_000 },
      ]),
    ),
    remembersKinds: true,
    inventory: [{ family: hostileTexts[1] ?? "", keys: hostileTexts }],
    tallies: noTallies,
    reportFiles: [hostileTexts[2] ?? ""],
  };
}
