/**
 * Takes the pictures of the README: the mail of a bad night on a phone, and its report on a terminal.
 * usage: npm run pictures     writes docs/mail.png and docs/terminal.png
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser } from "../test/support/browser.js";
import { terminalPage } from "./ansi.js";
import { formsOf } from "./scenario-run.js";

const columns = 80;
/** What is seen of each without scrolling, in pixels. */
const shownHeight = 812;

const forms = await formsOf("night");
const pages = {
  mail: { content: forms["mail.html"] ?? "", width: 375 },
  terminal: { content: terminalPage(forms["report.ansi"] ?? "", columns), width: 720 },
};
mkdirSync("docs", { recursive: true });
const place = mkdtempSync(join(tmpdir(), "logwinnow-pictures-"));
const browser = openBrowser();
try {
  for (const [name, { content, width }] of Object.entries(pages)) {
    const file = join(place, `${name}.html`);
    writeFileSync(file, content);
    const page = await browser.open(file, { width, scheme: "light" });
    // What the root hides, its body does not hand on to it.
    await page.evaluate(
      `document.documentElement.style.overflow = "hidden"; document.body.style.cssText += ";height:${shownHeight}px;overflow:hidden"`,
    );
    writeFileSync(join("docs", `${name}.png`), await page.screenshot());
  }
} finally {
  await browser.close();
  rmSync(place, { recursive: true });
}
