import { expect } from "chai";
import fc from "fast-check";
import type { Group } from "../../../src/group/group.js";
import { outlineOf } from "../../../src/report/outline/build-outline.js";
import type { Notice } from "../../../src/std/notice.js";
import { groupOf, history, reportOf } from "../../support/outline-report.js";
import { seed } from "../../support/seed.js";

const lines = ["Mar  4 10:01:00 db7 app: a"];
const never = { layer: "never", rule: "/usr/share/logwinnow/never.d/disks:7" } as const;
const violation = { layer: "violation", rule: "/etc/logwinnow/violations.d/su:2" } as const;

function subjectOf(
  groups: readonly Partial<Group>[],
  hostname = "db7.example.org",
  notices: readonly Notice[] = [],
): string {
  const kinds = groups.map((group, index) => groupOf({ kind: `${index}0000000000a`, lines, ...group }));
  return outlineOf(reportOf(kinds, { remembersKinds: true, hostname, notices })).subject;
}

describe("the subject of a mail", () => {
  it("names the worst kind, then says how much more there is", () => {
    const title = "a disk cannot be read";
    expect(subjectOf([{ ...never, title }])).to.equal("ALARM db7: a disk cannot be read");
    expect(subjectOf([{ ...never, title }, never, violation])).to.equal(
      "ALARM db7: a disk cannot be read, 1 more alarm",
    );
    expect(subjectOf([never])).to.equal("ALARM db7: rule disks:7");
    expect(subjectOf([{ ...never, title, history }])).to.equal(
      "ALARM db7: a disk cannot be read, since 20 Feb",
    );
  });

  it("counts kinds, never lines", () => {
    const title = "a service failed";
    expect(subjectOf([{ title }, { ...violation, count: 500 }])).to.equal(
      "db7: a service failed (new), 1 violation",
    );
    expect(subjectOf([{ title }, { title }, {}])).to.equal("db7: a service failed (2), 3 new kinds");
    expect(subjectOf([{ ...violation, title: "a wrong password" }])).to.equal("db7: a wrong password");
    expect(subjectOf([{ history }])).to.equal("db7: 1 known kind");
    expect(subjectOf([])).to.equal("db7: quiet, nothing new");
  });

  it("does not wake for an alarm that is acknowledged", () => {
    const acked = { ...history, ackedUntilMs: Date.parse("2026-03-09T00:00:00Z") };
    expect(subjectOf([{ ...never, title: "a disk cannot be read", history: acked }])).to.not.include("ALARM");
  });

  it("tells sources that are silent, unreadable or lost lines from rules that are off", () => {
    const notice = (where: string, about?: Notice["about"]): Notice => {
      return { where, what: "is as it is", done: "said", ...(about && { about }) };
    };
    const silent = notice("/var/log/syslog", "silent source");
    const badRules = [notice("/etc/logwinnow/never.d/app:3:1", "bad rule"), notice("b:1:9", "bad rule")];
    expect(subjectOf([], undefined, [silent])).to.equal("db7: 1 source silent");
    expect(subjectOf([{}], undefined, [silent, ...badRules])).to.equal(
      "db7: 1 new kind, 1 source silent, 2 bad rules",
    );
    const unread = notice("/var/log/auth.log", "unread source");
    expect(subjectOf([], undefined, [unread, unread, notice("c", "lost lines"), notice("spool")])).to.equal(
      "db7: 1 source unreadable, lines lost in 1 source, 1 not seen",
    );
    expect(subjectOf([], undefined, [notice("d:1", "ended rule")])).to.equal("db7: 1 rule ended");
  });

  it("is at most 70 characters of ASCII, whatever the host is called and however much there is", () => {
    const kinds = fc.constantFrom<Partial<Group>>(never, violation, { title: "t".repeat(40) }, {});
    const hosts = fc.string({ unit: "binary", maxLength: 90 });
    fc.assert(
      fc.property(hosts, fc.array(kinds, { maxLength: 9 }), (hostname, groups) => {
        expect(subjectOf(groups, hostname)).to.match(/^[ -~]{1,70}$/);
      }),
      { seed, numRuns: 200 },
    );
  });
});
