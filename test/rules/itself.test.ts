/**
 * Shows a host on which nothing but logwinnow's own job runs, with each scheduler and each mailer.
 * Promise: the report that a run mails makes no line that the next run reports, so such a host stays silent.
 */

import { expect } from "chai";
import { readFileSync } from "node:fs";
import { matcherOf } from "./matcher.js";
import { outcome, shippedRules } from "./shipped.js";

const match = matcherOf(shippedRules());

/** What a run writes to the log, without stamp and host. Ids, addresses and sizes are those of one run. */
const runs: Readonly<Record<string, readonly string[]>> = {
  "cron, its table": [
    "CRON[4242]: pam_unix(cron:session): session opened for user logwinnow(uid=998) by (uid=0)",
    "CRON[4243]: (logwinnow) CMD (command -v logwinnow >/dev/null && logwinnow check)",
    "CRON[4242]: pam_unix(cron:session): session closed for user logwinnow",
    "CRON[4242]: (logwinnow) CMDEND (command -v logwinnow >/dev/null && logwinnow check)",
  ],
  "cron, the packaged table": readFileSync("packaging/logwinnow.cron", "utf8")
    .split("\n")
    .flatMap((line) => /^(?:@\w+|\d+(?: \S+){4}) logwinnow (.*)$/.exec(line)?.[1] ?? [])
    .flatMap((command) => ["CMD", "CMDEND"].map((what) => `CRON[4243]: (logwinnow) ${what} (${command})`)),
  "cronie, its table": [
    "CROND[4243]: (logwinnow) CMD (command -v logwinnow >/dev/null && logwinnow check)",
    "CROND[4242]: (logwinnow) CMDEND (command -v logwinnow >/dev/null && logwinnow check)",
  ],
  "the systemd timer": [
    "systemd[1]: Starting Report what was logged since the last run...",
    "systemd[1]: Starting logwinnow.service - Report what was logged since the last run...",
    "systemd[1]: logwinnow.service: Succeeded.",
    "systemd[1]: logwinnow.service: Deactivated successfully.",
    "systemd[1]: logwinnow.service: Consumed 1.234s CPU time.",
    "systemd[1]: Started Report what was logged since the last run.",
    "systemd[1]: Finished logwinnow.service - Report what was logged since the last run.",
  ],
  "sudo, by root": [
    "sudo:     root : PWD=/root ; USER=logwinnow ; COMMAND=/usr/bin/logwinnow check",
    "sudo: pam_unix(sudo:session): session opened for user logwinnow(uid=998) by (uid=0)",
    "sudo: pam_unix(sudo:session): session closed for user logwinnow",
  ],
  Postfix: [
    "postfix/pickup[812]: 3F2A1B4C5D: uid=998 from=<logwinnow>",
    "postfix/cleanup[4250]: 3F2A1B4C5D: message-id=<20261122004126.3F2A1B4C5D@web1.example.org>",
    "postfix/qmgr[813]: 3F2A1B4C5D: from=<logwinnow@web1.example.org>, size=4242, nrcpt=1 (queue active)",
    "postfix/smtp[4251]: 3F2A1B4C5D: to=<ops@example.net>, relay=mx.example.net[198.51.100.25]:25, delay=0.52, delays=0.02/0.01/0.2/0.29, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4AbCdE1234)",
    "postfix/local[4251]: 3F2A1B4C5D: to=<root@web1.example.org>, orig_to=<root>, relay=local, delay=0.02, delays=0.01/0/0/0.01, dsn=2.0.0, status=sent (delivered to mailbox)",
    "postfix/qmgr[813]: 3F2A1B4C5D: removed",
  ],
  Exim: [
    "exim[4250]: 2026-11-22 00:41:26 1xUwhx-0004V9-2G <= logwinnow@web1.example.org U=logwinnow P=local S=4242 id=20261122004126.4242@web1.example.org",
    'exim[4251]: 2026-11-22 00:41:26 1xUwhx-0004V9-2G => ops@example.net R=dnslookup T=remote_smtp H=mx.example.net [198.51.100.25] X=TLS1.3:ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM:256 CV=yes C="250 2.0.0 Ok: queued as 4AbCdE1234"',
    "exim[4251]: 2026-11-22 00:41:26 1xUwhx-0004V9-2G Completed",
  ],
  msmtp: [
    "msmtp: host=mx.example.net tls=on auth=on user=ops from=logwinnow@web1.example.org recipients=ops@example.net mailsize=4242 smtpstatus=250 smtpmsg='250 2.0.0 Ok: queued as 4AbCdE1234' exitcode=EX_OK",
  ],
  nullmailer: [
    "nullmailer[900]: Rescanning queue.",
    "nullmailer[900]: Starting delivery, 1 message(s) in queue.",
    "nullmailer[900]: Starting delivery: host: mx.example.net protocol: smtp file: 1795308086.4242",
    "nullmailer[900]: From: <logwinnow@web1.example.org> to: <ops@example.net>",
    "nullmailer[900]: Message-Id: <1795308086.4242.nullmailer@web1.example.org>",
    "nullmailer[900]: Sent file.",
    "nullmailer[900]: Delivery complete, 0 message(s) remain.",
  ],
  dma: [
    "dma[20101]: new mail from user=logwinnow uid=998 envelope_from=<logwinnow@web1.example.org>",
    "dma[20101]: mail to=<ops@example.net> queued as 20101.55d0c8a5e0b0",
    "dma[20101.55d0c8a5e0b0]: <ops@example.net> trying delivery",
    "dma[20101.55d0c8a5e0b0]: <ops@example.net> delivery successful",
  ],
  OpenSMTPD: [
    "smtpd[701]: 0123456789abcdef smtp connected address=local host=web1.example.org",
    "smtpd[701]: 0123456789abcdef smtp message msgid=01234567 size=4242 nrcpt=1 proto=ESMTP",
    "smtpd[701]: 0123456789abcdef smtp envelope evpid=0123456789abcdef from=<logwinnow@web1.example.org> to=<ops@example.net>",
    "smtpd[701]: 0123456789abcdef smtp disconnected reason=quit",
  ],
  sendmail: [
    "sendmail[4250]: 6AM0fQ4U004250: from=logwinnow, size=4242, class=0, nrcpts=1, msgid=<202611220041.6AM0fQ4U004250@web1.example.org>, relay=logwinnow@localhost",
    "sm-mta[4251]: 6AM0fQAB004251: from=<logwinnow@web1.example.org>, size=4600, class=0, nrcpts=1, msgid=<202611220041.6AM0fQ4U004250@web1.example.org>, proto=ESMTP, daemon=MTA-v4, relay=localhost [127.0.0.1]",
    "sendmail[4250]: 6AM0fQ4U004250: to=ops@example.net, ctladdr=logwinnow (998/998), delay=00:00:00, xdelay=00:00:00, mailer=relay, pri=34242, relay=[127.0.0.1] [127.0.0.1], dsn=2.0.0, stat=Sent (6AM0fQAB004251 Message accepted for delivery)",
    "sm-mta[4253]: 6AM0fQAB004251: to=<ops@example.net>, ctladdr=<logwinnow@web1.example.org> (998/998), delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=124600, relay=mx.example.net. [198.51.100.25], dsn=2.0.0, stat=Sent (Ok: queued as 4AbCdE1234)",
  ],
};

