/** Shapes: lines that read alike share one; lines that say different things do not. */
import { expect } from "chai";
import { readEntry } from "../../src/entry/header.js";
import { shapeOf } from "../../src/group/shape.js";
import { expectLinear } from "../support/expect-linear.js";

function shape(message: string): string {
  return shapeOf(readEntry(`Nov 22 00:41:26 web1 ${message}`, new Date(2026, 10, 22)));
}

/** Lines of one kind, and their shape. */
const alike: Readonly<Record<string, readonly string[]>> = {
  "sshd: Failed password for invalid user * from # port # #": [
    "sshd[1]: Failed password for invalid user admin from 192.0.2.7 port 4711 ssh2",
    "sshd[2]: Failed password for invalid user ubuntu from 2001:db8::1:f port 22 ssh2",
  ],
  "sshd: Failed password for * from # port # #": [
    "sshd[1]: Failed password for root from 192.0.2.7 port 4711 ssh2",
    "sshd[2]: Failed password for git from 192.0.2.8 port 4712 ssh2",
  ],
  "postfix/smtpd: connect from *[#]": [
    "postfix/smtpd[1]: connect from mail.example.org[192.0.2.7]",
    "postfix/smtpd[2]: connect from host-1-2-3.dyn.example.net[192.0.2.8]",
  ],
  "postfix/smtp: #: to=<*>, relay=*[#]:#, delay=#, status=sent (# # Ok)": [
    "postfix/smtp[1]: 4F2B1A0C: to=<ops@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1.5, status=sent (250 2.0.0 Ok)",
    "postfix/smtp[2]: DEADBEEF: to=<a@b.example>, relay=mx2.example.org[192.0.2.8]:25, delay=10, status=sent (250 2.0.0 Ok)",
  ],
  "kernel: [#] Out of memory: Killed process # (php-fpm) total-vm:#": [
    "kernel: [12345.678901] Out of memory: Killed process 812 (php-fpm) total-vm:12345kB",
    "kernel: [ 1.000000] Out of memory: Killed process 9 (php-fpm) total-vm:9kB".replace("[ 1", "[1"),
  ],
  "kernel: [UFW BLOCK] inbound TCP": [
    "kernel: [1.5] [UFW BLOCK] IN=eth0 OUT= MAC=aa:bb SRC=192.0.2.7 DST=10.0.0.5 LEN=40 PROTO=TCP SPT=1 DPT=22 SYN",
    "kernel: [2.5] [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.8 DST=10.0.0.5 LEN=99 PROTO=TCP SPT=2 DPT=445 ACK",
  ],
  "su: pam_unix(su:session): session opened for user *(uid=#) by ops(uid=#)": [
    "su[1]: pam_unix(su:session): session opened for user root(uid=0) by ops(uid=1000)",
  ],
  "mysqld: # [Warning] Access denied for user '*'@'*' (using password: YES)": [
    "mysqld[1]: 12 [Warning] Access denied for user 'shop'@'localhost' (using password: YES)",
    "mysqld[1]: 13 [Warning] Access denied for user 'root'@'192.0.2.7' (using password: YES)",
  ],
};

/** Pairs that say different things. */
const different: readonly (readonly [string, string])[] = [
  ["systemd[1]: Started ssh.service.", "systemd[1]: Started cron.service."],
  ["postfix/smtp[1]: 4F2: status=sent", "postfix/smtp[1]: 4F2: status=bounced"],
  ["sshd[1]: Accepted password for root from 192.0.2.7", "sshd[1]: Failed password for root from 192.0.2.7"],
  ["app[1]: can't open", "app[1]: can't close, won't open"],
  ["sudo: ops : COMMAND=/bin/sh", "sudo: ops : COMMAND=/usr/bin/apt"],
  ["kernel: [1.5] ata1: error", "kernel: [1.5] sda: error"],
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

  const requests: readonly (readonly [line: string, shape: string])[] = [
    [
      '203.0.113.66 - - [22/Nov/2026:00:41:26 +0100] "GET /shop/item-17?id=4 HTTP/1.1" 502 612 "-" "Mozilla/5.0 (X11)"',
      "GET /shop/item-# 502",
    ],
    [
      'www.example.org:443 198.51.100.7 - joe [23/Dec/2026:10:41:26 +0100] "GET /shop/item-18 HTTP/2.0" 502 9 "https://example.org/" "curl/8.0"',
      "GET /shop/item-# 502",
    ],
    [String.raw`203.0.113.66 - - [22/Nov/2026:00:41:26 +0100] "\x16\x03" 500 157 "-" "-"`, "no request 500"],
    [
      'Nov 22 00:41:26 web1 haproxy[8]: 203.0.113.66:40112 [22/Nov/2026:00:41:26.123] web app/<NOSRV> 0/-1/-1/-1/0 503 212 - - SC-- 2/1/0/0/0 0/0 "GET /shop/item-9 HTTP/1.1"',
      "haproxy: GET /shop/item-# 503",
    ],
  ];
  for (const [line, shape] of requests) {
    it(`of requests the method, the page and the outcome: ${shape}`, () => {
      expect(shapeOf(readEntry(line, new Date()))).to.equal(shape);
    });
  }

  it("a shape is bounded, and takes linear time on hostile lines of 64 KiB", async () => {
    for (const text of ["'", '"', "<", "a.", "1:", "::", "a@", "user ", "f", "<'", "=", "\xff", "1.a-"]) {
      const shaping = (size: number) => {
        const entry = { message: text.repeat(size / text.length) };
        return () => expect(shapeOf(entry).length, text).to.be.lessThan(1024);
      };
      await expectLinear(`shape of ${JSON.stringify(text)}`, shaping, 16_384);
    }
  });
});
