/** The first words of a digest: it is quiet only where nothing happened and all was seen. */
import { expect } from "chai";
import type { ReportParts } from "../../../src/report/build-report.js";
import { htmlMail } from "../../../src/report/render/html/mail/mail.js";
import { htmlPage } from "../../../src/report/render/html/page/page.js";
import { textColours } from "../../../src/report/render/html/tokens.js";
import { sampleOutline } from "../../support/sample-outline.js";
import { sampleParts } from "../../support/sample-report.js";
import { useTimeZone } from "../../support/time-zone.js";

const unread = {
  where: "/var/log/kern.log",
  what: "does not exist",
  done: "not read",
  about: "unread source",
} as const;

describe("the verdict of a digest", () => {
  useTimeZone("UTC");
  const nothing = sampleParts([]);
  const digest = (notices: ReportParts["notices"]): ReportParts => ({ ...nothing, notices, isDigest: true });

  it("is quiet, and green, after a day without anything", () => {
    const outline = sampleOutline(digest([]));
    expect(outline.verdict.title).to.equal("Quiet: no alarm, no violation, no new kind");
    expect(htmlMail(outline)).to.include(`background:${textColours.quiet.light}`);
    expect(htmlPage(outline)).to.include('<body class="quiet"');
  });

  it("is not where a source could not be read: then it says so first, and is not green", () => {
    const outline = sampleOutline(digest([unread]));
    expect(outline.verdict.title).to.equal("Day with 1 source unreadable");
    expect(outline.verdict.rest).to.equal("No alarm, no violation, no new kind.");
    expect(htmlMail(outline)).not.to.include(`background:${textColours.quiet.light}`);
    expect(htmlPage(outline)).to.include('<body class="violation"');
  });
});
