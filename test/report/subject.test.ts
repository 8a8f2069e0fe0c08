/** Subjects: a fixed template, counts, and no way in for a log's text. */
import { expect } from "chai";
import type { Headline } from "../../src/report/document.js";
import { subjectOf } from "../../src/report/subject.js";

function report(counts: Partial<Headline>, hostname = "web1") {
  const nothing = { never: 0, violation: 0, remainder: 0, notices: 0, ignored: 0, read: 0 };
  return { hostname, headline: { ...nothing, ...counts } };
}

const subjects: readonly (readonly [string, Partial<Headline>])[] = [
  ["2 ALARMS, 3 violations, 14 other", { never: 2, violation: 3, remainder: 14 }],
  ["1 ALARM", { never: 1 }],
  ["1 violation, 1,234,567 other, 1 notice", { violation: 1, remainder: 1_234_567, notices: 1 }],
  ["2 notices", { notices: 2 }],
  ["nothing to report", { read: 7, ignored: 7 }],
];

describe("subject: host and counts, worst first", () => {
  for (const [summary, counts] of subjects) {
    it(summary, () => {
      expect(subjectOf(report(counts))).to.equal(`[logwinnow] web1: ${summary}`);
    });
  }

  it("one of several mails says which", () => {
    expect(subjectOf(report({ never: 1 }), 2, 4)).to.equal("[logwinnow] web1: 1 ALARM (2/4)");
  });

  it("a hostile host name cannot add a header or fill the line", () => {
    const subject = subjectOf(report({}, `x\r\nBcc: a@b\x00${"y".repeat(5000)}`));
    expect(subject).to.match(/^[\x20-\x7e]{1,320}$/);
  });
});
