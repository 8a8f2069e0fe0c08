/** `logwinnow setup` on a host of its own where logcheck runs: from nothing to a test mail in Postfix's mailbox. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { PrivateHost } from "../support/private-host.js";
import { postfixRecipient, PrivatePostfix } from "../support/private-postfix.js";
import { needsMounts, needsTool } from "../support/tools.js";
import { until } from "../support/until.js";

describe("logwinnow setup", () => {
  let directory: string | undefined;
  let postfix: PrivatePostfix | undefined;
  let host: PrivateHost;
  before(async function () {
    needsTool(this, "postfix", "setsid", "setpriv", "systemd-sysusers", "systemd-tmpfiles");
    needsMounts(this);
    directory = mkdtempSync(join(tmpdir(), "logwinnow-setup-"));
    chmodSync(directory, 0o755);
    for (const name of ["host", "postfix"]) mkdirSync(join(directory, name));
    postfix = await PrivatePostfix.start(join(directory, "postfix"));
    host = new PrivateHost(join(directory, "host"));
    rmSync(host.path("etc/cron.d/logwinnow"));
  });
  after(() => {
    postfix?.stop();
    if (directory !== undefined) rmSync(directory, { recursive: true });
  });

  const read = "2026-11-25T10:00:00+00:00 web1 app[7]: told by logcheck\n";
  const unread = "2026-11-25T10:30:00+00:00 web1 app[7]: not told yet\n";
  const setup = (...words: string[]) => host.run("logwinnow", "setup", ...words);

  it("without a terminal and without --yes changes nothing, and says why", () => {
    const { status, said } = setup("--to", postfixRecipient);
    expect(status).to.equal(1);
    expect(said).to.include("--transport: not given, and nobody answers: nothing done\n");
    expect(setup("--yes", "--to", "a b").said).to.match(/^--to: expected an address/m);
  });

  it("shows with --dry-run what it would do", () => {
    host.write("etc/aliases", "postmaster: root\n");
    const { status, said } = setup("--dry-run", "--to", postfixRecipient, "--transport", "sendmail");
    expect(status, said).to.equal(0);
    expect(said).to.match(/^\/etc\/aliases: bounces of reports go to root\n {2}\+ logwinnow: root$/m);
    expect(readFileSync(host.path("etc/aliases"), "utf8")).to.equal("postmaster: root\n");
  });

  it("makes the job, goes on where logcheck stopped, turns it off, and its mail arrives", async () => {
    host.writeLog("var/log/auth.log", read + unread);
    const { ino } = statSync(host.path("var/log/auth.log"));
    host.write("var/lib/logcheck/offset.var.log.auth.log", `${ino}\n${read.length}\n`);
    host.write("etc/logcheck/logcheck.conf", 'SENDMAILTO="duty@example.org"\n');
    host.write("etc/logcheck/logcheck.logfiles", "/var/log/auth.log\n");
    host.write("etc/cron.d/logcheck", "2 * * * *  logcheck  nice logcheck\n");
    const words = ["--yes", "--logcheck", "--to", postfixRecipient];
    const { status, said } = setup(...words, "--transport", `smtp://127.0.0.1:${postfix?.port}`);
    expect(status, said).to.equal(0);
    expect(said).to.include("what logcheck has read is not reported again\n  + /var/log/auth.log\n");
    expect(said).to.match(/^answer {2}127\.0\.0\.1:\d+: 250 "/m);
    const [mail = ""] = await until("the test mail is in the mailbox", () => {
      const mails = postfix?.mails() ?? [];
      return mails.length > 0 && mails;
    });
    expect(mail).to.match(/^Subject: TEST /m);
    expect(readFileSync(host.path("etc/cron.d/logcheck"), "utf8")).to.match(/^#off by/);
    expect(statSync(host.path("var/lib/logwinnow/state.json")).uid).to.be.greaterThan(0);
  });

  it("has nothing more to change when it is called again", () => {
    const { said } = setup("--yes", "--logcheck", "--to", postfixRecipient);
    expect(said).to.match(/^nothing is left to be changed$/m);
  });

  it("the first run tells what logcheck has not told, and no more", () => {
    const asJob = ["setpriv", "--reuid=logwinnow", "--regid=logwinnow", "--init-groups"];
    const { said } = host.run(...asJob, "logwinnow", "check", "--stdout");
    expect(said).to.include("not told yet").and.not.include("told by logcheck");
  });

  it("is taken back with --remove: logcheck runs again, state and configuration stay", () => {
    const { status, said } = setup("--remove", "--yes");
    expect(status, said).to.equal(0);
    expect(said).to.match(/^kept: \/etc\/logwinnow\/logwinnow\.toml, and \/var\/lib\/logwinnow/m);
    expect(readFileSync(host.path("etc/cron.d/logcheck"), "utf8")).to.match(/^2 \* \* \* \*/);
    expect(host.run("ls", "/etc/cron.d").said).to.equal("logcheck\n");
  });
});
