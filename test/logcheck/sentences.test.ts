/** Each known statement about logcheck's behaviour, checked on logcheck and on logwinnow. */
import { appendFileSync, chmodSync, mkdirSync, renameSync, symlinkSync } from "node:fs";
import { expect } from "chai";
import { needsTool } from "../support/tools.js";
import type { HostDescription } from "./oracle.js";
import { expectSame, type Story } from "./stage.js";

const stamp = "Nov  1 00:00:00 h ";
const twoLogs = {
  syslog: `${stamp}cron: routine\n${stamp}kernel: odd\n${stamp}sshd: break-in\n`,
  "auth.log": `${stamp}sshd: odd login\n${stamp}su: denied\n`,
};
const rules = {
  "cracking.d": { sshd: "break-in\n" },
  "violations.d": { su: "denied\n", logcheck: "odd\n" },
  "violations.ignore.d": { "logcheck-su": "never\n" },
  "ignore.d.server": { cron: "routine\n" },
  "ignore.d.workstation": { desktop: "login\n" },
  "ignore.d.paranoid": { few: "nothing\n" },
};
const usual: HostDescription = {
  rules,
  logs: twoLogs,
  conf: "DATE=now\n",
  header: "Head.\n",
  footer: "Foot.\n",
};

function sentence(
  words: string,
  description: HostDescription,
  story: Story = async ({ run }) => void (await run()),
) {
  it(words, async function () {
    this.timeout(20_000);
    const seen = await expectSame(description, story);
    expect(seen.length, "runs").to.be.greaterThan(0);
  });
}

const runWith =
  (...flags: readonly string[]): Story =>
  async ({ run }) =>
    void (await run(flags));
const withConf = (conf: string): HostDescription => ({ ...usual, conf: `DATE=now\n${conf}\n` });

