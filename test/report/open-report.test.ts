/** Unfinished reports: what one program stored, a later one goes on with. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { IgnoredTallies, type FileTallies } from "../../src/group/file-tallies.js";
import { Origins } from "../../src/origins/origins.js";
import { checkLedger } from "../../src/report/ledger.js";
import { buildReport } from "../../src/report/build-report.js";
import { decodeOpenReport, emptyReport, encodeOpenReport } from "../../src/report/open-report.js";
import { type OpenReport } from "../../src/report/open-report-shape.js";
import { sampleParts } from "../support/sample-report.js";

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const version1 = JSON.parse(readFileSync("test/store/versions/open-report-1.json", "utf8"));

describe("open-report: what was stored is reported", () => {
  it("comes back as it was stored", () => {
    const { groups, ledger, notices, tallies, reportFiles } = sampleParts();
    for (const report of [emptyReport, { groups, ledger, notices, tallies, reportFiles }]) {
      const stored = encodeOpenReport(report);
      expect(stored).to.include({ kind: "report", version: 3 });
      expect(decodeOpenReport(throughJson(stored))).to.deep.equal(report);
    }
  });

  it("reads version 1, and takes the duplicates out of its ignored lines", () => {
    const report = decodeOpenReport(version1) as OpenReport;
    expect(report.ledger).to.deep.equal([
      { source: "/var/log/mail.log", read: 40, ignored: 40, duplicate: 0, reported: 0, counted: 0 },
      { source: "/var/log/syslog", read: 20, ignored: 7, duplicate: 2, reported: 9, counted: 2 },
    ]);
    checkLedger(report.ledger);
    expect(report.tallies).to.deep.equal({
      ignoredByFile: { firewall: 4, ssh: 43 },
      ignoredByField: [
        {
          file: "firewall",
          tallies: [
            { by: "port", counts: { "23/TCP": 4 }, others: 0 },
            { by: "network", counts: { "203.0.113.0/24": 4 }, others: 0 },
          ],
        },
      ],
    });
    expect(report.reportFiles).to.deep.equal(["/var/lib/logwinnow/full/00000016-2026-11-22.log.gz"]);
    expect(report.notices).to.have.length(1);
    const { headline } = buildReport({ ...report, hostname: "web1", from: new Date(0), to: new Date() });
    expect(headline).to.include({ never: 1, remainder: 10 });
  });

  it("reads version 2, which counted packets only, and goes on with its counts", () => {
    const ports = { by: "port", counts: { "23/TCP": 4 }, others: 9 };
    const tallies = { ignoredByFile: { firewall: 13 }, ignoredPackets: [ports] };
    const report = decodeOpenReport({ kind: "report", version: 2, data: { ...emptyReport, tallies } });
    const ignoredByField = [{ file: "firewall", tallies: [{ ...ports, floor: 9 }] }];
    expect(report?.tallies).to.deep.equal({ ignoredByFile: { firewall: 13 }, ignoredByField });
    expect(
      new IgnoredTallies(new Origins({ files: [] }), ignoredByField as FileTallies[]).tallies(),
    ).to.deep.equal(ignoredByField);
  });

  it("does not take what it does not know for a report", () => {
    const { data } = encodeOpenReport(emptyReport);
    const unknown: readonly unknown[] = [
      undefined,
      null,
      7,
      "report",
      [],
      {},
      { kind: "report", version: 4, data },
      { kind: "logcheck report", version: 3, data },
      { kind: "report", version: 3, data: { ...emptyReport, ledger: undefined } },
      { kind: "report", version: 3, data: { ...emptyReport, tallies: {} } },
      { kind: "report", version: 2, data: { ...emptyReport, tallies: {} } },
      { ...version1, fullSets: undefined },
      { ...version1, routine: {} },
      data,
    ];
    for (const stored of unknown)
      expect(decodeOpenReport(throughJson(stored ?? null)), JSON.stringify(stored)).to.equal(undefined);
  });
});
