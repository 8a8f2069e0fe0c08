/**
 * Takes pictures of what the program sends: the HTML mail and the report file of five scenarios, at 375 and 800 pixels,
 * light and dark. Look at them before a change of a form is committed.
 * Promise: the logs are made up, but all else is the real program, run once an hour as cron does it.
 * usage: npm run screens [DIRECTORY [SCENARIO]]     writes SCENARIO-FORM-WIDTH-SCHEME.png, and the mails beside them
 */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import PostalMime from "postal-mime";
import { openBrowser } from "../test/support/browser.js";
import { lastHourOf, linesOf, scenarioNames, type ScenarioName } from "./scenarios.js";

const program = resolve("dist/logwinnow.cjs");
const clock = resolve("build/bench/fixed-clock.js");
const output = resolve(process.argv[2] ?? "screens");
const wanted = process.argv[3];
/** Of the last hour; then it is 07:00, when the digest goes. */
const lastHourMs = Date.parse("2026-03-02T06:00:00Z");
const hourMs = 3_600_000;

/** The files of a scenario that are to be looked at, by form. */
async function formsOf(scenario: ScenarioName): Promise<Readonly<Record<string, string>>> {
  const host = mkdtempSync(join(tmpdir(), "logwinnow-screens-"));
  try {
    const logs = join(host, "log");
    mkdirSync(logs);
    writeFileSync(join(host, "logwinnow.toml"), configuration);
    const run = (args: readonly string[], now: Date): string => {
      const { stdout, stderr } = spawnSync(process.execPath, ["--import", clock, program, ...args], {
        cwd: host,
        env: {
          PATH: process.env.PATH,
          HOME: host,
          TZ: "UTC",
          STATE_DIRECTORY: join(host, "state"),
          CACHE_DIRECTORY: join(host, "cache"),
          LOGWINNOW_BENCH_NOW: now.toISOString(),
        },
        encoding: "utf8",
        maxBuffer: 1 << 28,
      });
      if (stderr !== "") process.stderr.write(stderr);
      return stdout;
    };
    const lastHour = lastHourOf(scenario);
    for (let hour = 0; hour <= lastHour; hour++) {
      const began = new Date(lastHourMs - (lastHour - hour) * hourMs);
      for (const [file, text] of linesOf(scenario, hour, began)) appendFileSync(join(logs, file), text);
      run(["check", "--config", "logwinnow.toml"], new Date(began.getTime() + hourMs + 2000));
    }
    const outbox = join(host, "outbox");
    const newest = readdirSync(outbox)
      .map((name) => readFileSync(join(outbox, name)))
      .toSorted((one, other) => dateOf(one) - dateOf(other))
      .at(-1);
    const mail = newest && (await PostalMime.parse(newest));
    console.log(
      `${scenario}: ${mail?.subject ?? "no mail"} (text ${mail?.text?.length}, HTML ${mail?.html?.length} bytes)`,
    );
    const page = run(["report", "--html"], new Date(lastHourMs));
    return {
      "mail.eml": newest?.toString("latin1") ?? "",
      "mail.txt": mail?.text ?? "",
      "mail.html": mail?.html ?? "",
      "report.html": page,
    };
  } finally {
    rmSync(host, { recursive: true });
  }
}

function dateOf(mail: Buffer): number {
  return Date.parse(/^Date: (.*)$/m.exec(mail.toString("latin1"))?.[1] ?? "");
}

const configuration = `
[mail]
to = "ops@elsewhere.example"
from = "logwinnow@web1.example.org"
transport = "file:outbox"

[rules]
directories = [${JSON.stringify(resolve("."))}]

[[source]]
kind = "file"
path = ["log/auth.log", "log/syslog", "log/kern.log", "log/mail.log"]
first_run = "all"
`;

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
