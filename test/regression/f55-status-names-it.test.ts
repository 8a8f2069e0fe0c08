/** F55: what is wrong with the hourly job is named by `status`, which then exits with 1; looking changes nothing. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { realDisk } from "../../src/std/disk.js";
import { layoutOf } from "../../src/store/layout.js";
import { storeDoor } from "../../src/store/door.js";
import { lastRun } from "../../src/store/run-record.js";
import { hintAtSystem } from "../../src/store/owner.js";
import { decodeState, encodeState } from "../../src/store/state-file.js";
import type { State } from "../../src/store/state.js";
import { Sandbox, type Outcome } from "../support/cli.js";
import { needsTool } from "../support/tools.js";
import { until } from "../support/until.js";

const isRoot = process.geteuid?.() === 0;

describe("status names what is wrong (F55)", () => {
  let box: Sandbox;
  before(function () {
    needsTool(this, "flock");
  });
  beforeEach(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/none", "^nothing is like this$\n");
    box.write("app.log", "line\n");
    configure();
  });
  afterEach(() => box.remove());

  function configure(sources = ["app.log"]): void {
    const tables = sources.map((path) => `[[source]]\nkind = "file"\npath = "${path}"\nfirst_run = "all"\n`);
    box.write("logwinnow.toml", `[rules]\ndirectories = ["rules"]\n${tables.join("")}`);
  }
  const run = (...words: readonly string[]): Outcome =>
    box.run([...words, "--config", box.path("logwinnow.toml")]);

  function changeState(change: (state: State) => State): void {
    const path = box.path("state", "state.json");
    const decoded = decodeState(readFileSync(path));
    if (decoded.kind !== "whole") throw new Error("no state");
    writeFileSync(path, encodeState(change(decoded.state)));
  }

  it("all is well after a run: exit status 0, no problem", () => {
    expect(run("check").status).to.equal(0);
    const { status: exit, stdout, stderr } = run("status");
    expect([exit, stderr]).to.deep.equal([0, ""]);
    expect(stdout).to.not.match(/problem/);
    expect(existsSync(box.path("state", "run.json"))).to.equal(false);
  });

  const hour = 3_600_000;
  const ages: readonly (readonly [string, number, 0 | 1])[] = [
    ["an hour ago", -hour, 0],
    ["23 hours ago", -23 * hour, 0],
    ["25 hours ago", -25 * hour, 1],
    ["in an hour", hour, 1],
    ["in ten years", 87_600 * hour, 1],
  ];
  for (const [when, offsetMs, exit] of ages)
    it(`a last success ${when}: exit status ${exit}`, () => {
      run("check");
      const lastSuccess = new Date(Date.now() + offsetMs).toISOString();
      changeState((state) => ({ ...state, lastSuccess }));
      const outcome = run("status");
      expect(outcome.status).to.equal(exit);
      if (exit === 1) expect(outcome.stdout).to.include(`problem       `).and.include(lastSuccess);
    });

  it("a source that could not be read in the last run is named until it can be", () => {
    run("check");
    changeState((state) => ({ ...state, failedSources: ["/var/log/a\x1b[2J.log"] }));
    const outcome = run("status");
    expect(outcome.status).to.equal(1);
    expect(outcome.stdout).to.match(
      /problem +\/var\/log\/a\\x1b\[2J\.log: could not be read to its end in the last run/,
    );
    const json = JSON.parse(run("status", "--json").stdout) as {
      failedSources: unknown;
      problems: unknown[];
    };
    expect(json.failedSources).to.deep.equal(["/var/log/a\x1b[2J.log"]);
    expect(json.problems).to.have.length(1);
    configure();
    run("check");
    expect(run("status").status).to.equal(0);
  });

  it("check remembers a source that it could not read", function () {
    // Root may read everything.
    const user = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    chmodSync(box.path("app.log"), 0);
    box.write("other.log", "other\n");
    configure(["app.log", "other.log"]);
    if (isRoot) {
      for (const path of [box.directory, ...readdirSync(box.directory).map((name) => box.path(name))])
        chownSync(path, 65_534, 65_534);
      spawnSync("chown", ["-R", "nobody", box.directory]);
    }
    const words = ["check", "--config", box.path("logwinnow.toml")];
    const program = resolve("dist/logwinnow.cjs");
    const options = { env: box.environment, encoding: "utf8", ...user } as const;
    const checked = spawnSync(process.execPath, [program, ...words], options);
    expect(checked.stdout).to.match(/other/);
    const told = spawnSync(process.execPath, [program, "status", ...words.slice(1)], options);
    expect(told.status, told.stdout + told.stderr).to.equal(1);
    expect(told.stdout).to.match(/problem +\S*app\.log: could not be read to its end/);
  });

  it("a run that was killed is named; one that goes on is none; the next run that ends clears it", async function () {
    needsTool(this, "mkfifo");
    run("check");
    // The run waits for a mailer that never ends.
    box.write("mailer", "#!/bin/sh\ntouch started\nexec sleep 1000\n");
    chmodSync(box.path("mailer"), 0o755);
    box.write("app.log", "line\nnew line\n");
    const whole = readFileSync(box.path("logwinnow.toml"), "utf8");
    const mail = `[mail]\nto = "root@web1.example"\nsendmail = "mailer"\n`;
    writeFileSync(box.path("logwinnow.toml"), mail + whole);
    const child = spawn(
      process.execPath,
      [resolve("dist/logwinnow.cjs"), "check", "--config", box.path("logwinnow.toml")],
      { env: box.environment, cwd: box.directory, stdio: "ignore", detached: true },
    );
    await until("the mailer runs", () => existsSync(box.path("started")));
    const during = run("status");
    expect(during.stdout).to.match(/^run +since today \d\d:/m);
    expect(during.status, during.stdout).to.equal(0);
    const ended = once(child, "exit");
    process.kill(-(child.pid ?? 0), "SIGKILL");
    await ended;
    const after = run("status");
    expect(after.status).to.equal(1);
    expect(after.stdout).to.match(/problem +the run that began \d{4}-\S+ did not end/);
    writeFileSync(box.path("logwinnow.toml"), whole);
    run("check");
    expect(run("status").stdout).to.not.match(/did not end/);
  });

  it("a run that a fault of the program ended did not end, either", () => {
    const directory = box.path("state");
    const opened = storeDoor(directory).open(new Date());
    if (opened === "locked") throw new Error("locked");
    expect(lastRun(realDisk, layoutOf(directory)).kind).to.equal("running");
    opened.release(false);
    const record = readFileSync(box.path("state", "run.json"));
    expect(record.length).to.be.greaterThan(0);
    const again = storeDoor(directory).open(new Date());
    if (again === "locked") throw new Error("locked");
    again.release(true);
    expect(lastRun(realDisk, layoutOf(directory)).kind).to.equal("ended");
  });

  it("`check` exits with 75 while mail waits", () => {
    const whole = readFileSync(box.path("logwinnow.toml"), "utf8");
    writeFileSync(
      box.path("logwinnow.toml"),
      `[mail]\nto = "root@web1.example"\nsendmail = "/bin/false"\n${whole}`,
    );
    expect(run("check").status).to.equal(75);
    expect(run("check").status).to.equal(75);
  });

  it("whoever looks into another user's state is told the command that works", function () {
    if (!isRoot) this.skip();
    mkdirSync(box.path("state"));
    chownSync(box.path("state"), 65_534, 65_534);
    for (const words of [["spool", "list"], ["spool", "flush"], ["check"], ["check", "--dry-run"]]) {
      const outcome = run(...words);
      expect(outcome.status, words.join(" ")).to.equal(74);
      const command = words[0] === "spool" ? words.join(" ") : words[0];
      expect(outcome.stderr).to.include(
        `belongs to nobody, this runs as root: use "sudo -u nobody logwinnow ${command}"`,
      );
    }
    expect(readdirSync(box.path("state"))).to.deep.equal([]);
  });

  it("root sees another user's job as that user does; any other user is told the command that works", function () {
    if (!isRoot) this.skip();
    // What only root may read, the job may not.
    chmodSync(box.path("app.log"), 0o600);
    chmodSync(box.directory, 0o755);
    mkdirSync(box.path("state"));
    chownSync(box.path("state"), 65_534, 65_534);
    const { status: exit, stdout } = run("status");
    expect(exit).to.equal(1);
    expect(stdout).to.match(/^problem +\S+app\.log: cannot be read now: .*(?:denied|permi)/im);
    expect(readdirSync(box.path("state"))).to.deep.equal([]);
    const argv = [resolve("dist/logwinnow.cjs"), "status", "--config", box.path("logwinnow.toml")];
    const other = { env: box.environment, encoding: "utf8", uid: 1, gid: 1 } as const;
    const told = spawnSync(process.execPath, argv, other);
    expect(told.status).to.equal(74);
    expect(told.stderr).to.match(
      /belongs to nobody, this runs as \w+: use "sudo -u nobody logwinnow status"/,
    );
  });

  it("a user without a state is told where the system's is", function () {
    if (!isRoot) this.skip();
    mkdirSync(box.path("system"));
    chownSync(box.path("system"), 65_534, 65_534);
    const hint = hintAtSystem(box.path("none"), "status", box.path("system"));
    expect(hint).to.equal('the system\'s state belongs to nobody: use "sudo -u nobody logwinnow status"');
    expect(hintAtSystem(box.directory, "status", box.path("system")), "there is a state").to.equal(undefined);
    expect(hintAtSystem(box.path("none"), "status", box.path("absent"))).to.equal(undefined);
  });

  it("--dry-run only reads: nothing is made, written, renamed or removed", function () {
    needsTool(this, "strace");
    run("check");
    writeFileSync(box.path("app.log"), "line\nnew line\n");
    const trace = box.path("trace");
    const calls =
      "openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,chmod,fchmod,fchmodat,chown,link,linkat,symlink,truncate,ftruncate,utimensat";
    for (const state of ["state", "none"]) {
      const before = readdirSync(box.directory).toSorted();
      const traced = spawnSync(
        "strace",
        [
          "-f",
          "-qq",
          "-o",
          trace,
          "-e",
          `trace=${calls}`,
          process.execPath,
          resolve("dist/logwinnow.cjs"),
          "check",
          "--dry-run",
          "--config",
          box.path("logwinnow.toml"),
          "--state",
          box.path(state),
        ],
        { env: box.environment, encoding: "utf8" },
      );
      expect(traced.status, traced.stderr).to.equal(0);
      expect(traced.stdout).to.match(/line/);
      const writing = readFileSync(trace, "utf8")
        .split("\n")
        .filter((line) => !/= -1 E/.test(line))
        .filter((line) => !/ open(at)?\(/.test(line) || /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(line))
        .filter((line) => line.trim() !== "" && !/exited with|\+\+\+|---/.test(line))
        .filter((line) => !/"\/dev\/(null|tty|ptmx)"/.test(line));
      expect(writing).to.deep.equal([]);
      expect(readdirSync(box.directory).filter((name) => name !== "trace")).to.deep.equal(
        before.filter((name) => name !== "trace"),
      );
    }
  });
});
