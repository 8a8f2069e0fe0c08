/** The text of a report: its layout, and that nothing raw gets through. */
import { expect } from "chai";
import { buildReport, type ReportParts } from "../../../src/report/build-report.js";
import { fitReport } from "../../../src/report/budget.js";
import { textOf, textRenderer } from "../../../src/report/render/text.js";
import { noTallies } from "../../../src/report/tallies.js";
import { expectGolden } from "../../support/golden.js";
import { sampleGroups, sampleParts } from "../../support/sample-report.js";
import { useTimeZone } from "../../support/time-zone.js";

const ample = { maxBytes: 1024 * 1024, maxMails: 4 };

function reportText(parts: ReportParts): string {
  return fitReport(buildReport(parts), ample, textRenderer).pages.map(textOf).join("");
}

describe("text: what the admin reads every hour", () => {
  useTimeZone("UTC");

  it("an ordinary report", () => {
    expectGolden("report.txt", reportText(sampleParts()));
  });

  it("says in one line what was installed, what is new first", () => {
    const head = (packages: ReportParts["packages"]): string =>
      reportText({ ...sampleParts(), ...(packages && { packages }) }).split("\n\n", 1)[0] ?? "";
    expect(
      head([
        { action: "upgraded", name: "openssl", from: "3.0.1", to: "3.0.2" },
        { action: "upgraded", name: "libssl3", from: "3.0.1", to: "3.0.2" },
        { action: "removed", name: "telnetd", from: "0.17" },
        { action: "installed", name: "fail2ban", to: "1.0.2-2" },
      ]).split("\n")[2],
    ).to.equal(
      "Packages: installed fail2ban 1.0.2-2; removed telnetd 0.17; upgraded openssl 3.0.1 → 3.0.2, libssl3 3.0.1 → 3.0.2.",
    );
    expect(head(undefined).split("\n")).to.have.length(2);
    const many = Array.from({ length: 1000 }, (_, index) => ({
      action: "upgraded" as const,
      name: `package${index}`,
      from: "1",
      to: "2",
    }));
    const [, , line = ""] = head(many).split("\n");
    expect(line.length).to.be.below(700);
    expect(line).to.match(/^Packages: upgraded package0 1 → 2, .*, and 9\d\d more\.$/);
    const hostile = head([{ action: "installed", name: "x".repeat(5000), to: "\x1b1" }]);
    expect(hostile).not.to.contain("\x1b").and.not.contain("x".repeat(500));
  });

  it("without grouping", () => {
    expectGolden("report-ungrouped.txt", reportText(sampleParts(sampleGroups(false))));
  });

  it("nothing to report", () => {
    const ledger = [
      { source: "/var/log/syslog", read: 7, ignored: 7, duplicate: 0, reported: 0, counted: 0 },
    ];
    expectGolden("report-empty.txt", reportText({ ...sampleParts([]), notices: [], ledger }));
  });

  it("no control byte and no hidden character of a log, a path or a notice gets through", () => {
    const hostile = "\x00\x07\x1b[31m\x7f\x9b\xe2\x80\xae\xe2\x80\x8b\n.\r\n";
    const sample = { source: hostile, line: hostile, trueLengthBytes: hostile.length };
    const group = { shape: hostile, rule: hostile, count: 2, samples: [sample] };
    const text = reportText({
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
    expect(text).to.include("\\x1b[31m").and.to.include("\\u{202e}");
  });

  it("a file full of bad rules does not fill the mail", () => {
    const notices = Array.from({ length: 500 }, (_, index) => ({
      where: `ignore.d/local/app:${index + 1}:9`,
      what: "ends in a carriage return",
      done: "rule skipped",
    }));
    const lines = reportText({ ...sampleParts([]), notices, ledger: [] }).split("\n");
    expect(lines.filter((line) => line.includes("carriage return"))).to.have.length(21);
    expect(lines.join("\n")).to.include(
      "... and in 480 more places: ends in a carriage return: rule skipped",
    );
  });

  it("groups that the ledger does not account for are a bug", () => {
    const parts = { ...sampleParts(), groups: sampleGroups().slice(1) };
    expect(() => buildReport(parts)).to.throw(/^bug: /);
  });
});
