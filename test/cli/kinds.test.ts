/** Kinds of lines on the command line: what waits for the digest, and what show and ack do with an id of a report. */
import { expect } from "chai";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { resolve } from "node:path";
import { Sandbox } from "../support/cli.js";

const twoDigits = (number: number): string => String(number).padStart(2, "0");

describe("kinds of lines on the command line", () => {
  let box: Sandbox;
  let log: string;
  /** Two hours ago: no digest comes due while a test runs. */
  const hour = twoDigits((new Date().getUTCHours() + 22) % 24);
  beforeEach(() => {
    box = new Sandbox();
    log = box.write("app.log", "");
    box.write("rules/ignore.d/server/app", "app: all is well$\n");
    box.write("rules/never.d/app", "app: opened for [a-z]+ from [0-9.]+$\n");
    box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops@elsewhere.example"\ntransport = "file:outbox"\n[report]\ndigest = "daily ${hour}:00"\nrepeat = "0h"\n` +
        `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
    );
  });
  afterEach(() => box.remove());

  const program = (...args: string[]) => box.run([...args, "--config", box.path("logwinnow.toml")]);
  const lineOf = (message: string): string => {
    const [, month = "", day = "", time = ""] =
      /^\w+, (\d+) (\w+) \d+ (\S+)/.exec(new Date().toUTCString()) ?? [];
    return `${day} ${String(Number(month)).padStart(2)} ${time} web1 ${message}\n`;
  };
  const logged = (message: string, times = 1): void => appendFileSync(log, lineOf(message).repeat(times));
  const mails = (): number => (existsSync(box.path("outbox")) ? readdirSync(box.path("outbox")).length : 0);
  /** Whether a run mails. */
  function runMails(): boolean {
    const before = mails();
    const { status, stdout, stderr } = program("check");
    expect({ status, stdout, stderr }).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    return mails() > before;
  }
  /** What a run says whose standard error is the journal. */
  function saidToJournal(): string {
    const journal = openSync(box.write("journal", ""), "w");
    const { dev, ino } = fstatSync(journal);
    spawnSync(
      process.execPath,
      [resolve("dist/logwinnow.cjs"), "check", "--config", box.path("logwinnow.toml")],
      {
        cwd: box.directory,
        env: { ...box.environment, JOURNAL_STREAM: `${dev}:${ino}` },
        stdio: ["ignore", "ignore", journal],
      },
    );
    closeSync(journal);
    return readFileSync(box.path("journal"), "utf8");
  }
  function idOf(message: string): string {
    const file = box.write("one.log", lineOf(message));
    const { stdout } = box.run(["filter", "--json", "--rules", box.path("rules"), file]);
    return (JSON.parse(stdout) as { kind: string }).kind.slice(0, 4);
  }

  it("a known kind as usual sends no mail: the journal and status say so, and what is printed tells all", () => {
    logged("app: odd");
    expect(runMails()).to.equal(true);
    logged("app: odd");
    expect(runMails(), "and nothing is said to cron").to.equal(false);
    const waits = `no mail: 1 known kind, as usual; digest at ${hour}:00`;
    expect(program("status").stdout).to.include(`digest        ${waits}\n`);
    expect(JSON.parse(program("status", "--json").stdout)).to.include({ waits });
    logged("app: odd");
    expect(saidToJournal()).to.equal(`${waits}\n`);
    logged("app: odd");
    const all = /known since .*1 report/s;
    expect(program("check", "--dry-run").stdout).to.match(all);
    expect(program("check", "--stdout").stdout).to.match(all);
    expect(program("status").stdout).to.include(`digest        nothing waits; digest at ${hour}:00\n`);
    expect(program("check", "--stdout").stdout).to.equal("");
  });

  it("show tells what is remembered of a kind, and its lines, byte for byte", () => {
    logged("app: odd");
    logged("app: all is well");
    runMails();
    logged("app: odd");
    runMails();
    const id = idOf("app: odd");
    const { status, stdout, stderr } = program("show", id);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(stdout).to.match(new RegExp(`^${id}[0-9a-f]{8}  lines that no rule decides\n`));
    expect(stdout).to.match(/\nreads +app: odd\ntold +first .*, 1 report\nwaits +1 line for the next mail\n/);
    const lines = readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line.endsWith("odd"));
    expect(stdout).to.include(`${log}:\n${lines.join("\n")}\n\n2 lines since `);
  });

  it("show knows no kind that no report told and no log has", () => {
    runMails();
    const { status, stdout } = program("show", "0123");
    expect({ status, stdout: stdout.replace(/since.*/, "since") }).to.deep.equal({
      status: 64,
      stdout: "no line since\n",
    });
    expect(program("show", "disk").stderr).to.equal(
      "disk: is no id: 4 to 12 of the digits 0 to 9 and a to f: nothing shown\n",
    );
  });

  it("explain takes the id of a kind for its last line", () => {
    logged("app: opened for root from 192.0.2.7");
    logged("app: opened for deploy from 192.0.2.8");
    const { status, stdout, stderr } = program("explain", idOf("app: opened for root from 192.0.2.7"));
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(stdout).to.match(/opened for deploy from 192\.0\.2\.8\n {2}never, by .*rules\/never\.d\/app:1\n/);
    expect(program("explain", "0123")).to.deep.include({
      status: 2,
      stdout: "",
      stderr: "kind 0123: no such lines in the history of the last week: not explained\n",
    });
  });

  it("an alarm that is acknowledged waits, and breaks through with a new address or far more lines", () => {
    const alarm = "app: opened for root from 192.0.2.7";
    logged(alarm);
    expect(runMails()).to.equal(true);
    logged(alarm);
    expect(runMails(), "not acknowledged").to.equal(true);
    const { status, stdout } = program("ack", idOf(alarm), "--for", "7d");
    expect({ status, stdout }).to.deep.include({ status: 0 });
    expect(stdout).to.match(/^[0-9a-f]{12} {2}digest only until \d{4}-\d\d-\d\d {2}app: opened for /);
    logged(alarm);
    expect(runMails()).to.equal(false);
    expect(program("show", idOf(alarm)).stdout).to.match(/\nwaits +1 line .*\ndigest +only, until /);
    logged("app: opened for root from 198.51.100.9");
    expect(runMails(), "another address").to.equal(true);
    logged(alarm, 60);
    expect(runMails(), "far more lines").to.equal(true);
    logged(alarm);
    expect(runMails()).to.equal(false);
    expect(program("ack", idOf(alarm), "--for", "0d").stdout).to.include("told as before");
    expect(runMails(), "what waited is told").to.equal(true);
  });

  it("ack --new takes what was new in the newest report, and leaves what rules raise to be named", () => {
    logged("app: odd");
    runMails();
    for (const word of ["red", "green", "blue"]) logged(`app: ${word} is odd`);
    logged("app: opened for root from 192.0.2.7");
    logged("app: odd");
    runMails();
    const { status, stdout } = program("ack", "--new", "--for", "14d");
    expect(status).to.equal(0);
    const until = / {2}digest only until \d{4}-\d\d-\d\d {2}app: /;
    expect(stdout.split("\n").filter((line) => until.test(line))).to.have.length(3);
    expect(stdout).not.to.match(/app: odd$/m);
    expect(stdout).to.match(/^[0-9a-f]{12} {2}left as it is: an alarm; name its id {2}app: opened for /m);
    expect(program("show", idOf("app: red is odd")).stdout).to.match(/\ndigest +only, until /);
    for (const word of ["red", "green", "blue"]) logged(`app: ${word} is odd`);
    expect(runMails()).to.equal(false);
    expect(program("ack")).to.deep.include({ status: 64, stdout: "" });
    logged("app: odd");
    expect(program("check", "--stdout").stdout).to.include("app: odd");
    expect(program("ack", "--new").stderr).to.match(
      /the newest report has no new kind: none acknowledged\n$/,
    );
  });

  it("show --json has the same as data", () => {
    logged("app: odd");
    runMails();
    const id = idOf("app: odd");
    const objects = program("show", id, "--json")
      .stdout.trimEnd()
      .split("\n")
      .map((each) => JSON.parse(each) as Record<string, unknown>);
    expect(objects).to.have.length(2);
    expect(objects[0]).to.include({ layer: "remainder", shape: "app: odd", reports: 1 });
    expect(objects[0]?.kind).to.match(new RegExp(`^${id}`));
    expect(objects[0]?.firstTold).to.match(/^\d{4}-.*Z$/);
    expect(objects[1]).to.include({
      source: log,
      layer: "remainder",
      line: readFileSync(log, "utf8").trimEnd(),
    });
  });

  it("ack of what is no kind changes nothing, and names it", () => {
    logged("app: odd");
    runMails();
    const before = readFileSync(box.path("state/state.json"));
    const { status, stdout, stderr } = program("ack", idOf("app: odd"), "0123");
    expect({ status, stdout }).to.deep.equal({ status: 64, stdout: "" });
    expect(stderr).to.equal("0123: no report told of such a kind: nothing acknowledged\n");
    expect(readFileSync(box.path("state/state.json"))).to.deep.equal(before);
    for (const period of ["7", "400d", "soon"])
      expect(program("ack", "0123", "--for", period).stderr).to.match(/--for: expected .*, found "/);
  });

  it("ack keeps what waits", () => {
    logged("app: odd");
    runMails();
    logged("app: odd");
    expect(runMails()).to.equal(false);
    program("ack", idOf("app: odd"));
    writeFileSync(log, lineOf("app: odder"), { flag: "a" });
    expect(runMails()).to.equal(true);
    const [last = ""] = readdirSync(box.path("outbox")).sort().slice(-1);
    expect(readFileSync(box.path("outbox", last), "utf8")).to.match(/app: odd\r?\n/);
  });
});
