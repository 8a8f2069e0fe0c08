/** Shapes: lines that read alike share one; lines that say different things do not. */
import { expect } from "chai";
import { readEntry } from "../../src/entry/header.js";
import { shapeOf } from "../../src/group/shape.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";

function shape(message: string): string {
  return shapeOf(readEntry(`Nov 22 00:41:26 web1 ${message}`, new Date(2026, 10, 22)));
}

/** Lines of one kind, and their shape. */
const alike: Readonly<Record<string, readonly string[]>> = {
  "sshd: Failed password for invalid user *": [
    "sshd[1]: Failed password for invalid user admin from 192.0.2.7 port 4711 ssh2",
    "sshd[2]: Failed password for invalid user  from 2001:db8::1:f port 22 ssh2",
    "sshd[2]: Failed password for invalid user a b' from \"c from 192.0.2.9 port 22 ssh2",
  ],
  "sshd: Failed password for * from *": [
    "sshd[1]: Failed password for root from 192.0.2.7 port 4711 ssh2",
    "sshd[2]: Failed password for git from 192.0.2.8 port 4712 ssh2",
  ],
  "sshd: Received disconnect from * [preauth]": [
    "sshd[1]: Received disconnect from 192.0.2.7 port 4711:11: so long, and thanks [preauth]",
    "sshd[1]: Received disconnect from 192.0.2.8 port 4712:11:  [preauth]",
  ],
  "sshd: Accepted publickey for * from *": [
    "sshd[1]: Accepted publickey for ops from 192.0.2.7 port 4711 ssh2: RSA SHA256:aBc3/x+Z",
    "sshd[1]: Accepted publickey for git from 2001:db8::7 port 4712 ssh2: ED25519 SHA256:Zz9",
  ],
  "sshd: pam_unix(sshd:auth) authentication failure; tty=ssh": [
    "sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7",
    "sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=mx.example.org  user=root",
  ],
  "su: pam_unix(su:session) session opened for user * by *": [
    "su[1]: pam_unix(su:session): session opened for user root(uid=0) by ops(uid=1000)",
    "su[1]: pam_unix(su-l:session): session opened for user git by (uid=0)",
  ],
  "postfix/smtpd: connect from *": [
    "postfix/smtpd[1]: connect from mail.example.org[192.0.2.7]",
    "postfix/smtpd[2]: connect from unknown[192.0.2.8]",
    "postfix/smtpd[2]: connect from host-1-2-3.dyn.example.net[2001:db8::8]",
  ],
  "postfix/smtpd: disconnect from *": [
    "postfix/smtpd[1]: disconnect from mail.example.org[192.0.2.7]",
    "postfix/smtpd[1]: disconnect from unknown[192.0.2.8] ehlo=1 auth=0/1 quit=1 commands=2/3",
  ],
  "postfix/smtp: *: status=sent": [
    "postfix/smtp[1]: 4F2B1A0C: to=<ops@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1.5, dsn=2.0.0, status=sent (250 2.0.0 Ok)",
    "postfix/smtp[2]: DEADBEEF: to=<a@b.example>, orig_to=<root>, relay=mx2.example.org[192.0.2.8]:25, delay=10, dsn=2.0.0, status=sent (250 queued as 9)",
  ],
  "postfix/smtpd: NOQUEUE: reject: RCPT from *: 504 5.5.2 *: Helo command rejected: need fully-qualified hostname":
    [
      "postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 504 5.5.2 <nobody>: Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<b@example.net> proto=ESMTP helo=<nobody>",
    ],
  "dovecot: imap-login: Disconnected (auth failed)": [
    "dovecot: imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<ops>, method=PLAIN, rip=192.0.2.7, lip=192.0.2.1, TLS, session=<aB3>",
    "dovecot: imap-login: Disconnected (auth failed, 3 attempts in 9 secs): user=<>, rip=192.0.2.7, lip=192.0.2.1, session=<zz>",
  ],
  "kernel: Out of memory: Killed process *": [
    "kernel: [12345.678901] Out of memory: Killed process 812 (php-fpm) total-vm:12345kB, anon-rss:8kB, file-rss:0kB",
    "kernel: [    1.000000] Out of memory: Killed process 9 (mysqld) total-vm:9kB, anon-rss:8kB, file-rss:0kB, shmem-rss:4kB",
  ],
  "kernel: *": [
    "kernel: [ 1.5] [  812]    33   812    12345      678      45        0             0 php-fpm",
    "kernel: [ 1.5] [ 9000]     0  9000      345       78       5        0         -1000 sshd",
  ],
  "kernel: [UFW BLOCK] packet": [
    "kernel: [1.5] [UFW BLOCK] IN=eth0 OUT= MAC=aa:bb SRC=192.0.2.7 DST=10.0.0.5 LEN=40 PROTO=TCP SPT=1 DPT=22 SYN",
    "kernel: [2.5] [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.8 DST=10.0.0.5 LEN=99 PROTO=UDP SPT=2 DPT=53",
  ],
  "kernel: audit: type=1400 audit: apparmor=DENIED operation=open": [
    'kernel: [1.5] audit: type=1400 audit(1700000000.123:45): apparmor="DENIED" operation="open" profile="/usr/sbin/x" name="/etc/y" pid=812 comm="x" requested_mask="r"',
    'kernel: audit: type=1400 audit(1700000009.321:46): apparmor="DENIED" operation="open" profile="z" pid=9 comm="z" fsuid=0 ouid=0',
  ],
  "dbus-daemon: Activating via systemd: service requested by *": [
    `dbus-daemon[1]: [system] Activating via systemd: service name='org.example.One' unit='one.service' requested by ':1.7' (uid=0 pid=8 comm="/usr/bin/one" label="unconfined")`,
    `dbus-daemon[1]: [session uid=1000 pid=8] Activating via systemd: service name='org.example.Two1' unit='two.service' requested by ':1.12' (uid=1000 pid=9 comm="two ")`,
  ],
  "sudo: * : COMMAND=apt": [
    "sudo[1]:      ops : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/apt update",
    "sudo[1]: git : TTY=unknown ; PWD=/home/git ; USER=www-data ; ENV=A=1 ; COMMAND=/usr/bin/apt install x",
  ],
  "sudo: * : * incorrect password attempt COMMAND=apt": [
    "sudo[1]: ops : 1 incorrect password attempt ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/apt update",
    "sudo[1]: git : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/apt update",
  ],
  "CRON: (root) CMD test -x /usr/sbin/x || cd / && run-parts /etc/cron.daily": [
    "CRON[1]: (root) CMD (test -x /usr/sbin/x || ( cd / && run-parts /etc/cron.daily ))",
    "CRON[1]: (root) CMD (  test -x /usr/sbin/x || { cd / && run-parts /etc/cron.daily; })",
  ],
  "systemd: session-*.scope: Succeeded": [
    "systemd[1]: session-4.scope: Succeeded.",
    "systemd[1]: session-c12.scope: Succeeded.",
  ],
  "systemd: Started Session * of user *": [
    "systemd[1]: Started Session 4 of user ops.",
    "systemd[1]: Started Session c1 of user www-data.",
  ],
  "dockerd: level=error msg=agent: session failed": [
    'dockerd[1]: time="2026-11-22T00:41:26.1Z" level=error msg="agent: session failed" backoff=3.1s error="rpc error: code = NotFound" module=node/agent',
    'dockerd[1]: time="2026-11-22T00:41:27.1Z" level=error msg="agent: session failed" error="context canceled"',
  ],
  "NetworkManager: info: carrier now OFF": [
    "NetworkManager[1]: <info> (eth0): carrier now OFF (device state 100, deferring action for 4 seconds)",
    "NetworkManager[1]: <info> (lo): carrier now OFF (device state 20)",
  ],
  "rtkit-daemon: Successfully made thread * of process * owned by * RT at priority *": [
    "rtkit-daemon[1]: Successfully made thread 15 of process 14 owned by '1000' RT at priority 20.",
    "rtkit-daemon[1]: Successfully made thread 15 of process 14 (n/a) owned by '1000' RT at priority 5.",
  ],
  "fail2ban.actions: NOTICE [*] Ban *": [
    "fail2ban.actions[1]: NOTICE  [sshd] Ban 192.0.2.7",
    "fail2ban.actions[1]: NOTICE [postfix-sasl] Ban 2001:db8::7",
  ],
  "mysqld: * [Warning] Access denied for user *": [
    "mysqld[1]: 12 [Warning] Access denied for user 'shop'@'localhost'",
    "mysqld[1]: 13 [Warning] Access denied for user 'root'@'192.0.2.7'",
  ],
  "app: * GET *": [
    'app[1]: 192.0.2.7 "GET /a?b=c HTTP/1.1" 200 512',
    'app[1]: 192.0.2.8 "GET / HTTP/1.1" 404 9',
  ],
  "app: moved * file in *": ["app[1]: moved 1 file in 0.5 s", "app[1]: moved 12 files in 3 seconds"],
  "app: at *: down": ["app[1]: at Fri Nov 22 00:41:26 2026: down", "app[1]: at 2026-11-22T00:41:26.5Z: down"],
};

