/**
 * Runs a scenario through the real program, once an hour as cron does it, and gives what its last mail says in each form.
 * Promise: the logs are made up, and the same ones in each run; all else is the real program.
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
import { lastHourOf, linesOf, type ScenarioName } from "./scenarios.js";

const program = resolve("dist/logwinnow.cjs");
const clock = resolve("build/bench/fixed-clock.js");
/** Of the last hour; then it is 07:00, when the digest goes. */
const lastHourMs = Date.parse("2026-03-02T06:00:00Z");
const hourMs = 3_600_000;

/** The files of a scenario that are to be looked at, by form. "report.ansi" is for a terminal of 80 columns. */
export async function formsOf(scenario: ScenarioName): Promise<Readonly<Record<string, string>>> {
  const host = mkdtempSync(join(tmpdir(), "logwinnow-screens-"));
  try {
    const logs = join(host, "log");
    mkdirSync(logs);
    writeFileSync(join(host, "logwinnow.toml"), configuration);
    const run = (args: readonly string[], now: Date, more: NodeJS.ProcessEnv = {}): string => {
      const { stdout, stderr } = spawnSync(process.execPath, ["--import", clock, program, ...args], {
        cwd: host,
        env: {
          PATH: process.env.PATH,
          HOME: host,
          TZ: "UTC",
          STATE_DIRECTORY: join(host, "state"),
          CACHE_DIRECTORY: join(host, "cache"),
          LOGWINNOW_BENCH_NOW: now.toISOString(),
          ...more,
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
    const now = new Date(lastHourMs);
    return {
      "mail.eml": newest?.toString("latin1") ?? "",
      "mail.txt": mail?.text ?? "",
      "mail.html": mail?.html ?? "",
      "report.html": run(["report", "--html"], now),
      "report.ansi": run(["report"], now, { FORCE_COLOR: "1", COLUMNS: "80" }),
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
