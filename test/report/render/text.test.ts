/** The text of a report: its layout, and that nothing raw gets through. */
import { expect } from "chai";
import { buildReport, type ReportParts } from "../../../src/report/build-report.js";
import { noTallies } from "../../../src/report/tallies.js";
import { expectGolden } from "../../support/golden.js";
import { reportText } from "../../support/mail-text.js";
import { sampleGroups, sampleParts } from "../../support/sample-report.js";
import { useTimeZone } from "../../support/time-zone.js";

const textOfParts = (parts: ReportParts): string => reportText(buildReport(parts));

describe("text: what the admin reads every hour", () => {
  useTimeZone("UTC");

  it("an ordinary report", () => {
    expectGolden("report.txt", textOfParts(sampleParts()));
  });

  it("says in one line what was installed, what is new first", () => {
    const head = (packages: ReportParts["packages"]): string =>
      textOfParts({ ...sampleParts(), ...(packages && { packages }) }).split("\nALARMS\n", 1)[0] ?? "";
    const atMs = new Date(2026, 10, 22, 0, 40).getTime();
    const changed = head([
      { action: "upgraded", name: "openssl", from: "3.0.1", to: "3.0.2", atMs },
      { action: "upgraded", name: "libssl3", from: "3.0.1", to: "3.0.2", atMs },
      { action: "removed", name: "telnetd", from: "0.17", atMs },
      { action: "installed", name: "fail2ban", to: "1.0.2-2", atMs },
    ]);
    expect(changed.replaceAll("\n", " ")).to.include(
      "4 packages changed, the last at 00:40:00: installed fail2ban 1.0.2-2, removed telnetd 0.17, upgraded openssl 3.0.1 to 3.0.2, 1 more.",
    );
    expect(head(undefined)).not.to.include("changed");
    const hostile = head([{ action: "installed", name: "x".repeat(5000), to: "\x1b1", atMs }]);
    expect(hostile).not.to.contain("\x1b").and.not.contain("x".repeat(500));
  });

  it("says how a boot compares with the boots before", () => {
    const head = (boot: NonNullable<ReportParts["boot"]>): string =>
      textOfParts({ ...sampleParts(), boot })
        .split("\nALARMS\n", 1)[0]
        ?.replaceAll("\n", " ") ?? "";
    const atMs = sampleParts().to.getTime() - 600_000;
    const boot = { atMs, boots: 1, kinds: 401, fresh: 0 };
    expect(head(boot)).to.match(/Booted at \d\d:\d\d:\d\d: as at the boots before\. /);
    expect(head({ ...boot, fresh: 3, missing: 1 })).to.include(
      "as at the boots before, but 3 kinds new, 1 missing.",
    );
    expect(head({ ...boot, boots: 2, fresh: 401 })).to.match(
      /Booted 2 times, last at .*: 401 kinds, all of them new\./,
    );
  });

  it("without grouping", () => {
    expectGolden("report-ungrouped.txt", textOfParts(sampleParts(sampleGroups(false))));
  });

  it("nothing to report", () => {
    const ledger = [
      { source: "/var/log/syslog", read: 7, ignored: 7, duplicate: 0, reported: 0, counted: 0 },
    ];
    expectGolden("report-empty.txt", textOfParts({ ...sampleParts([]), notices: [], ledger }));
  });

  it("no control byte and no hidden character of a log, a path or a notice gets through", () => {
    const hostile = "\x00\x07\x1b[31m\x7f\x9b\xe2\x80\xae\xe2\x80\x8b\n.\r\n";
    const sample = { source: hostile, line: hostile, trueLengthBytes: hostile.length };
    const group = { shape: hostile, rule: hostile, count: 2, samples: [sample] };
    const text = textOfParts({
      hostname: hostile,
      to: new Date(),
      notices: [{ where: hostile, what: hostile, done: hostile }],
      groups: [
        { layer: "never", ...group },
        { layer: "remainder", ...group, samples: [] },
      ],
      ledger: [{ source: hostile, read: 4, ignored: 0, duplicate: 0, reported: 1, counted: 3 }],
      tallies: noTallies,
      reportFiles: [hostile],
    });
    expect(text).not.to.match(/[^\n\P{C}]|[\u2028\u2029]/u);
    for (const line of text.split("\n")) expect(line.length).to.be.at.most(80);
    expect(text).to.include("\\x1b[31m").and.to.include("\\u{202e}");
  });

  it("a file full of bad rules does not fill the mail", () => {
    const notices = Array.from({ length: 500 }, (_, index) => ({
      where: `ignore.d/local/app:${index + 1}:9`,
      what: "ends in a carriage return",
      done: "rule skipped",
    }));
    const text = textOfParts({ ...sampleParts([]), notices, ledger: [] });
    expect(text.match(/carriage return/g)).to.have.length(1);
    expect(text).to.include("The same in 497 more.");
  });

  it("groups that the ledger does not account for are a bug", () => {
    const parts = { ...sampleParts(), groups: sampleGroups().slice(1) };
    expect(() => buildReport(parts)).to.throw(/^bug: /);
  });
});
