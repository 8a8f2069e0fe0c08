/** `ignore` and `rules undo` as a user meets them: from a line to a rule that works, and back. */
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox, type Outcome } from "../support/cli.js";

const header = String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ `;
const line = (message: string): string => `Nov 22 00:41:26 web1 ${message}`;
const job = line("backup[812]: job 17 done");

describe("ignore", () => {
  let box: Sandbox;
  let local: string;
  beforeEach(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/app", `${header}app: routine$\n`);
    box.write("rules/never.d/disk", "disk: broken\n");
    box.write("log", [job, line("backup[9]: job 18 done"), line("backup[9]: job 18 failed")].join("\n"));
    box.write("logwinnow.toml", `[[source]]\nkind = "file"\npath = "app.log"\n`);
    local = box.path("rules/ignore.d/local/backup");
  });
  afterEach(() => box.remove());
  /** Without a configuration the history would be that of this machine. */
  const configured = (args: readonly string[]): readonly string[] =>
    args[0] === "ignore" ? [...args, "--config", box.path("logwinnow.toml")] : args;
  const run = (args: readonly string[], input = ""): Outcome =>
    box.run([...configured(args), "--rules", box.path("rules")], { input });
  const remaining = (): string => run(["filter", box.path("log")]).stdout;

  it("writes a rule with its proof, which hides what it showed and nothing else", () => {
    const { stdout, status } = run([
      "ignore",
      "--yes",
      "--log",
      "log",
      "--reason",
      'runs "daily"',
      `  ${job}`,
    ]);
    expect(status).to.equal(0);
    expect(stdout).to.include("this rule: matches 2 lines\n").and.include("hides 2 lines of 1 kind:\n");
    expect(readFileSync(local, "utf8")).to.match(
      /^#@ added=\d{4}-\d\d-\d\d reason="runs {2}daily"\n\^\\w.* job \[0-9\]\+ done\$\n$/,
    );
    expect(readFileSync(`${local}.ignored`, "utf8")).to.equal(`${job}\n`);
    expect(remaining()).to.equal(`${line("backup[9]: job 18 failed")}`);
    expect(run(["rules", "test", "--file", local], "").status).to.equal(0);
    const { stderr } = run(["filter", box.path("log")]);
    expect(stderr).to.equal("");
  });

  it("takes the last rule back, and leaves what somebody wrote since", () => {
    run(["ignore", "--yes"], `${job}\n${line("backup[9]: job 18 failed")}\n`);
    appendFileSync(local, "# mine\n");
    expect(remaining()).to.equal("");
    expect(run(["rules", "undo"]).stdout).to.include(`taken back from ${local} and ${local}.ignored:\n`);
    expect(remaining()).to.include("failed");
    expect(readFileSync(local, "utf8")).to.match(/^#@ added=.*\n.*done\$\n# mine\n$/);
    expect(run(["rules", "undo"]).status).to.equal(0);
    expect(readFileSync(local, "utf8")).to.equal("# mine\n");
    expect(existsSync(`${local}.ignored`)).to.equal(false);
    const { stderr, status } = run(["rules", "undo"]);
    expect({ stderr, status }).to.deep.equal({
      stderr: "rules undo: no rule was added by ignore, raise or triage: nothing taken back\n",
      status: 1,
    });
  });

  it("takes nothing back that was changed", () => {
    run(["ignore", "--yes", job]);
    const edited = readFileSync(local, "utf8").replace("done", "ended");
    box.write("rules/ignore.d/local/backup", edited);
    expect(run(["rules", "undo"]).stderr).to.include(`${local}: what was added is not in it any more`);
    expect(readFileSync(local, "utf8")).to.equal(edited);
  });

  it("knows a kind by its id in a log", () => {
    const [first = ""] = run(["filter", "--json", "log"]).stdout.split("\n");
    const { kind } = JSON.parse(first) as { kind: string };
    expect(run(["ignore", "--yes", "--log", "log", kind]).status).to.equal(0);
    expect(remaining()).to.include("failed").and.not.include("done");
    expect(run(["ignore", "--yes", "--log", "log", "000000000000"]).status).to.equal(1);
  });

  it("shows what a rule hides in the history, where no log is named, and takes several kinds of it", () => {
    const recent = new Date(Date.now() - 3_600_000).toISOString();
    const messages = ["backup[7]: job 17 done", "backup[7]: job 18 done", "restore[7]: job 17 done"];
    const lines = messages.map((message) => `${recent} web1 ${message}\n`);
    box.write("app.log", lines.join(""));
    expect(run(["ignore", "--yes", job]).stdout).to.include("hides 2 lines of 1 kind:\n");
    run(["rules", "undo"]);
    const kinds = run(["filter", "--json", "app.log"])
      .stdout.trim()
      .split("\n")
      .map((record) => (JSON.parse(record) as { kind: string }).kind);
    const { stdout } = run(["ignore", "--yes", ...new Set(kinds)]);
    expect(stdout).to.include("hides 2 lines of 1 kind:\n").and.include("hides 1 line of 1 kind:\n");
    expect(run(["filter", "app.log"]).stdout).to.equal("");
  });

  it("knows a kind by the beginning of its id, in the logs that the configuration names", () => {
    const recent = new Date(Date.now() - 3_600_000).toISOString();
    const log = box.write(
      "app.log",
      `${recent} web1 backup[7]: job 17 done\n${recent} web1 backup[7]: job 17 failed\n`,
    );
    const config = box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\n`,
    );
    const [first = ""] = run(["filter", "--json", log]).stdout.split("\n");
    const { kind } = JSON.parse(first) as { kind: string };
    const named = ["--config", config, kind.slice(0, 6)];
    const suggested = box.run(["rules", "suggest", "--config", config, "--kind", kind.slice(0, 6)]);
    expect(suggested.stdout).to.match(/^# 1 line of kind .*\n.*\n\^.* job \[0-9\]\+ done\$\n$/);
    expect(box.run(["ignore", "--yes", ...named]).status).to.equal(0);
    expect(readFileSync(local, "utf8")).to.match(/ job \[0-9\]\+ done\$\n$/);
    // What is ignored now is not there any more.
    expect(box.run(["ignore", "--yes", ...named]).stderr).to.include("no such lines");
  });

  it("writes nothing without an answer, nor what must be kept, nor for an alarm or what is ignored", () => {
    const asked = spawnSync(
      "setsid",
      [
        "--wait",
        process.execPath,
        resolve("dist/logwinnow.cjs"),
        "ignore",
        "--rules",
        box.path("rules"),
        "--config",
        box.path("logwinnow.toml"),
        job,
      ],
      { env: box.environment },
    );
    expect(asked.stderr.toString()).to.include(
      "nobody can be asked; --yes writes without asking: not written\n",
    );
    expect(asked.status).to.equal(1);
    expect(run(["ignore", "--yes", line("disk: broken")]).stderr).to.include("never by ");
    expect(run(["ignore", "--yes", line("app: routine")]).stderr).to.include("ignored by ");
    const root = line("sshd[2601]: Accepted password for root from 198.51.100.7 port 7 ssh2");
    expect(run(["ignore", "--yes", root]).stderr).to.include("it would hide the canary ");
    expect(existsSync(box.path("rules/ignore.d/local"))).to.equal(false);
  });

  it("writes beside plain files of rules where a directory has no other, and under a plain name", () => {
    box.write("flat/app", `${header}app: routine$\n`);
    const odd = line("../../etc/x y[7]: up");
    const flat = ["--rules", box.path("flat")];
    const config = ["--config", box.path("logwinnow.toml")];
    expect(
      box.run(["ignore", "--yes", ...flat, ...config, job, line("/usr/lib/x/../odd name[7]: up"), odd])
        .status,
    ).to.equal(0);
    expect(existsSync(box.path("flat/local-backup"))).to.equal(true);
    expect(box.run(["filter", ...flat, "log"]).stdout).to.equal(line("backup[9]: job 18 failed"));
    expect(existsSync(box.path("etc"))).to.equal(false);
  });
});
