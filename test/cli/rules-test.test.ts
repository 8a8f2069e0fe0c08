/** `rules test` as a user meets it: what rules would do to logs, and whether their proofs hold. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { once } from "node:events";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox, type Outcome } from "../support/cli.js";

const header = String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ `;
const log = [
  "backup[812]: job 17 done",
  "backup[813]: job 18 done",
  "backup[813]: job 18 failed",
  "sshd[811]: routine 7",
  "disk: broken",
]
  .map((message) => `Nov 22 00:41:26 web1 ${message}\n`)
  .join("");

describe("rules test", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/sshd", `${header}sshd\\[[0-9]+\\]: routine [0-9]+$\n`);
    box.write("rules/never.d/disk", "disk: broken\n");
    box.write("app.log", log);
  });
  afterEach(() => box.remove());
  const test = (...args: readonly string[]): Outcome =>
    box.run(["rules", "test", "--rules", box.path("rules"), ...args]);
  const records = ({ stdout }: Outcome): Record<string, unknown>[] =>
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it("counts for each rule what it matches, hides, and what others decide all the same", () => {
    const [job, all] = records(test("--json", "-e", "job [0-9]+", "-e", "web1 .", "app.log"));
    expect(job).to.deep.include({ hits: 3, changed: 3, ignoredAnyway: 0, raisedAnyway: 0 });
    expect(job?.kinds).to.deep.equal([
      { shape: "backup: job * done", lines: 2, sample: "Nov 22 00:41:26 web1 backup[812]: job 17 done" },
      { shape: "backup: job * failed", lines: 1, sample: "Nov 22 00:41:26 web1 backup[813]: job 18 failed" },
    ]);
    expect(all).to.deep.include({ hits: 5, changed: 3, ignoredAnyway: 1, raisedAnyway: 1 });
  });

  it("reads standard input and archives, and says where a rule cannot be used", () => {
    const { stdout, stderr, status } = box.run(
      ["rules", "test", "--rules", box.path("rules"), "-e", "((", "-e", "done$"],
      { input: log },
    );
    expect(stderr).to.equal(
      "command line:1:2: Unmatched ( or \\(: rule skipped, its lines will be reported\n",
    );
    expect(stdout).to.include("command line:2: matches 2 lines\n    done$\n  hides 2 lines of 1 kind:\n");
    expect(status).to.equal(1);
  });

  it("compares a file with the other rules, not with itself", () => {
    const [rule] = records(test("--json", "-f", "rules/ignore.d/server/sshd", "app.log"));
    expect(rule).to.deep.include({ hits: 1, changed: 1, ignoredAnyway: 0 });
  });

  it("judges the proofs beside a file by the rules of that file", () => {
    box.write("my-rules", `${header}backup\\[[0-9]+\\]: job [0-9]+ (done|failed)$\n`);
    box.write("my-rules.ignored", `# ours\nNov 22 00:41:26 web1 backup[1]: job 1 done\n`);
    box.write("my-rules.kept", `Nov 22 00:41:26 web1 backup[1]: job 1 failed\n`);
    const { stdout, status } = test("-f", "my-rules", "app.log");
    expect(status).to.equal(1);
    expect(stdout).to.include("my-rules.ignored: 1 line, as promised\n");
    expect(stdout).to.include(`my-rules.kept:1: matched by ${box.path("my-rules")}:1\n`);
    box.write("my-rules", `${header}backup\\[[0-9]+\\]: job [0-9]+ done$\n`);
    expect(test("-f", "my-rules", "app.log").status).to.equal(0);
  });

  it("looks into the history where it is asked how far back", () => {
    const recent = new Date(Date.now() - 3_600_000).toISOString();
    box.write("today.log", `${recent} web1 backup[7]: job 17 done\n`);
    const config = box.write("logwinnow.toml", `[[source]]\nkind = "file"\npath = "today.log"\n`);
    const since = ["--config", config, "--since", "2d", "-e", "done$"];
    expect(test(...since).stdout)
      .to.include("hides 1 line of 1 kind:\n")
      .and.include("1 line read, ");
    expect(test(...since, "app.log").stdout).to.include("6 lines read, 3 matched by a rule\n");
  });

  it("says that a log cannot be read, and reads the others", () => {
    const { stdout, stderr, status } = test("-e", "done$", "missing.log", "app.log");
    expect(stderr).to.include("missing.log: ");
    expect(stdout).to.include("5 lines read, 2 matched by a rule\n");
    expect(status).to.equal(2);
  });

  it("refuses to watch what it cannot read again, and to test nothing", () => {
    expect(test("--watch", "-f", "my-rules").stderr).to.include("--watch: needs a --file");
    expect(test("app.log").stderr).to.include("no rules: --ere or --file");
  });

  it("tests again when a watched file changes", async function () {
    this.timeout(20_000);
    const rules = box.write("my-rules", "job 17\n");
    const child = spawn(
      process.execPath,
      [resolve("dist/logwinnow.cjs"), "rules", "test", "--watch", "-f", rules, box.path("app.log")],
      { env: box.environment, stdio: ["ignore", "pipe", "inherit"], timeout: 15_000 },
    );
    try {
      let told = "";
      child.stdout.on("data", (bytes: Buffer) => (told += bytes.toString()));
      while (!told.includes("1 matched")) await once(child.stdout, "data");
      writeFileSync(rules, "job 1[78]\n");
      while (!told.includes("3 matched")) await once(child.stdout, "data");
      expect(told).to.match(/-- \d\d:\d\d:\d\d: rules changed\n/);
    } finally {
      child.kill();
      await once(child, "exit");
    }
  });
});
