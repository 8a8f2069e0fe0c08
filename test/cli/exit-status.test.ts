/** What cron, systemd and scripts learn from the exit: sysexits.h, one sentence on stderr, nothing on success. */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";
import { until } from "../support/until.js";
import { inOneLine } from "../support/mail-text.js";

describe("the exit status", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/app", "^all is well$\n");
    box.write("app.log", "all is well\n");
    configure(`path = "app.log"`);
  });
  afterEach(() => box.remove());

  function configure(source: string, mail = `to = "ops"\ntransport = "file:outbox"`): void {
    box.write(
      "logwinnow.toml",
      `[mail]\n${mail}\n[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\n${source}\n`,
    );
  }
  function check(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = box.run(["check", "--config", "logwinnow.toml", ...args]);
    return { status, stdout, stderr };
  }

  it("is 0 without a word when everything was routine", () => {
    check(); // The first run says so, by mail.
    box.write("app.log", "all is well\nall is well\n");
    expect(check()).to.deep.equal({ status: 0, stdout: "", stderr: "" });
  });

  it("is 0 without a word when a report was mailed", () => {
    box.write("app.log", "something odd\n");
    expect(check()).to.deep.equal({ status: 0, stdout: "", stderr: "" });
  });

  it("is 64 for a command line that is wrong", () => {
    const { status, stdout, stderr } = check("--bogus");
    expect({ status, stdout }).to.deep.equal({ status: 64, stdout: "" });
    expect(stderr).to.match(/^logwinnow: .*bogus.*: nothing done; see logwinnow help check\n$/);
  });

  it("is 74 when a source cannot be read to its end; the others are reported all the same", function () {
    needsTool(this, "journalctl");
    box.write("damaged.journal", "not a journal");
    box.write("app.log", "something odd\n");
    configure(`path = "app.log"\n[[source]]\nkind = "journal"\nfile = "damaged.journal"`);
    const { status, stdout } = check("--stdout");
    expect(inOneLine(stdout))
      .to.include("something odd")
      .and.match(/journal:\S+damaged.journal: journalctl failed: .+ not read further/);
    expect(status).to.equal(74);
  });

  it("is 74, in a sentence, when the state cannot be kept", () => {
    const state = box.write("a-file", "");
    expect(check("--state", state)).to.deep.equal({
      status: 74,
      stdout: "",
      stderr: `${state}: is not a directory: refused: stopped\n`,
    });
  });

  it("is 75 when another run holds the lock, at once and without a second word", async function () {
    needsTool(this, "flock");
    const state = box.path("state");
    mkdirSync(state, { mode: 0o700 });
    const holder = spawn("flock", [`${state}/lock`, "sh", "-c", "echo held; exec sleep 60"], {
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    let told = "";
    holder.stdout.on("data", (bytes: Buffer) => (told += bytes.toString()));
    try {
      await until("the other run holds the lock", () => told === "held\n");
      expect(check()).to.deep.equal({
        status: 75,
        stdout: "",
        stderr: `${state}: another run holds the lock: nothing done\n`,
      });
    } finally {
      // The whole group: flock and what it runs both hold the lock.
      if (holder.pid !== undefined) process.kill(-holder.pid, "SIGKILL");
    }
    await until("the lock is free", () => check().status === 0);
  });

  it("is 75 when mail waits", () => {
    configure(`path = "app.log"`, `to = "ops"\ntransport = "smtp://127.0.0.1:1"`);
    box.write("app.log", "something odd\n");
    expect(check()).to.include({ status: 75, stdout: "" });
  });

  it("is 78 when the configuration is wrong or not there", () => {
    box.write("logwinnow.toml", "[mial]\n");
    expect(check()).to.deep.equal({
      status: 78,
      stdout: "",
      stderr: 'logwinnow.toml:1: mial: no such key (did you mean "mail"?): configuration not used\n',
    });
    const { status, stderr } = box.run(["check", "--config", "missing.toml"]);
    expect(status).to.equal(78);
    expect(stderr).to.match(/^missing\.toml: .*\(ENOENT\): nothing done\n$/);
  });
});
