/** Where logcheck loses or hides lines, logwinnow reports them: each deliberate deviation, with what both do. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chmodSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { needsTool } from "../support/tools.js";
import type { HostDescription } from "./oracle.js";
import { play, type Seen, type Story } from "./stage.js";

const stamp = "Nov  1 00:00:00 h ";
const lines = (...names: readonly string[]): string => names.map((name) => `${stamp}${name}\n`).join("");
const noRules = { "cracking.d": {}, "violations.d": {} };
const ignoring = (rule: string): HostDescription => ({
  rules: { ...noRules, "ignore.d.server": { good: "routine\n", odd: rule } },
  logs: { syslog: lines("routine", "alarm") },
});

/** What both report: the lines of their last reports (standard output and mails) without the time. */
async function lastReports(description: HostDescription, story: Story) {
  const reportOf = (seen: readonly Seen[]): string[] => {
    const last = seen.at(-1);
    const text = [last?.stdout ?? "", ...(last?.mails ?? []).map((mail) => mail.text)].join("\n");
    return text.split("\n").flatMap((line) => (line.startsWith(stamp) ? [line.slice(stamp.length)] : []));
  };
  const [theirs, ours] = await Promise.all([
    play("logcheck", description, story),
    play("ours", description, story),
  ]);
  return { theirs: reportOf(theirs), ours: reportOf(ours), theirRuns: theirs, ourRuns: ours };
}

const oneRun: Story = async ({ run }) => void (await run(["-o"]));