describe("logcheck's known behaviour", () => {
  before(function () {
    needsTool(this, "/usr/sbin/logcheck", "setpriv");
  });

  describe("flags", () => {
    sentence("-o prints the report and mails nothing", usual);
    sentence("without -o the report is mailed", usual, runWith());
    sentence("-t does not advance the offsets", usual, async ({ run }) => {
      await run(["-o", "-t"]);
      await run(["-o", "-t"]);
    });
    sentence("-t mails nevertheless", usual, runWith("-t"));
    for (const level of ["-p", "-s", "-w"])
      sentence(`${level} chooses the level`, usual, runWith("-o", level));
    sentence("of several levels the last counts", usual, runWith("-o", "-w", "-p"));
    sentence("-H names the host in the subject", usual, runWith("-H", "other.example"));
    sentence("-R puts Reboot into the subject", usual, runWith("-R"));
    sentence("-m names the recipient", usual, runWith("-m", "ops@example.org"));
    sentence("-T and -d change nothing in the report", usual, runWith("-o", "-T", "-d"));
    sentence("-u without syslog-summary changes nothing", usual, runWith("-o", "-u"));
    sentence("-u runs syslog-summary over each section", usual, async ({ host, run }) => {
      host.write("summary", '#!/bin/sh\necho "Summarizing $1"\nwc -l < "$1"\necho end\n');
      chmodSync(host.path("summary"), 0o755);
      appendFileSync(host.path("etc/logcheck.conf"), `SYSLOG_SUMMARY=${host.path("summary")}\n`);
      await run(["-o", "-u"]);
    });
    sentence("operands are ignored, and what follows them", usual, runWith("-o", "operand", "-p"));
    sentence("-- ends the options", usual, runWith("-o", "--", "-p"));
    sentence("flags can be bundled", usual, runWith("-ops"));
    sentence(
      "-l checks one log",
      usual,
      async ({ host, run }) => void (await run(["-o", "-l", host.path("logs/auth.log")])),
    );
    sentence("-l of a missing log is fatal", usual, runWith("-l", "/nowhere/log"));
    sentence(
      "-L names another list, and -D is read as well",
      {
        ...usual,
        lists: {
          "logcheck.logfiles": "LOGS/none\n",
          other: "LOGS/syslog\n",
          "lists.d/x.logfiles": "LOGS/auth.log\n",
        },
      },
      async ({ host, run }) => void (await run(["-o", "-L", host.path("etc/other")])),
    );
    sentence(
      "-D names another directory of lists",
      {
        ...usual,
        lists: { "logcheck.logfiles": "", "d/x.logfiles": "LOGS/auth.log\n", "d/y": "LOGS/syslog\n" },
      },
      async ({ host, run }) => void (await run(["-o", "-D", host.path("etc/d")])),
    );
    sentence("-r names another directory of rules", usual, async ({ host, run }) => {
      for (const name of ["cracking.d", "violations.d"])
        mkdirSync(host.path("other", name), { recursive: true });
      chmodSync(host.path("other"), 0o755);
      await run(["-o", "-r", host.path("other")]);
    });
    sentence("-S names another state directory", usual, async ({ host, run }) => {
      await host.spawn(["mkdir", host.path("state/other")]);
      await run(["-o"]);
      await run(["-o", "-S", host.path("state/other")]);
      await run(["-o", "-S", host.path("state/other")]);
    });
    sentence(
      "the command line overrides the configuration",
      withConf("REPORTLEVEL=paranoid\nMAILOUT=0"),
      runWith("-o", "-w"),
    );
  });

  describe("configuration", () => {
    for (const conf of [
      "INTRO=0",
      "INTRO=no",
      "INTRO=yes",
      "INTRO=",
      "INTRO=2",
      "REPORTLEVEL=paranoid",
      "REPORTLEVEL=workstation",
      "SORTUNIQ=1",
      "SUPPORT_CRACKING_IGNORE=0",
      "MAILOUT=1",
      "REBOOT=1",
      "FQDN=1",
      "FQDN=0",
      "ATTACKSUBJECT='Alarm!'",
      'SECURITYSUBJECT="odd things"',
      "EVENTSSUBJECT='the rest'\nATTACKSUBJECT=",
      "ADDTAG=yes",
      "ADDTAG=1",
      "TMP=/tmp",
      "MIMEENCODING=base64",
      "DATE=\"$(date +'%Y')\"",
      "LOGTAIL_OPTS=-t",
    ])
      sentence(
        `${conf.replace("\n", "; ")} in the report and in the mail`,
        withConf(conf),
        async ({ run }) => {
          await run(["-o", "-t"]);
          await run(["-t"]);
        },
      );
    for (const value of ["0", "1", "2", "3"])
      sentence(`MAILASATTACH=${value}`, withConf(`MAILASATTACH=${value}`), async ({ run }) => {
        const { mails } = await run([]);
        expect(mails).to.have.length(1);
      });
    sentence(
      "SENDMAILTO takes several addresses, separated by commas",
      withConf("SENDMAILTO=a@example.org,root"),
      runWith(),
    );
    sentence("LOGFILE replaces the lists", usual, async ({ host, run }) => {
      appendFileSync(host.path("etc/logcheck.conf"), `LOGFILE=${host.path("logs/auth.log")}\n`);
      await run();
    });
    sentence("a level that does not exist is fatal", withConf("REPORTLEVEL=high"), runWith());
    sentence(
      "an unknown level is fatal, and not mailed with -o",
      withConf("REPORTLEVEL=high"),
      runWith("-o"),
    );
    sentence("a configuration that cannot be read is fatal", usual, async ({ host, run }) => {
      chmodSync(host.path("etc/logcheck.conf"), 0);
      await run(["-o"]);
    });
    sentence("a configuration that is not there is fatal", usual, runWith("-c", "/nowhere/conf"));
  });

  describe("lists of logs", () => {
    const listed = (text: string): HostDescription => ({ ...usual, lists: { "logcheck.logfiles": text } });
    sentence("comments and empty lines are skipped", listed("# x\n\n \t\nLOGS/syslog\n#LOGS/auth.log\n"));
    sentence("a leading space is part of the path", listed(" LOGS/syslog\nLOGS/auth.log\n"));
    sentence("a glob stands for what it matches", listed("LOGS/*.log\n"));
    sentence("a glob without a match is nothing", listed("LOGS/*.none\nLOGS/syslog\n"));
    sentence("a missing log is named above the sections", listed("LOGS/gone\nLOGS/syslog\n"));
    sentence(
      "missing logs and nothing else to report are an error",
      {
        ...usual,
        logs: { syslog: "" },
        lists: { "logcheck.logfiles": "LOGS/gone\nLOGS/syslog\nLOGS/lost\n" },
      },
      async ({ run }) => {
        await run(["-o"]);
        await run([]);
      },
    );
    sentence("a missing list is fatal", { ...usual, lists: {} }, runWith());
    sentence("no logs at all are silence", listed(""));
    sentence("a path may have spaces", { ...usual, logs: { "a b.log": `${stamp}odd\n` } });
    sentence("a link is followed", listed("LOGS/link\n"), async ({ host, run }) => {
      symlinkSync("syslog", host.path("logs/link"));
      await run();
    });
    sentence("logs of the same name in two directories", {
      ...usual,
      logs: { "b/log": `${stamp}b\n`, "a/log": `${stamp}a\n`, Log: `${stamp}c\n` },
    });
    sentence(
      "a log in a directory that may not be searched is named like a missing one",
      { ...usual, logs: { ...twoLogs, "private/log": `${stamp}odd\n` } },
      async ({ host, run }) => {
        chmodSync(host.path("logs/private"), 0);
        await run();
      },
    );
    sentence("a directory is no log", listed("LOGS\nLOGS/syslog\n"));
  });

  describe("offsets", () => {
    sentence("the second run has nothing to say", usual, async ({ run }) => {
      await run();
      const { stdout } = await run();
      expect(stdout).to.equal("");
    });
    sentence("what was added is read", usual, async ({ host, run }) => {
      await run();
      appendFileSync(host.path("logs/syslog"), `${stamp}kernel: new\n`);
      await run();
    });
    for (const name of ["syslog.1", "syslog-20261101"])
      sentence(`a log rotated to ${name} is read to its end first`, usual, async ({ host, run }) => {
        await run();
        appendFileSync(host.path("logs/syslog"), `${stamp}kernel: late\n`);
        renameSync(host.path("logs/syslog"), host.path("logs", name));
        host.write("logs/syslog", `${stamp}kernel: new\n`);
        chmodSync(host.path("logs/syslog"), 0o644);
        await run();
      });
  });

  describe("rule files", () => {
    const ignoring = (files: Readonly<Record<string, string>>): HostDescription => ({
      ...usual,
      rules: { "cracking.d": {}, "violations.d": {}, "ignore.d.server": files },
    });
    for (const name of ["a", "A-b_1", "a.b", "a~", ".a", "a.dpkg-old", "#a#"])
      sentence(`a file called ${name}`, ignoring({ [name]: "odd\n" }));
    sentence("a link to a file counts", ignoring({}), async ({ host, run }) => {
      host.write("rule", "odd\n");
      chmodSync(host.path("rule"), 0o644);
      symlinkSync("../../rule", host.path("etc/ignore.d.server/link"));
      symlinkSync("nowhere", host.path("etc/ignore.d.server/broken"));
      await run();
    });
    sentence("a file that cannot be read is fatal", ignoring({ a: "odd\n" }), async ({ host, run }) => {
      chmodSync(host.path("etc/ignore.d.server/a"), 0);
      await run([]);
    });
    sentence("even one that is no rule file", ignoring({ "a.bak": "odd\n" }), async ({ host, run }) => {
      chmodSync(host.path("etc/ignore.d.server/a.bak"), 0);
      await run();
    });
    sentence("a comment begins in the first column", ignoring({ a: "#odd\n #odd\n" }));
    sentence("white space at its end belongs to the rule", ignoring({ a: "odd \nkernel: odd$ \n" }));
    sentence("so does a carriage return", ignoring({ a: "odd\r\n" }));
    sentence("rules are unanchored and heed case", ignoring({ a: "ODD\nern.l: od\n" }));
    sentence(
      "GNU's escapes and back-references work",
      ignoring({ a: "\\<odd\\>\n(n).*\\1\n\\bsu\\b\\s\\S+\\W*\\w$\n" }),
    );
    sentence("the same name in two levels is one file", {
      ...usual,
      rules: {
        "cracking.d": {},
        "violations.d": {},
        "ignore.d.server": { a: "odd" },
        "ignore.d.paranoid": { a: "su:\n" },
      },
    });
  });

  describe("layers", () => {
    const layered = (more: Readonly<Record<string, Readonly<Record<string, string>>>>): HostDescription => ({
      ...usual,
      rules: { "cracking.d": {}, "violations.d": {}, ...more },
    });
    sentence("an alert stands under its file", layered({ "cracking.d": { sshd: "break-in" } }));
    sentence(
      "the file named logcheck has the plain heading",
      layered({ "cracking.d": { logcheck: "break-in" }, "violations.d": { logcheck: "odd" } }),
    );
    sentence(
      "cracking.ignore.d is used only when enabled",
      layered({ "cracking.d": { sshd: "sshd" }, "cracking.ignore.d": { sshd: "odd" } }),
    );
    sentence("cracking.ignore.d, asked for", {
      ...layered({ "cracking.d": { sshd: "sshd" }, "cracking.ignore.d": { sshd: "odd" } }),
      conf: "SUPPORT_CRACKING_IGNORE=1\n",
    });
    sentence(
      "a file of violations.ignore.d cancels the file of the same name",
      layered({ "violations.d": { su: "odd|su" }, "violations.ignore.d": { su: "odd" } }),
    );
    sentence(
      "and the file whose name has logcheck- before it",
      layered({ "violations.d": { su: "odd|su" }, "violations.ignore.d": { "logcheck-su": "odd" } }),
    );
    sentence(
      "the exception of another file has no effect",
      layered({ "violations.d": { su: "odd|su" }, "violations.ignore.d": { other: "odd" } }),
    );
    sentence(
      "every exception applies to the file named logcheck",
      layered({ "violations.d": { logcheck: "odd|su" }, "violations.ignore.d": { other: "odd" } }),
    );
    sentence(
      "the file named logcheck yields to files of other names",
      layered({ "violations.d": { logcheck: "odd|su", su: "denied", "logcheck-x": "kernel" } }),
    );
    sentence(
      "in a report with alerts, a line that matches cracking.d is no event",
      layered({ "cracking.d": { sshd: "break-in|kernel" }, "violations.d": { k: "odd" } }),
    );
    sentence(
      "local and local-* cancel for all files",
      layered({
        "violations.d": { su: "su|odd" },
        "violations.ignore.d": { local: "su", "local-x": "kernel", localy: "sshd" },
      }),
    );
    sentence(
      "a line that matches two files is reported twice",
      layered({ "violations.d": { su: "denied", also: "su" } }),
    );
    sentence(
      "a cancelled violation is dropped entirely",
      layered({ "violations.d": { su: "odd" }, "violations.ignore.d": { su: "odd" } }),
    );
    sentence(
      "a violation is reported even if ignore.d matches it",
      layered({ "violations.d": { su: "odd" }, "ignore.d.server": { a: "odd" } }),
    );
  });

  describe("order, trimming, report", () => {
    const logged = (text: string, conf = ""): HostDescription => ({
      ...usual,
      logs: { syslog: text },
      conf: `DATE=now\n${conf}\n`,
    });
    const months = ["Jan", "Feb", "Dec", "Nov", "Apr"].map((month) => `${month}  1 00:00:00 h x\n`).join("");
    sentence("months stand in the order of their letters", logged(months));
    sentence("lines of one second keep their order", logged(`${stamp}b\n${stamp}a\n${stamp}b\n`));
    sentence(
      "SORTUNIQ sorts whole lines and drops repeated ones",
      logged(`${stamp}b\n${stamp}a\n${stamp}b\n${stamp}a \n`, "SORTUNIQ=1"),
    );
    sentence("white space at the end is cut", logged(`${stamp}a \t\r\n${stamp}b\v\f\n \n`));
    sentence("header and footer need no newline", { ...usual, header: "Head", footer: "Foot" });
    sentence(
      "there is no mail when there is nothing to report",
      { ...usual, logs: { syslog: `${stamp}cron: routine\n` } },
      runWith(),
    );
    for (const locale of ["C", "C.UTF-8"])
      sentence(
        `a heading is underlined by its characters in ${locale}`,
        withConf("EVENTSSUBJECT='Ereignisse für örtliche Rechner'"),
        async ({ run }) => void (await run(["-o"], { LC_ALL: locale })),
      );
    sentence(
      "the subject names the most serious section",
      { ...usual, rules: { ...rules, "cracking.d": {} } },
      runWith(),
    );
    sentence(
      "the subject of plain events",
      { ...usual, rules: { "cracking.d": {}, "violations.d": {} } },
      runWith(),
    );
  });
});