/** Pairs that say different things. */
const different: readonly (readonly [string, string])[] = [
  ["systemd[1]: Started ssh.service.", "systemd[1]: Started cron.service."],
  [
    "systemd[1]: x.service: Failed with result 'signal'.",
    "systemd[1]: x.service: Failed with result 'exit-code'.",
  ],
  [
    "systemd[1]: x.service: Main process exited, code=exited, status=1/FAILURE",
    "systemd[1]: x.service: Main process exited, code=exited, status=203/EXEC",
  ],
  [
    "nm-dispatcher[1]: req:1 'up' [eth0]: new request (1 scripts)",
    "nm-dispatcher[1]: req:1 'down' [eth0]: new request (1 scripts)",
  ],
  ["postfix/smtp[1]: 4F2: status=sent (250 ok)", "postfix/smtp[1]: 4F2: status=bounced (550 no)"],
  [
    "postfix/smtpd[1]: NOQUEUE: reject: RCPT from a[192.0.2.7]: 450 4.7.1 x",
    "postfix/smtpd[1]: NOQUEUE: reject: RCPT from a[192.0.2.7]: 550 5.7.1 x",
  ],
  ["sshd[1]: Accepted password for root from 192.0.2.7", "sshd[1]: Failed password for root from 192.0.2.7"],
  [
    "sshd[1]: Accepted password for root from 192.0.2.7",
    "sshd[1]: Accepted publickey for root from 192.0.2.7",
  ],
  [
    "sshd[1]: Connection closed by invalid user x 192.0.2.7",
    "sshd[1]: Connection closed by authenticating user x 192.0.2.7",
  ],
  ["groupadd[1]: group added to /etc/group: name=x", "groupadd[1]: group added to /etc/gshadow: name=x"],
  ["app[1]: can't open", "app[1]: can't close, won't open"],
  ["app[1]: login failed for key user=root", "app[1]: login failed for key user=ops"],
  ["app[1]: the screen is on", "app[1]: the screen is off"],
  ["app[1]: cache=warm host=1 result=ok", "app[1]: cache=warm host=1 result=lost"],
  ["app[1]: java.io.IOException: x", "app[1]: java.lang.OutOfMemoryError: x"],
  ["app[1]: open() failed (2: No such file or directory)", "app[1]: open() failed (13: Permission denied)"],
  ["sudo: ops : COMMAND=/bin/ls", "sudo: ops : COMMAND=/usr/bin/apt"],
  ["CRON[1]: (root) CMD (/usr/bin/one)", "CRON[1]: (root) CMD (/usr/bin/two)"],
  ["CRON[1]: (root) CMD (/usr/bin/one)", "CRON[1]: (git) CMD (/usr/bin/one)"],
  ["kernel: [1.5] ata1: error", "kernel: [1.5] [drm] error"],
  ["kernel: [UFW BLOCK] IN=eth0 OUT= PROTO=TCP", "kernel: [UFW BLOCK] IN= OUT=eth0 PROTO=TCP"],
  ["kernel: [UFW BLOCK] IN=eth0 OUT= PROTO=TCP", "kernel: [UFW AUDIT] IN=eth0 OUT= PROTO=TCP"],
  [
    "audit[1]: SERVICE_START pid=1 msg='unit=one res=success'",
    "audit[1]: SERVICE_START pid=1 msg='unit=two res=success'",
  ],
  [
    "type=USER_LOGIN msg=audit(1.2:3): pid=1 msg='op=login res=success'",
    "type=USER_LOGIN msg=audit(1.2:3): pid=1 msg='op=login res=failed'",
  ],
  ['x[1]: 192.0.2.7 "GET / HTTP/1.1" 200', 'x[1]: 192.0.2.7 "POST / HTTP/1.1" 200'],
  ["a: x", "b: x"],
];