describe("shipped rules on a host where only logwinnow runs", () => {
  for (const [by, messages] of Object.entries(runs)) {
    it(`say nothing of its own job: ${by}`, () => {
      const told = messages.filter((message) => {
        const matching = match(`Nov 22 00:41:26 web1 ${message}`);
        return outcome(matching, "server") !== "ignored";
      });
      expect(messages).to.not.deep.equal([]);
      expect(told).to.deep.equal([]);
    });
  }

  it("say what goes wrong with it", () => {
    const silent = [
      "CRON[4242]: (logwinnow) MAIL (mailed 42 bytes of output but got status 0x0001 from MTA#012)",
      "systemd[1]: logwinnow.service: Failed with result 'exit-code'.",
      "systemd[1]: Failed to start logwinnow.service - Report what was logged since the last run.",
      "postfix/smtp[4251]: 3F2A1B4C5D: to=<ops@example.net>, relay=mx.example.net[198.51.100.25]:25, delay=3, delays=0.02/0/1/2, dsn=5.7.1, status=bounced (host mx.example.net[198.51.100.25] said: 554 5.7.1 refused (in reply to RCPT TO command))",
      "msmtp: host=mx.example.net tls=on auth=on from=logwinnow@web1.example.org recipients=ops@example.net errormsg='cannot connect to mx.example.net, port 587: Connection refused' exitcode=EX_TEMPFAIL",
      "dma[20101.55d0c8a5e0b0]: remote delivery deferred: mx.example.net [198.51.100.25] failed after end of data: 451 try later",
    ].filter((message) => outcome(match(`Nov 22 00:41:26 web1 ${message}`), "server") === "ignored");
    expect(silent).to.deep.equal([]);
  });
});
