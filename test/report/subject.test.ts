/** Subjects: a fixed template, counts, and no way in for a log's text. */
import { noRoutine } from "../../src/report/routine.js";
import { expect } from "chai";
import type { Group } from "../../src/group/group.js";
import type { Report } from "../../src/report/document.js";
import { subjectOf } from "../../src/report/subject.js";

function report(
  counts: Readonly<Partial<Record<"never" | "violation" | "remainder", number>>>,
  notices = 0,
): Report {
  return {
    hostname: "web1",
    to: new Date(),
    notices: Array.from({ length: notices }, () => ({ where: "a", what: "b", done: "c" })),
    sections: (["never", "violation", "remainder"] as const).flatMap((layer) => {
      const count = counts[layer];
      const group: Group = { layer, shape: "Subject: injected", count: count ?? 0, samples: [] };
      return count ? [{ layer, groups: [group] }] : [];
    }),
    ledger: [],
    routine: noRoutine,
    reportFiles: [],
  };
}

const subjects: readonly (readonly [string, Report])[] = [
  ["2 ALARMS, 3 violations, 14 other", report({ never: 2, violation: 3, remainder: 14 })],
  ["1 ALARM", report({ never: 1 })],
  ["1 violation, 1,234,567 other, 1 notice", report({ violation: 1, remainder: 1_234_567 }, 1)],
  ["2 notices", report({}, 2)],
  ["nothing to report", report({})],
];

describe("subject: host and counts, worst first", () => {
  for (const [summary, content] of subjects) {
    it(summary, () => {
      expect(subjectOf(content)).to.equal(`[logwinnow] web1: ${summary}`);
    });
  }

  it("one of several mails says which", () => {
    expect(subjectOf(report({ never: 1 }), 2, 4)).to.equal("[logwinnow] web1: 1 ALARM (2/4)");
  });

  it("a hostile host name cannot add a header or fill the line", () => {
    const hostname = `x\r\nBcc: a@b\x00${"y".repeat(5000)}`;
    const subject = subjectOf({ ...report({}), hostname });
    expect(subject).to.match(/^[\x20-\x7e]{1,320}$/);
  });
});
