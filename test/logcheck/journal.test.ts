/** The journal in logcheck's lists, compared with logcheck reading the same journal. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { expect } from "chai";
import { needsTool } from "../support/tools.js";
import type { HostDescription, LogcheckHost } from "./oracle.js";
import { expectSame, play } from "./stage.js";

const remote = "/lib/systemd/systemd-journal-remote";
const description: HostDescription = {
  rules: { "cracking.d": { a: "break-in" }, "violations.d": {}, "ignore.d.server": { a: "routine" } },
  logs: {},
  lists: { "logcheck.logfiles": "journal\n" },
  conf: "DATE=now\n",
  header: "Head.\n",
};

interface JournalTime {
  readonly ageSeconds?: number;
  /** Both reports must have the same second, though their hosts are made one after the other. */
  readonly nowMs?: number;
}

/** Makes a journal with these messages, a second apart, the last one a minute old. */
function writeJournal(
  host: LogcheckHost,
  name: string,
  messages: readonly string[],
  { ageSeconds = 60, nowMs = Date.now() }: JournalTime = {},
): void {
  const firstMs = nowMs - 1000 * (ageSeconds + messages.length);
  const entries = messages.map((message, index) =>
    [
      `__REALTIME_TIMESTAMP=${(firstMs + 1000 * index) * 1000}`,
      `__MONOTONIC_TIMESTAMP=${1000 * (index + 1)}`,
      `_BOOT_ID=${"1".repeat(32)}`,
      `_MACHINE_ID=${"2".repeat(32)}`,
      "_HOSTNAME=h",
      "SYSLOG_IDENTIFIER=sshd",
      "_PID=42",
      `MESSAGE=${message}`,
      "\n",
    ].join("\n"),
  );
  mkdirSync(host.path("journal"), { recursive: true });
  const { status, stderr } = spawnSync(remote, ["-o", host.path("journal", `${name}.journal`), "-"], {
    input: entries.join(""),
  });
  if (status !== 0) throw new Error(stderr.toString());
  chmodSync(host.path("journal", `${name}.journal`), 0o644);
  host.write(
    "bin/journalctl",
    `#!/bin/sh\nexec /usr/bin/journalctl --directory=${host.path("journal")} "$@"\n`,
  );
  chmodSync(host.path("bin/journalctl"), 0o755);
}

describe("the journal in a list of logs", () => {
  before(function () {
    needsTool(this, "/usr/sbin/logcheck", "setpriv", "journalctl", remote);
  });

  it("is reported as logcheck reports it, with its notice on the first run", async function () {
    this.timeout(20_000);
    const nowMs = Date.now();
    const [first] = await expectSame(description, async ({ host, run }) => {
      writeJournal(host, "one", ["routine", "odd  ", "break-in é", "odd"], { nowMs });
      await run(["-o"]);
      await run(["-o"]);
    });
    expect(first?.stdout).to.match(/^This is the first time/);
    expect(first?.stdout).to.match(/ h sshd\[42\]: break-in/);
  });

  it("is read from five hours ago on the first run", async function () {
    this.timeout(20_000);
    const nowMs = Date.now();
    await expectSame(description, async ({ host, run }) => {
      writeJournal(host, "old", ["long ago"], { nowMs, ageSeconds: 6 * 3600 });
      writeJournal(host, "new", ["lately"], { nowMs });
      await run(["-o"]);
    });
  });

  it("goes on where logcheck stopped", async function () {
    this.timeout(20_000);
    await play("ours", description, async ({ host, run }) => {
      writeJournal(host, "one", ["before"]);
      expect((await host.run(["-o"])).stdout.toString()).to.include("before");
      const { stdout } = await run(["-o"]);
      expect(stdout).to.equal("");
    });
  });

  it("can be checked alone, which logcheck cannot", async function () {
    this.timeout(20_000);
    const seen = await play("ours", description, async ({ host, run }) => {
      writeJournal(host, "one", ["odd"]);
      await run(["-o", "-l", "journal"]);
    });
    expect(seen[0]?.stdout).to.include("sshd[42]: odd");
  });

  it("keeps its position under -t, where logcheck moves on", async function () {
    this.timeout(20_000);
    const seen = await play("ours", description, async ({ host, run }) => {
      writeJournal(host, "one", ["odd"]);
      await run(["-o", "-t"]);
      await run(["-o", "-t"]);
    });
    expect(seen[0]?.stdout).to.include("odd");
    expect(seen[1]).to.deep.equal(seen[0]);
  });
});
