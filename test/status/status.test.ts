/** `logwinnow status`: what is to be seen of the job, for people, programs and Prometheus. */
import { expect } from "chai";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { Sandbox, type Outcome } from "../support/cli.js";

describe("logwinnow status", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/app", "^nothing is like this$\n");
    box.write("app.log", "line\n");
    configure("");
  });
  afterEach(() => box.remove());
  const configure = (more: string): string =>
    box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "*.log"\nfirst_run = "all"\n${more}`,
    );
  const run = (...words: readonly string[]): Outcome =>
    box.run([...words, "--config", box.path("logwinnow.toml")]);

  it("says how much was written since, what is off, and how to get mail", () => {
    box.write("rules/ignore.d/server/bad", "a\\(b(\n");
    run("check");
    appendFileSync(box.path("app.log"), "x".repeat(1499) + "\n");
    const { status, stdout } = run("status");
    expect(status).to.equal(0);
    expect(stdout).to.match(/^last success {2}today \d\d:\d\d:\d\d$/m);
    expect(stdout).to.match(/^mail +to nobody: reports are printed$/m);
    expect(stdout).to.match(/^ +set "to" under \[mail\] in \S+logwinnow\.toml,$/m);
    expect(stdout).to.match(/^rules +\d+ rules? at work, and of others:\n +\S*bad:1:\d+: .*: rule skipped/m);
    expect(stdout).to.match(/^read +\S+app\.log {2}5 bytes, 1\.5 kB new$/m);
    expect(stdout).to.match(/^takes +state \S+ k?B, memory \S+ k?B, spool 0 B,$/m);
    expect(
      stdout.split("\n").filter((line) => line.length > 80 && !line.includes(box.directory)),
    ).to.deep.equal([]);
    expect(stdout).to.not.match(/^next run/m);
  });

  it("is as the job left it: looking changes nothing", () => {
    run("check");
    const before = readFileSync(box.path("state", "state.json"), "latin1");
    run("status");
    expect(readFileSync(box.path("state", "state.json"), "latin1")).to.equal(before);
    expect(readdirSync(box.path("state")).filter((name) => name === "run.json")).to.deep.equal([]);
  });

  it("names what waits, why, and when it is tried", () => {
    configure(`[mail]\nto = "ops@example.org"\ntransport = "smtp://127.0.0.1:1"\n`);
    expect(run("check").status).to.equal(75);
    const { stdout } = run("status");
    expect(stdout).to.match(/^mail +to ops@example\.org, by smtp:\/\/127\.0\.0\.1:1; 1 waits, 0 refused$/m);
    expect(stdout).to.match(/^ +00000001\.1\.mail: tried once, next today \d\d:\d\d:\d\d: 127\.0\.0\.1:1: /m);
  });

  it("gives figures that Prometheus can read", () => {
    box.write('odd"\\name.log', "line\n");
    run("check");
    appendFileSync(box.path("app.log"), "four\n");
    const { status, stdout } = run("status", "--prometheus");
    expect(status).to.equal(0);
    const metrics = new Set<string>();
    for (const line of stdout.trimEnd().split("\n")) {
      const [, kind, name = ""] = /^# (HELP|TYPE) (\w+) \S/.exec(line) ?? [];
      if (kind === "HELP") {
        expect(metrics.has(name), name).to.equal(false);
        metrics.add(name);
      } else if (kind === undefined)
        expect(line).to.match(/^(logwinnow_\w+)(\{\w+="(?:[^"\\\n]|\\["\\n])*"(,\w+="[^"]*")*\})? \d+$/);
    }
    const text = (name: string): string => name.replaceAll(/[\\"]/g, "\\$&");
    expect(stdout).to.include(`source_unread_bytes{source="${box.path("app.log")}"} 5\n`);
    expect(stdout).to.include(`source_failed{source="${text(box.path('odd"\\name.log'))}"} 0\n`);
    expect(stdout).to.match(/^logwinnow_problems 0$/m);
    expect(run("status", "--prometheus", "--json").stderr).to.match(/--json or --prometheus, not both/);
  });

  it("each run writes them where the configuration says, and a dry run does not", () => {
    mkdirSync(box.path("textfile"));
    const file = box.path("textfile", "logwinnow.prom");
    configure(`[status]\ntextfile = "textfile/logwinnow.prom"\n`);
    run("check", "--dry-run");
    expect(existsSync(file)).to.equal(false);
    run("check");
    const first = readFileSync(file, "utf8");
    expect(first).to.match(/^logwinnow_problems 0$/m);
    expect(statSync(file).mode & 0o777).to.equal(0o644);
    run("check");
    expect(readdirSync(box.path("textfile"))).to.deep.equal(["logwinnow.prom"]);
  });

  it("says so where they cannot be written, and the run is done all the same", () => {
    configure(`[status]\ntextfile = "absent/logwinnow.prom"\n`);
    const { status, stderr } = run("check");
    expect(status).to.equal(0);
    expect(stderr).to.match(/absent\/logwinnow\.prom: .*: figures not written\n$/);
  });
});