describe("what logcheck loses", () => {
  before(function () {
    this.timeout(20_000);
    needsTool(this, "/usr/sbin/logcheck", "setpriv");
  });

  for (const [rule, place] of [
    ["(unmatched", "1:1"],
    ["[z-a]", "1"],
    ["foo|", "1"],
    [".*", "1"],
  ] as const)
    it(`every line, when a rule of ignore.d reads ${rule}`, async function () {
      this.timeout(20_000);
      const { theirs, ours, ourRuns, theirRuns } = await lastReports(ignoring(rule), oneRun);
      expect(theirs).to.deep.equal([]);
      expect(theirRuns[0]?.status).to.equal(0);
      expect(ours).to.deep.equal(["alarm"]);
      expect(ourRuns[0]?.stdout).to.include(`E: HOST/etc/ignore.d.server/odd:${place}`);
    });

  it("the alerts, when a rule of cracking.d is broken", async function () {
    this.timeout(20_000);
    const description = {
      rules: { ...noRules, "cracking.d": { a: "alarm\n(\n" } },
      logs: { syslog: lines("alarm", "other") },
    };
    const { theirs, ours } = await lastReports(description, oneRun);
    expect(theirs).to.deep.equal([]);
    expect(ours).to.deep.equal(["alarm", "other"]);
  });

  it("the report, when the mailer fails", async function () {
    this.timeout(20_000);
    const description = { rules: noRules, logs: { syslog: lines("alarm") } };
    const { theirs, ours, theirRuns, ourRuns } = await lastReports(description, async ({ host, run }) => {
      host.setMailerStatus(75);
      await run([]);
      host.setMailerStatus(0);
      // The spool waits a minute before the second try.
      const entry = host.path("state/logwinnow/spool");
      await host.spawn([
        "find",
        entry,
        "-type",
        "f",
        "-exec",
        "sed",
        "-i",
        's/"nextTryAt":"[^"]*"/"nextTryAt":"2026-01-01T00:00:00.000Z"/',
        "{}",
        "+",
      ]);
      await run([]);
    });
    expect(theirRuns[0]?.status).to.equal(75);
    expect(theirs).to.deep.equal([]);
    expect(ourRuns[0]?.status).to.equal(75);
    expect(ours).to.deep.equal(["alarm"]);
  });

  const grown = { rules: noRules, logs: { log: lines("read 1", "read 2") } };

  it("the older lines, when a log was rotated twice", async function () {
    this.timeout(20_000);
    const { theirs, ours } = await lastReports(grown, async ({ host, run }) => {
      await run(["-o"]);
      appendFileSync(host.path("logs/log"), lines("late"));
      renameSync(host.path("logs/log"), host.path("logs/log.2"));
      host.write("logs/log.1", lines("between"));
      host.write("logs/log", lines("new"));
      await run(["-o"]);
    });
    expect(theirs).to.deep.equal(["new"]);
    expect(ours).to.deep.equal(["late", "between", "new"]);
  });

  it("the older lines, when the rotated log was compressed at once", async function () {
    this.timeout(20_000);
    const { theirs, ours } = await lastReports(grown, async ({ host, run }) => {
      await run(["-o"]);
      host.write("logs/log.1.gz", gzipSync(lines("read 1", "read 2", "late")));
      rmSync(host.path("logs/log"));
      host.write("logs/log", lines("new"));
      await run(["-o"]);
    });
    expect(theirs).to.deep.equal(["new"]);
    expect(ours).to.deep.equal(["late", "new"]);
  });

  it("lines, when a log was copied, truncated and grew past the offset", async function () {
    this.timeout(20_000);
    const { theirs, ours } = await lastReports(grown, async ({ host, run }) => {
      await run(["-o"]);
      host.write("logs/log.1", lines("read 1", "read 2"));
      truncateSync(host.path("logs/log"));
      appendFileSync(host.path("logs/log"), lines("new 1", "new 2", "new 3"));
      await run(["-o"]);
    });
    expect(theirs).to.not.include("new 1");
    expect(ours).to.deep.equal(["new 1", "new 2", "new 3"]);
  });

  it("everything, when a log was rewritten with the same size", async function () {
    this.timeout(20_000);
    const { theirs, ours } = await lastReports(grown, async ({ host, run }) => {
      await run(["-o"]);
      writeFileSync(host.path("logs/log"), lines("anew 1", "anew 2"));
      await run(["-o"]);
    });
    expect(theirs).to.deep.equal([]);
    expect(ours).to.deep.equal(["anew 1", "anew 2"]);
  });

  it("no byte, but splits a line whose end is not written yet", async function () {
    this.timeout(20_000);
    const { theirs, ours } = await lastReports(grown, async ({ host, run }) => {
      appendFileSync(host.path("logs/log"), `${stamp}half a `);
      await run(["-o"]);
      appendFileSync(host.path("logs/log"), "line\n");
      await run(["-o"]);
    });
    expect(theirs).to.deep.equal([]);
    expect(ours).to.deep.equal(["half a line"]);
  });

  it("the lines of logs read before, when a list is missing or a log cannot be read", async function () {
    this.timeout(20_000);
    const description = {
      rules: noRules,
      logs: { a: lines("alarm"), b: lines("secret") },
      lists: { "logcheck.logfiles": "LOGS/a\nLOGS/b\n" },
    };
    const { theirs, ours, theirRuns, ourRuns } = await lastReports(description, async ({ host, run }) => {
      chmodSync(host.path("logs/b"), 0);
      await run(["-o"]);
    });
    expect(theirRuns[0]?.status).to.equal(1);
    expect(theirs).to.deep.equal([]);
    expect(ours).to.deep.equal(["alarm"]);
    expect(ourRuns[0]?.stdout).to.include("E: File could not be read: HOST/logs/b");
  });

  it("the name of a missing log, when every line is ignored", async function () {
    this.timeout(20_000);
    const description = {
      ...ignoring("nothing"),
      logs: { syslog: lines("routine") },
      lists: { "logcheck.logfiles": "LOGS/syslog\nLOGS/gone\n" },
    };
    const { theirRuns, ourRuns } = await lastReports(description, oneRun);
    expect(theirRuns[0]).to.include({ status: 0, error: "" });
    expect(ourRuns[0]).to.include({ status: 1, error: "E: File could not be read: HOST/logs/gone" });
  });

  for (const directory of ["cracking.d", "violations.d"])
    it(`the report, when there is no ${directory}`, async function () {
      this.timeout(20_000);
      const { [directory as keyof typeof noRules]: _, ...rest } = noRules;
      const { theirs, ours, theirRuns } = await lastReports(
        { rules: rest, logs: { a: lines("alarm") } },
        oneRun,
      );
      expect(theirRuns[0]?.status).to.equal(1);
      expect(theirs).to.deep.equal([]);
      expect(ours).to.deep.equal(["alarm"]);
    });

  it("all alerts, when exceptions are enabled and there is no cracking.ignore.d", async function () {
    this.timeout(20_000);
    const description = {
      rules: { ...noRules, "cracking.d": { a: "alarm" } },
      logs: { a: lines("alarm", "other") },
      conf: "SUPPORT_CRACKING_IGNORE=1\n",
    };
    const { theirs, ours } = await lastReports(description, oneRun);
    expect(theirs).to.deep.equal(["other"]);
    expect(ours).to.deep.equal(["alarm", "other"]);
  });

  it("logs whose names begin with a dot", async function () {
    this.timeout(20_000);
    const { theirs, ours } = await lastReports(
      { rules: noRules, logs: { ".hidden": lines("alarm") } },
      oneRun,
    );
    expect(theirs).to.deep.equal([]);
    expect(ours).to.deep.equal(["alarm"]);
  });

  it("its place in two logs whose paths differ by a dot, and repeats their lines", async function () {
    this.timeout(20_000);
    const description = { rules: noRules, logs: { "a.b": lines("one"), "a/b": lines("two") } };
    const { theirs, ours } = await lastReports(description, async ({ run }) => {
      await run(["-o"]);
      await run(["-o"]);
    });
    expect(theirs).to.deep.equal(["one", "two"]);
    expect(ours).to.deep.equal([]);
  });

  it("nothing, but reports a log twice, when it is listed twice under -t", async function () {
    this.timeout(20_000);
    const description = {
      rules: noRules,
      logs: { a: lines("alarm") },
      lists: { "logcheck.logfiles": "LOGS/a\nLOGS/a\n" },
    };
    const { theirs, ours } = await lastReports(
      description,
      async ({ run }) => void (await run(["-o", "-t"])),
    );
    expect(theirs).to.deep.equal(["alarm", "alarm"]);
    expect(ours).to.deep.equal(["alarm"]);
  });

  it("the warning about a log that shrank among its lines; logwinnow warns at the end", async function () {
    this.timeout(20_000);
    const { theirs, ours, theirRuns, ourRuns } = await lastReports(grown, async ({ host, run }) => {
      await run(["-o"]);
      writeFileSync(host.path("logs/log"), lines("new"));
      await run(["-o"]);
    });
    expect(theirs).to.deep.equal(["new"]);
    expect(theirRuns[1]?.stdout).to.include(
      "*** WARNING ***: Log file HOST/logs/log is smaller than last time",
    );
    expect(ours).to.deep.equal(["new"]);
    expect(ourRuns[1]?.stdout).to.match(
      /Logcheck Warnings\n[=-]+\nHOST\/logs\/log: shrank from \d+ to \d+ bytes/,
    );
  });

  it("the lock of the other of two runs", async function () {
    this.timeout(20_000);
    const description = { rules: noRules, logs: { a: lines("alarm") } };
    const [, seen] = await play("ours", description, async ({ host, run }) => {
      await run(["-o"]);
      const hold = "echo held; exec sleep 30";
      const holder = spawn("flock", [host.path("state/logwinnow/lock"), "sh", "-c", hold], {
        detached: true,
      });
      try {
        await once(holder.stdout, "data");
        await run(["-o"]);
      } finally {
        if (holder.pid !== undefined) process.kill(-holder.pid);
      }
    });
    expect(seen).to.include({ status: 1, stdout: "", error: "Another logcheck process is still running" });
  });
});

