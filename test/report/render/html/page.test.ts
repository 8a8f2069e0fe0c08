/** The report file: hostile lines stay lines. */
import { expect } from "chai";
import { htmlPage } from "../../../../src/report/render/html/page/page.js";
import { escaped } from "../../../../src/std/text/escape.js";
import { hostileParts } from "../../../support/hostile-report.js";
import { hostileTexts } from "../../../support/hostile-texts.js";
import { readBack } from "../../../support/html.js";
import { sampleExtras, sampleOutline } from "../../../support/sample-outline.js";
import { useTimeZone } from "../../../support/time-zone.js";

describe("HTML report file", () => {
  useTimeZone("UTC");

  it("shows hostile lines as they are in the text, runs one script and loads nothing", () => {
    const html = htmlPage(sampleOutline(hostileParts()), sampleExtras);
    const { text, elements, comments, errors } = readBack(html);
    expect([errors, comments]).to.deep.equal([[], []]);
    expect(
      [...elements].filter((each) => /^(script|img|iframe|object|form|base|link)\b/.test(each)),
    ).to.deep.equal(["script[]"]);
    expect([...elements].filter((each) => /[[,](on\w+|src|style)\b/.test(each))).to.deep.equal([]);
    for (const line of hostileTexts.filter(({ length }) => length < 400))
      expect(text).to.include(escaped(line));
    expect(html.match(/href="[^#][^"]*"/g)).to.equal(null);
  });
});
