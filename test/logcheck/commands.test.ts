/** The commands around the report: comparison, migration, logcheck-test, and being called by another name. */
import { readFileSync, symlinkSync } from "node:fs";
import { expect } from "chai";
import { publicProgram } from "../support/public-program.js";
import { needsTool } from "../support/tools.js";
import { LogcheckHost, type HostDescription } from "./oracle.js";

const stamp = "Nov  1 00:00:00 h ";
const description: HostDescription = {
  rules: { "cracking.d": { a: "break-in" }, "violations.d": {}, "ignore.d.server": { a: "routine\n" } },
  logs: { syslog: `${stamp}routine\n${stamp}odd \n${stamp}break-in\n` },
};

async function onHost(use: (host: LogcheckHost) => Promise<void>, described = description): Promise<void> {
  const host = new LogcheckHost(described);
  try {
    await use(host);
  } finally {
    host.remove();
  }
}

describe("logwinnow logcheck --compare", () => {
  before(function () {
    this.timeout(20_000);
    needsTool(this, "/usr/sbin/logcheck", "setpriv");
  });

  it("finds no difference where there is none, and changes nothing", async function () {
    this.timeout(20_000);
    await onHost(async (host) => {
      const { status, stdout } = await host.runOurs(["--compare"]);
      expect(stdout.toString()).to.equal("1 logs, 2 lines reported, 0 differences, 0 of them unexplained\n");
      expect(status).to.equal(0);
      expect((await host.runOurs(["-o"])).stdout.toString()).to.include("odd");
    });
  });

  it("shows the lines that a broken rule hides from logcheck's report, with the rule", async function () {
    this.timeout(20_000);
    await onHost(async (host) => {
      host.write("etc/ignore.d.server/b", "fine\n(broken\n");
      const { status, stdout } = await host.runOurs(["--compare"]);
      expect(stdout.toString()).to.include(`only logwinnow: System Events: ${stamp}odd\n`);
      expect(stdout.toString()).to.match(/drops all remaining lines because of .*ignore\.d\.server\/b:2:1: /);
      expect(stdout.toString()).to.include(" 0 of them unexplained");
      expect(status).to.equal(0);
    });
  });
});

