/**
 * HTML forms for everybody: who reads with a screen reader, with a keyboard alone, in the dark.
 * The rules of WCAG 2.2 AA and of good practice, as axe-core asks them of what Chromium shows.
 */
import axe from "axe-core";
import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { htmlMail } from "../../../../src/report/render/html/mail/mail.js";
import { htmlPage } from "../../../../src/report/render/html/page/page.js";
import { openBrowser, type Browser, type Page } from "../../../support/browser.js";
import { hostileParts } from "../../../support/hostile-report.js";
import { sampleExtras, sampleOutline } from "../../../support/sample-outline.js";
import { sampleParts } from "../../../support/sample-report.js";
import { useTimeZone } from "../../../support/time-zone.js";
import { needsTool } from "../../../support/tools.js";

/** What axe finds, as "rule: element: what is wrong". */
const findings = (withoutRules: readonly string[]): string => `(async () => {
  const rules = Object.fromEntries(${JSON.stringify(withoutRules)}.map((id) => [id, { enabled: false }]));
  const { violations } = await axe.run(document, { resultTypes: ["violations"], rules });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + ": " + target.join(" ") + ": " + failureSummary));
})()`;

const nameOf = `(element) => [element.tagName, element.id, element.value, element.textContent.trim().slice(0, 40)].join(" ")`;

/** What a keyboard must reach, in the order of the page. */
const reachable = `[...document.querySelectorAll("a[href], input, select, button, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility()).map(${nameOf})`;

/** What has the focus, and "no sign of it" where nothing shows that. */
const focus = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const isSeen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return (isSeen ? "" : "no sign of it: ") + (${nameOf})(document.activeElement);
})()`;

describe("HTML, accessible", function () {
  this.timeout(60_000);
  useTimeZone("UTC");

  let browser: Browser;
  let directory: string;
  before(function () {
    needsTool(this, "chromium");
    directory = mkdtempSync(join(tmpdir(), "logwinnow-accessible-"));
    browser = openBrowser();
  });
  after(async () => {
    await browser?.close();
    if (directory) rmSync(directory, { recursive: true });
  });

  const show = (html: string, scheme: "light" | "dark"): Promise<Page> => {
    const file = join(directory, "shown.html");
    writeFileSync(file, html);
    return browser.open(file, { width: 800, scheme });
  };
  /** A mail is a part of its reader's page, which has the landmarks. */
  const ofWholePages = ["landmark-one-main", "region"];
  const quiet = { ...sampleParts([]), notices: [] };
  const page = (): string => htmlPage(sampleOutline(), sampleExtras);
  const mail = (): string => htmlMail(sampleOutline());
  const forms = [
    ["the page", "light", page],
    ["the page", "dark", page],
    ["the page of hostile lines", "light", () => htmlPage(sampleOutline(hostileParts()), sampleExtras)],
    ["the page of a quiet hour", "light", () => htmlPage(sampleOutline(quiet))],
    ["the mail", "light", mail],
    ["the mail", "dark", mail],
    ["the mail of a quiet hour", "light", () => htmlMail(sampleOutline(quiet))],
  ] as const;

  for (const [what, scheme, html] of forms)
    it(`${what}, ${scheme}: nothing that axe finds`, async () => {
      const shown = await show(html(), scheme);
      // All kinds open.
      await shown.press("e");
      await shown.evaluate(axe.source);
      expect(await shown.evaluate(findings(what.includes("mail") ? ofWholePages : []))).to.deep.equal([]);
    });

  it("the page can be walked through by keyboard alone, in the order in which it is read, and shows where one is", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const shown = await show(page(), scheme);
      const expected = await shown.evaluate(reachable);
      const walked: unknown[] = [];
      for (const _ of expected as readonly string[]) {
        await shown.press("Tab");
        walked.push(await shown.evaluate(focus));
      }
      expect(walked, scheme).to.deep.equal(expected);
      // Then back to the page's beginning, by way of the browser: nothing holds the focus.
      await shown.press("Tab");
      expect(await shown.evaluate(focus), scheme).not.to.equal(walked.at(-1));
    }
  });

  it("a test that finds nothing would find what is wrong", async () => {
    const shown = await show(
      htmlPage(sampleOutline())
        .replace('aria-label="Search kinds and lines"', "")
        .replace('placeholder="Search kinds and lines ( / )"', "")
        .replace("<main>", "<div>"),
      "light",
    );
    await shown.evaluate(axe.source);
    const found = (await shown.evaluate(findings([]))) as readonly string[];
    const rules = found.map((each) => each.slice(0, each.indexOf(":")));
    expect(rules).to.include.members(["label", "landmark-one-main"]);
  });
});
