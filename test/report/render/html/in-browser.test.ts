/** HTML forms as a browser shows them: all of the report file works without a network, most of it without scripts. */
import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { htmlMail } from "../../../../src/report/render/html/mail/mail.js";
import { wholeLimits } from "../../../../src/report/render/html/page/fit.js";
import { htmlPage } from "../../../../src/report/render/html/page/page.js";
import { openBrowser, type Browser, type Page } from "../../../support/browser.js";
import { hostileParts } from "../../../support/hostile-report.js";
import { kindId } from "../../../../src/group/kind.js";
import { furtherHosts } from "../../../../src/group/hosts.js";
import { sampleParts } from "../../../support/sample-report.js";
import { sampleExtras, sampleOutline } from "../../../support/sample-outline.js";
import { useTimeZone } from "../../../support/time-zone.js";
import { needsTool } from "../../../support/tools.js";

/** Texts whose contrast with what is behind them is below 4.5, as "contrast: text". */
const faintTexts = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if (channels(backgroundColor)[3] !== 0) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { textContent, parentElement } = texts.currentNode;
    if (!textContent.trim() || !parentElement.checkVisibility()) continue;
    const [dark, light] = [getComputedStyle(parentElement).color, behind(parentElement)]
      .map(luminance)
      .sort((one, other) => one - other);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) faint.push(contrast.toFixed(2) + ": " + textContent);
  }
  return faint;
})()`;

describe("HTML, in a browser", function () {
  this.timeout(60_000);
  useTimeZone("UTC");

  let browser: Browser;
  let directory: string;
  let path: string;
  before(function () {
    needsTool(this, "chromium");
    directory = mkdtempSync(join(tmpdir(), "logwinnow-page-"));
    path = join(directory, "report.html");
    writeFileSync(path, htmlPage(sampleOutline(), sampleExtras));
    browser = openBrowser();
  });
  after(async () => {
    await browser?.close();
    if (directory) rmSync(directory, { recursive: true });
  });

  /** Waits until an expression is true; the test's deadline is its own. */
  const until = (page: Page, condition: string): Promise<unknown> =>
    page.evaluate(
      `new Promise((resolve) => { const look = () => (${condition}) ? resolve() : requestAnimationFrame(look); look(); })`,
    );
  const shown = (page: Page): Promise<unknown> =>
    page.evaluate('[...document.querySelectorAll(".kind")].filter((kind) => kind.checkVisibility()).length');
  const opened = (page: Page): Promise<unknown> =>
    page.evaluate('document.querySelectorAll(".kind[open]:not([hidden])").length');
  const focused = (page: Page): Promise<unknown> =>
    page.evaluate('document.activeElement.closest(".kind")?.id ?? document.activeElement.id');

  it("searches, filters, folds and is driven by keys, and asks for nothing", async () => {
    const page = await browser.open(path, { width: 800, scheme: "light" });
    const all = Number(await shown(page));
    expect(all).to.be.greaterThan(4);
    await page.press("/");
    expect(await focused(page)).to.equal("search");
    for (const key of "promisc") await page.press(key);
    expect(await shown(page)).to.equal(1);
    expect(await page.evaluate('document.getElementById("said").textContent')).to.equal(`1 of ${all} kinds`);
    await page.press("Escape");
    expect(await shown(page)).to.equal(all);

    await page.evaluate('document.querySelector("[value=alarm]").click()');
    expect(await shown(page)).to.equal(all - 2);
    await page.evaluate('document.querySelector("[value=alarm]").click()');
    await page.evaluate(
      'const choice = document.getElementById("program"); choice.value = "mysqld"; choice.dispatchEvent(new Event("input"))',
    );
    expect(await shown(page)).to.equal(2);
    await page.evaluate('choice.value = ""; choice.dispatchEvent(new Event("input"))');

    await page.evaluate("document.activeElement.blur()");
    await page.press("e");
    expect(await opened(page)).to.equal(all);
    await page.press("e");
    expect(await opened(page)).to.equal(0);
    await page.press("j");
    const first = await focused(page);
    await page.press("j");
    const second = await focused(page);
    await page.press("k");
    expect(await focused(page))
      .to.equal(first)
      .and.not.to.equal(second);
    await page.press("Enter");
    expect(await opened(page)).to.equal(1);
    const copied = `document.querySelector("#${String(first)} .copy")`;
    await until(page, copied);
    expect(await page.evaluate(`${copied}.textContent`)).to.equal(`logwinnow show ${String(first).slice(2)}`);
    await page.evaluate(`${copied}.click()`);
    await until(page, '/^(Copied|Selected)/.test(document.getElementById("said").textContent)');
    expect([page.requests, page.complaints]).to.deep.equal([[], []]);
  });

  it("filters by host: a kind of several hosts belongs to each, and one of more than are kept to any", async () => {
    const parts = sampleParts();
    const ofHosts = [["web1"], ["db1"], ["web1", "db1"], ["web2", furtherHosts], []];
    const groups = parts.groups.map((group, index) => ({ ...group, hosts: ofHosts[index % 5] ?? [] }));
    const fleet = join(directory, "fleet.html");
    writeFileSync(fleet, htmlPage(sampleOutline({ ...parts, groups }), sampleExtras));
    const page = await browser.open(fleet, { width: 800, scheme: "light" });
    const choose = (name: string): Promise<unknown> =>
      page.evaluate(
        `(() => { const host = document.getElementById("host"); host.value = "${name}"; host.dispatchEvent(new Event("input")); })()`,
      );
    const options = await page.evaluate(
      '[...document.querySelectorAll("#host option")].map(({ value }) => value)',
    );
    expect(options).to.deep.equal(["", "db1", "web1", "web2"]);
    for (const name of ["db1", "web1", "web2", ""]) {
      await choose(name);
      const expected = groups.filter(
        ({ hosts }) => name === "" || hosts.includes(name) || hosts.includes(furtherHosts),
      );
      expect(await shown(page), name).to.equal(expected.length);
    }
    expect(await page.evaluate('document.getElementById("host").labels[0].textContent.trim()')).to.match(
      /^Host/,
    );
  });

  it("has the times below the bars of their hours", async () => {
    for (const width of [375, 800]) {
      const page = await browser.open(path, { width, scheme: "light" });
      const far = await page.evaluate(`(() => {
        const bars = new Map([...document.querySelectorAll(".strip svg rect")].map((bar) =>
          [bar.textContent.split(",")[0], bar.getBoundingClientRect().left]));
        return [...document.querySelectorAll(".hours div span")].filter((each) => each.textContent).map((each) =>
          Math.round(Math.abs(bars.get(each.textContent) - each.getBoundingClientRect().left)));
      })()`);
      expect(far).to.have.length(4);
      // A bar has a margin of a tenth.
      expect(Math.max(...(far as number[])), `${width}`).to.be.lessThan(5);
    }
  });

  it("opens the kind that a link in the timeline names, also while it is filtered away", async () => {
    const page = await browser.open(path, { width: 800, scheme: "dark" });
    await page.evaluate('document.querySelector("[value=alarm]").click()');
    const id = await page.evaluate(
      'const link = document.querySelector(".time a"); link.click(); link.getAttribute("href").slice(1)',
    );
    await until(page, `document.getElementById("${String(id)}").checkVisibility()`);
  });

  it("leads to the last of a thousand kinds, whose sizes are not known until they are seen", async () => {
    const parts = sampleParts();
    const [any] = parts.groups.filter(({ layer }) => layer === "remainder");
    if (any === undefined) throw new Error("the sample report has nothing that is no alarm");
    const many = Array.from({ length: 1000 }, (_, index) => ({
      ...any,
      kind: kindId("remainder", undefined, `${index}`),
    }));
    const lines = many.length * any.samples.length;
    const row = { source: "log", read: lines, ignored: 0, duplicate: 0, reported: lines, counted: 0 };
    const groups = many.map((group) => ({ ...group, count: any.samples.length }));
    const large = join(directory, "large.html");
    writeFileSync(
      large,
      htmlPage(sampleOutline({ ...parts, groups, ledger: [row] }, wholeLimits), sampleExtras),
    );
    const page = await browser.open(large, { width: 800, scheme: "light" });
    expect(await shown(page)).to.equal(1000);
    const last = await page.evaluate('location.hash = [...document.querySelectorAll(".kind")].at(-1).id');
    await until(
      page,
      `(() => { const { top } = document.getElementById("${String(last)}").getBoundingClientRect(); return top >= 0 && top < innerHeight; })()`,
    );
  });

  it("has all there without scripts, and no bar that does nothing", async () => {
    const page = await browser.open(path, { width: 375, scheme: "light", scripts: false });
    const html = htmlPage(sampleOutline(), sampleExtras);
    expect(html.match(/<details class="kind/g)?.length).to.equal(await shown(page));
    expect(await page.evaluate('document.querySelector(".bar").checkVisibility()')).to.equal(false);
  });

  it("runs no script that somebody got into it", async () => {
    const injected = join(directory, "injected.html");
    const html = htmlPage(sampleOutline()).replace(
      "<main>",
      "<main><script>document.title = 'mine'</script>",
    );
    writeFileSync(injected, html);
    const page = await browser.open(injected, { width: 800, scheme: "light" });
    expect(await page.evaluate("document.title")).not.to.equal("mine");
    expect(page.complaints.join()).to.include("Content Security Policy");
  });

  for (const width of [375, 800])
    for (const scheme of ["light", "dark"] as const)
      it(`can be read at ${width} pixels, ${scheme}: nothing sticks out, nothing is faint, nothing is asked for`, async () => {
        for (const [name, html] of [
          ["mail", htmlMail(sampleOutline())],
          ["hostile-mail", htmlMail(sampleOutline(hostileParts()))],
          ["hostile-page", htmlPage(sampleOutline(hostileParts()), sampleExtras)],
        ] as const) {
          const file = join(directory, `${name}.html`);
          writeFileSync(file, html);
          const page = await browser.open(file, { width, scheme });
          await page.press("e");
          expect(await page.evaluate("document.documentElement.scrollWidth"), name).to.equal(width);
          expect(await page.evaluate(faintTexts), name).to.deep.equal([]);
          expect([page.requests, page.complaints], name).to.deep.equal([[], []]);
        }
      });
});