describe("logwinnow migrate", () => {
  const conf = [
    'SENDMAILTO="ops@example.org, root"',
    "REPORTLEVEL=paranoid",
    "ADDTAG=yes",
    "TMP=$HOME/tmp",
    "SUPPORT_CRACKING_IGNORE=1",
  ].join("\n");
  const described: HostDescription = {
    rules: {
      "cracking.d": {},
      "violations.d": { a: "fine" },
      "ignore.d.server": { a: "x|\n(\nodd$ \nodd $\nfine$\r\ngood" },
    },
    logs: {},
    conf: `${conf}\n`,
    lists: { "logcheck.logfiles": "LOGS/a.log\n", "lists.d/more.logfiles": "LOGS/*.b\njournal\n" },
  };

  it("carries over what it can, and names the rest with its place", async () => {
    await onHost(async (host) => {
      const logcheckConf = host.path("etc/logcheck.conf");
      const output = host.path("logwinnow.toml");
      const words = [process.execPath, publicProgram, "migrate", "--logcheck-conf", logcheckConf];
      const { status, stderr } = await host.spawn([...words, "-o", output]);
      expect(status).to.equal(1);
      const here = (text: string): string => text.replaceAll(host.directory, "HOST");
      expect(here(readFileSync(output, "utf8"))).to.equal(
        [
          '[mail]\nto = ["ops@example.org", "root"]\n',
          '[report]\nlevel = "paranoid"\n',
          '[rules]\ndirectories = ["/usr/share/logwinnow", "/etc/logwinnow", "HOST/etc"]\n',
          '[[source]]\nkind = "file"\npath = ["HOST/logs/a.log", "HOST/logs/*.b"]\nfollow_links = true\n',
          '[[source]]\nkind = "journal"\n',
        ].join("\n"),
      );
      const said = here(stderr);
      expect(said).to.match(/logcheck\.conf:8: SENDMAILTO: now \[mail\] to\n/);
      expect(said).to.match(/logcheck\.conf:10: ADDTAG: affects only logcheck's report\n/);
      expect(said).to.match(/logcheck\.conf:11: variable "\$HOME": not run/);
      for (const rule of [
        /a:1: matches every line/,
        /a:2:1: .*switched off/,
        /a:3: white space after the final \$: never matches/,
        /a:4: white space before the final \$: never matches/,
        /a:5: carriage return after the final \$: never matches/,
      ])
        expect(said).to.match(rule);
      expect(said).to.not.match(/a:6:/);
      expect((await host.spawn([...words, "-o", output])).status).to.not.be.oneOf([0, 1]);
    }, described);
  });

  it("makes a configuration that check can read", async () => {
    await onHost(async (host) => {
      const words = [process.execPath, publicProgram];
      const conf = host.path("etc/logcheck.conf");
      await host.spawn([...words, "migrate", "--logcheck-conf", conf, "-o", host.path("logwinnow.toml")]);
      const check = [
        "check",
        "--dry-run",
        "--config",
        host.path("logwinnow.toml"),
        "--state",
        host.path("state/new"),
      ];
      const { status, stderr } = await host.spawn([...words, ...check]);
      expect(stderr).to.not.include("configuration not used");
      expect(status).to.equal(0);
    });
  });
});

describe("logwinnow logcheck-test", () => {
  before(function () {
    needsTool(this, "/usr/bin/logcheck-test");
  });

  const calls: readonly (readonly string[])[] = [
    ["odd"],
    ["-i", "odd"],
    ["-e", "odd"],
    ["-q", "-e", "-P", "o", "-S", "d", "d"],
    ["nothing"],
    ["\\w+dd$|x"],
    ["a|"],
    ["(broken"],
    ["-r", "RULES"],
    ["-i", "-r", "RULES"],
    ["-r", "EMPTY"],
    ["-q", "-r", "EMPTY", "-i"],
  ];
  for (const words of calls)
    it(`logcheck-test -l LOG ${words.join(" ")}`, async () => {
      await onHost(async (host) => {
        host.write("rules", "# odd\n\nroutine$\nin$\n");
        host.write("empty", "# nothing\n");
        host.write("log", `${stamp}routine\n${stamp}odd \t\n\nlast line odd`);
        const places: Readonly<Record<string, string>> = {
          RULES: host.path("rules"),
          EMPTY: host.path("empty"),
        };
        const call = ["-l", host.path("log"), ...words.map((word) => places[word] ?? word)];
        const theirs = await host.spawn(["/usr/bin/logcheck-test", ...call]);
        const ours = await host.spawn([process.execPath, publicProgram, "logcheck-test", ...call]);
        expect({ status: ours.status, stdout: ours.stdout.toString() }).to.deep.equal({
          status: theirs.status,
          stdout: theirs.stdout.toString(),
        });
      });
    });
});

describe("a link of the name", () => {
  it("logcheck behaves as logcheck", async () => {
    await onHost(async (host) => {
      symlinkSync(publicProgram, host.path("bin/logcheck"));
      const { stdout } = await host.spawn([
        process.execPath,
        host.path("bin/logcheck"),
        "-c",
        host.path("etc/logcheck.conf"),
        "-o",
      ]);
      expect(stdout.toString()).to.equal(
        `Security Alerts for a\n=-=-=-=-=-=-=-=-=-=-=\n${stamp}break-in\n\nSystem Events\n=-=-=-=-=-=-=\n${stamp}odd\n\n`,
      );
    });
  });

  it("logcheck-test behaves as logcheck-test", async () => {
    await onHost(async (host) => {
      symlinkSync(publicProgram, host.path("bin/logcheck-test"));
      const { stdout, status } = await host.spawn([
        process.execPath,
        host.path("bin/logcheck-test"),
        "-q",
        "-l",
        host.path("logs/syslog"),
        "odd$",
      ]);
      expect({ status, stdout: stdout.toString() }).to.deep.equal({ status: 0, stdout: `${stamp}odd\n` });
    });
  });

  it("refuses to run as root, as logcheck does", async function () {
    if (process.getuid?.() !== 0) this.skip();
    const { spawnSync } = await import("node:child_process");
    const { status, stdout } = spawnSync(process.execPath, [publicProgram, "logcheck", "-o"], {
      encoding: "utf8",
    });
    expect(status).to.equal(1);
    expect(stdout.trimEnd().split("\n")).to.have.length(3);
  });
});