describe("shape: lines that read alike share one", () => {
  for (const [expected, messages] of Object.entries(alike)) {
    it(expected, () => {
      for (const message of messages) expect(shape(message)).to.equal(expected);
    });
  }

  for (const [one, other] of different) {
    it(`"${one}" is not "${other}"`, () => {
      expect(shape(one)).not.to.equal(shape(other));
    });
  }

  it("a PAM line that another program wrote keeps the user", () => {
    const line = (user: string) =>
      `odd[1]: pam_unix(sshd:auth): authentication failure; tty=ssh user=${user}`;
    expect(shape(line("root"))).not.to.equal(shape(line("ops")));
  });

  it("never depends on the lines before it", () => {
    const random = randomStream();
    const pieces = [
      "a",
      "B",
      "7",
      " ",
      " ",
      "=",
      '"',
      "'",
      "(",
      ")",
      "[",
      "]",
      ":",
      ",",
      "/",
      ".",
      "-",
      "@",
      "user ",
      "<",
      ">",
      "\xe9",
      "#",
      "msg=",
      "uid=",
    ];
    const piece = () => pieces[Math.floor(random() * pieces.length)] ?? "";
    const messages = Array.from({ length: 2000 }, () =>
      Array.from({ length: 1 + random() * 60 }, piece).join(""),
    );
    const first = messages.map((message) => shapeOf({ appName: "app", message }));
    const again = messages.toReversed().map((message) => shapeOf({ appName: "app", message }));
    expect(again.toReversed()).to.deep.equal(first);
  });

  it("of an ordinary line is never empty", () => {
    for (const message of ["1 2 3", "192.0.2.7", "(uid=0)", "a=1", "...", "[1]"])
      expect(shapeOf({ message }), message).not.to.equal("");
  });

  it("a shape is bounded, and takes linear time on hostile lines of 64 KiB", async () => {
    const units = [
      "'",
      '"',
      "<",
      "a.",
      "1:",
      "::",
      "a@",
      "user ",
      "f",
      "<'",
      "=",
      "\xff",
      "1.a-",
      "a=1,",
      "(a ",
      "[1-",
      "a:1 ",
      'a="',
      "[",
      "|",
      "COMMAND=",
    ];
    for (const program of [
      "app",
      "sshd",
      "sudo",
      "kernel",
      "dovecot",
      "su",
      "audit",
      "fail2ban.actions",
      "pkexec",
    ])
      for (const text of units) {
        const shaping = (size: number) => {
          const entry = { appName: program, message: text.repeat(size / text.length) };
          return () => expect(shapeOf(entry).length, text).to.be.lessThan(3072);
        };
        await expectLinear(`shape of ${JSON.stringify(text)} by ${program}`, shaping, 16_384);
      }
  });
});
