/** The hourly job in a sandbox: a log, rules and a configuration, run in a process of its own beside the test. */
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { Sandbox, type Outcome } from "../support/cli.js";

const header = "Nov 22 00:41:26 web1 ";
export const routine = `${header}app: all is well\n`;
export const odd = (what: string): string => `${header}app: odd ${what}\n`;
export const alarm = `${header}app: the store is open\n`;

const laterClock = `--import=${pathToFileURL(resolve("build/test/support/an-hour-later.js")).href}`;

export class HourlyJob {
  readonly box = new Sandbox();
  readonly log = this.box.path("app.log");

  /** `mail` is what stands in the configuration's table of that name. */
  constructor(mail: string) {
    this.box.write("rules/ignore.d/server/app", "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app: all is well$\n");
    this.box.write("rules/never.d/app", "store is open\n");
    this.configure(mail);
  }

  configure(mail: string): void {
    this.box.write(
      "logwinnow.toml",
      `[mail]\n${mail}\n[report]\ncontext = false\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = "*.log"\nfirst_run = "all"\n`,
    );
  }

  append(...lines: readonly string[]): void {
    appendFileSync(this.log, lines.join(""));
  }

  /** Runs `logwinnow check`, now or an hour later, while servers of the test's own process can answer. */
  async run(when: "now" | "an hour later" = "now"): Promise<Outcome> {
    const child = spawn(
      process.execPath,
      [resolve("dist/logwinnow.cjs"), "check", "--config", this.box.path("logwinnow.toml")],
      {
        env: { ...this.box.environment, ...(when === "an hour later" && { NODE_OPTIONS: laterClock }) },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const ended = new Promise<number | null>((done, fail) => {
      child.on("error", fail);
      child.on("close", done);
    });
    const [status, bytes, stderr] = await Promise.all([ended, buffer(child.stdout), buffer(child.stderr)]);
    return { status, bytes, stdout: bytes.toString(), stderr: stderr.toString() };
  }

  remove(): void {
    this.box.remove();
  }
}

/** A run that has nothing to say: cron would mail anything that it printed. */
export const silence = { status: 0, stdout: "", stderr: "" };

/** An outcome without its bytes, to be compared. */
export function said({ status, stdout, stderr }: Outcome): Omit<Outcome, "bytes"> {
  return { status, stdout, stderr };
}
