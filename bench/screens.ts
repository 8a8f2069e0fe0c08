/**
 * Takes pictures of what the program sends: the HTML mail and the report file of five scenarios, at 375 and 800 pixels,
 * light and dark. Look at them before a change of a form is committed.
 * usage: npm run screens [DIRECTORY [SCENARIO]]     writes SCENARIO-FORM-WIDTH-SCHEME.png, and the mails beside them
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openBrowser } from "../test/support/browser.js";
import { formsOf } from "./scenario-run.js";
import { scenarioNames } from "./scenarios.js";

const output = resolve(process.argv[2] ?? "screens");
const wanted = process.argv[3];

mkdirSync(output, { recursive: true });
const browser = openBrowser();
try {
  for (const scenario of scenarioNames.filter((name) => wanted === undefined || name === wanted))
    for (const [name, content] of Object.entries(await formsOf(scenario))) {
      const file = join(output, `${scenario}-${name}`);
      writeFileSync(file, content);
      if (content === "" || !name.endsWith(".html")) continue;
      for (const width of [375, 800])
        for (const scheme of ["light", "dark"] as const) {
          const page = await browser.open(file, { width, scheme });
          const image = file.replace(/\.html$/, `-${width}-${scheme}.png`);
          writeFileSync(image, await page.screenshot());
        }
    }
} finally {
  await browser.close();
}
