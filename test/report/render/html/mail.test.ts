/** The HTML of a mail: nothing to load, nothing to run, and all alarms named. */
import { expect } from "chai";
import { richestLimits } from "../../../../src/report/outline/limits.js";
import { htmlMail } from "../../../../src/report/render/html/mail/mail.js";
import { styleBlock } from "../../../../src/report/render/html/mail/style.js";
import { escaped } from "../../../../src/std/text/escape.js";
import { hostileParts } from "../../../support/hostile-report.js";
import { hostileTexts } from "../../../support/hostile-texts.js";
import { readBack } from "../../../support/html.js";
import { sampleOutline } from "../../../support/sample-outline.js";
import { useTimeZone } from "../../../support/time-zone.js";

/** All that our mails are made of. */
const ourElements = [
  "html[lang,dir]",
  "head[]",
  "meta[charset]",
  "meta[name,content]",
  "title[]",
  "style[]",
  "body[id,class,style]",
  "div[style]",
  "div[class,style]",
  "table[role,width,cellpadding,cellspacing,border]",
  "table[role,width,cellpadding,cellspacing,border,style]",
  "tbody[]",
  "tr[]",
  "td[style]",
  "td[class,bgcolor,style]",
  "td[class,bgcolor,style,width]",
  "td[role,aria-label,style]",
  "td[class,style,align,valign]",
  "td[class,style,valign]",
  "td[class,style,valign,width]",
  "th[scope,class,style,align,valign]",
  "h1[class,style]",
  "h2[class,style]",
  "h3[class,style]",
  "p[class,style]",
  "b[]",
  "b[class,style]",
  "i[]",
  "br[]",
  "code[class,style]",
  "span[]",
  "span[class,style]",
];

describe("HTML mail", () => {
  useTimeZone("UTC");

  it("shows each hostile line as it is in the text, and has no element or attribute but ours", () => {
    const html = htmlMail(
      sampleOutline(hostileParts(), { ...richestLimits, alarmBytes: 1e9, lookBytes: 1e9 }),
    );
    const { text, elements, comments, errors } = readBack(html);
    expect([...elements].filter((each) => !ourElements.includes(each))).to.deep.equal([]);
    expect(errors).to.deep.equal([]);
    expect(comments).to.have.length(3);
    expect(comments.every((comment) => comment.includes("[if mso]") || comment === "<![endif]")).to.equal(
      true,
    );
    for (const line of hostileTexts.filter(({ length }) => length < 400))
      expect(text).to.include(escaped(line));
  });

  it("is plain ASCII in lines that mail may have, none of which begins as text", () => {
    const html = htmlMail(sampleOutline(hostileParts()));
    expect(html).to.match(/^[\n\x20-\x7e]*$/);
    const lines = html.split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).to.be.below(998);
    expect(lines.filter((line) => line.startsWith("From "))).to.deep.equal([]);
  });

  it("loads nothing, links nowhere and runs nothing", () => {
    const html = htmlMail(sampleOutline());
    expect(html).not.to.match(
      /<(?:a|img|link|script|iframe|object|form|input|base)\b|\ssrc=|\shref=|url\(|@import|\son[a-z]+=/,
    );
  });

  it("has a small style block, which Gmail keeps: no rule in it but that of dark mode has rules in it", () => {
    const block = styleBlock.slice(0, styleBlock.indexOf("</style>"));
    expect(block.length).to.be.below(4000);
    expect(block.match(/@[a-z]+/g)).to.deep.equal(["@media"]);
  });

  it("says the preheader first, and what is in the sections in order, with headings in order", () => {
    const outline = sampleOutline();
    const html = htmlMail(outline);
    const { text } = readBack(html);
    expect(text.startsWith(outline.preheader)).to.equal(true);
    const headings = [...html.matchAll(/<h([1-6])[^>]*>/g)].map(([, level]) => Number(level));
    expect(headings[0]).to.equal(1);
    expect(headings.filter((level) => level === 1)).to.have.length(1);
    expect(headings.every((level, index) => level <= (headings[index - 1] ?? 1) + 1)).to.equal(true);
    for (const { id } of outline.alarmRows.rows) expect(text).to.include(id);
  });
});