describe("a switch from logcheck", () => {
  before(function () {
    needsTool(this, "/usr/sbin/logcheck", "setpriv");
  });

  const description = { rules: noRules, logs: { log: lines("read 1", "read 2") } };
  const stories: Readonly<Record<string, (log: string) => void>> = {
    "goes on where logcheck stopped": (log) => appendFileSync(log, lines("new")),
    "repeats the line that logcheck tore": (log) => appendFileSync(log, lines("new")),
    "finds the rest in the rotated log": (log) => {
      renameSync(log, `${log}.1`);
      writeFileSync(log, lines("new"), { mode: 0o644 });
    },
  };
  for (const [words, happens] of Object.entries(stories))
    it(words, async function () {
      this.timeout(20_000);
      await play("ours", description, async ({ host, run }) => {
        const isTorn = words.includes("tore");
        if (isTorn) appendFileSync(host.path("logs/log"), `${stamp}half `);
        const before = await host.run(["-o"]);
        expect(before.stdout.toString()).to.include("read 2");
        happens(host.path("logs/log"));
        const { stdout } = await run(["-o"]);
        const reported = stdout.split("\n").filter((line) => line.startsWith(stamp));
        const expected = isTorn ? `${stamp}half ${stamp}new` : `${stamp}new`;
        expect(reported).to.deep.equal([expected]);
      });
    });
});
