/** Debian's cron runs the entry of packaging/ on a host of its own, and Postfix puts the report into a mailbox. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import PostalMime from "postal-mime";
import { PrivateHost } from "../support/private-host.js";
import { postfixRecipient, PrivatePostfix } from "../support/private-postfix.js";
import { needsMounts, needsTool } from "../support/tools.js";
import { until } from "../support/until.js";
import { ledgerIn } from "../support/mail-text.js";

describe("Debian's cron", () => {
  let directory: string | undefined;
  let postfix: PrivatePostfix | undefined;
  let host: PrivateHost;
  before(async function () {
    needsTool(this, "cron", "postfix", "setpriv", "systemd-sysusers", "systemd-tmpfiles");
    needsMounts(this);
    directory = mkdtempSync(join(tmpdir(), "logwinnow-cron-"));
    chmodSync(directory, 0o755);
    for (const name of ["host", "postfix"]) mkdirSync(join(directory, name));
    postfix = await PrivatePostfix.start(join(directory, "postfix"));
    host = new PrivateHost(join(directory, "host"));
  });
  after(async () => {
    if (directory === undefined) return;
    await host?.stopCron();
    postfix?.stop();
    rmSync(directory, { recursive: true });
  });

  /** When the hourly job last succeeded, as `logwinnow status` tells the job's user. */
  const lastSuccess = (): string | undefined => host.status().lastSuccess;
  const mails = (): string[] => postfix?.mails() ?? [];

  it("runs the hourly job as an unprivileged user; its report ends in the mailbox", async () => {
    const stamp = new Date().toISOString();
    host.writeLog("var/log/auth.log", `${stamp} web1 app[7]: something odd\n`);
    host.write(
      "etc/logwinnow/logwinnow.toml",
      `[mail]\nto = "${postfixRecipient}"\ntransport = "smtp://127.0.0.1:${postfix?.port}"\n`,
    );
    host.startCron();
    const [received = ""] = await until("the report is in the mailbox", () => mails().length > 0 && mails());
    const mail = await PostalMime.parse(received);
    expect(mail.subject).to.match(/: 1 (?:other|new) kind/);
    expect(mail.text).to.include("app[7]: something odd");
    expect(ledgerIn(mail.text ?? "", "auth.log")).to.include({ read: 1, ignored: 0, reported: 1 });
  });

  it("has nothing to mail when there is nothing new", async () => {
    await until("the first run has ended", lastSuccess);
    const first = lastSuccess();
    await host.stopCron();
    host.startCron();
    await until("the job has run again", () => lastSuccess() !== first);
    expect(mails()).to.have.length(1);
  });

  it("mails what went wrong to MAILTO, and had no word to say before", async () => {
    await host.stopCron();
    host.write("etc/logwinnow/logwinnow.toml", "[mail]\nto = 7\n");
    host.startCron();
    const mail = await until("cron has mailed what went wrong", () => {
      const text = host.mailOfCron();
      return text.includes("configuration not used") && text;
    });
    expect(mail.match(/^To: /gm)).to.have.length(1);
    expect(mail).to.match(/^To: root$/m);
    expect(mail.trim()).to.match(
      /\n\n\/etc\/logwinnow\/logwinnow\.toml:2: mail\.to: expected .*, found 7: configuration not used$/,
    );
  });
});
