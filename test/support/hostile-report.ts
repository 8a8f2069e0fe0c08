import type { Group } from "../../src/group/group.js";
import type { ReportParts } from "../../src/report/build-report.js";
import { noTallies } from "../../src/report/tallies.js";
import { hostileTexts } from "./hostile-texts.js";

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
    inventory: [{ family: hostileTexts[1] ?? "", keys: hostileTexts }],
    tallies: noTallies,
    reportFiles: [hostileTexts[2] ?? ""],
  };
}
