/** HTML of bounded size: however bad the night was, each rule of an alarm is named. */
import { expect } from "chai";
import type { Group } from "../../../../src/group/group.js";
import { buildReport, type ReportParts } from "../../../../src/report/build-report.js";
import { outlineOf } from "../../../../src/report/outline/build-outline.js";
import type { Limits } from "../../../../src/report/outline/limits.js";
import type { Outline } from "../../../../src/report/outline/outline.js";
import { fittedHtmlMail } from "../../../../src/report/render/html/mail/fit.js";
import { fittedHtmlPage } from "../../../../src/report/render/html/page/fit.js";
import { noTallies } from "../../../../src/report/tallies.js";
import { readBack } from "../../../support/html.js";

/** Alarms of so many kinds, spread over rules, and as many other kinds; each with three long lines. */
function floodOf(kinds: number, rules: number, lineBytes: number): (limits?: Limits) => Outline {
  const groups = (["never", "remainder"] as const).flatMap((layer) =>
    Array.from({ length: kinds }, (_, index): Group => {
      const line = `Nov 22 00:41:26 web1 app${index}[1]: ${"<a.b:c> ".repeat(lineBytes / 8)}`;
      const samples = [1, 2, 3].map((n) => ({
        source: "/var/log/syslog",
        line: `${line}${n}`,
        trueLengthBytes: line.length + 1,
      }));
      return {
        kind: `${layer === "never" ? "a" : "b"}${index.toString(16).padStart(11, "0")}`,
        layer,
        shape: `app${index}: * happened`,
        ...(layer === "never" && {
          rule: `/etc/logwinnow/never.d/file${index % rules}:${1 + (index % rules)}`,
        }),
        count: 3,
        samples,
      };
    }),
  );
  const lines = 3 * groups.length;
  const parts: ReportParts = {
    hostname: "web1.example.org",
    to: new Date("2026-11-22T01:02:00Z"),
    notices: [],
    groups,
    ledger: [
      { source: "/var/log/syslog", read: lines, ignored: 0, duplicate: 0, reported: lines, counted: 0 },
    ],
    tallies: noTallies,
    reportFiles: [],
  };
  const report = buildReport(parts);
  return (limits) => outlineOf(report, limits && { limits });
}

describe("HTML of bounded size", function () {
  this.timeout(20_000);

  for (const [kinds, rules, lineBytes] of [
    [3, 3, 80],
    [40, 40, 2000],
    [41, 3, 4000],
    [1000, 150, 400],
  ] as const)
    it(`names ${rules} rules of ${kinds} kinds of alarms in a mail of less than 98,000 bytes`, () => {
      const outlineWith = floodOf(kinds, rules, lineBytes);
      const html = fittedHtmlMail(outlineWith(), outlineWith) ?? "";
      expect(html.length).to.be.within(1000, 98_000);
      const text = html.replaceAll(/<\/?span\s*>/g, "");
      const missing = Array.from({ length: rules }, (_, rule) => `rule file${rule}:${rule + 1}`).filter(
        (rule) => !new RegExp(`${rule}(?!\\d)`).test(text),
      );
      expect(missing).to.deep.equal([]);
    });

  it("says where more lines are than it shows", () => {
    const outlineWith = floodOf(41, 3, 4000);
    const { text } = readBack(fittedHtmlMail(outlineWith(), outlineWith) ?? "");
    expect(text).to.match(/\d+ more lines stand in the text part of this mail\./);
    const few = floodOf(3, 3, 80);
    expect(fittedHtmlMail(few(), few)).not.to.include("text part");
  });

  it("has each kind in a report file of less than 5 MB", () => {
    const outlineWith = floodOf(1000, 150, 600);
    const html = fittedHtmlPage(outlineWith) ?? "";
    expect(html.length).to.be.within(100_000, 5_000_000);
    expect(html.match(/<details class="kind/g)).to.have.length(2000);
  });
});
