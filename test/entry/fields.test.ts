/** Fields of messages: the address, the user, the reason that daemons name, whatever a stranger calls himself. */
import { expect } from "chai";
import { fieldOf, type Field } from "../../src/entry/fields.js";
import { readEntry } from "../../src/entry/header.js";
import { expectLinear } from "../support/expect-linear.js";

function field(message: string, name: Field): string | undefined {
  return fieldOf(readEntry(`Nov 22 00:41:26 web1 ${message}`, new Date(2026, 10, 22)), name);
}

const messages: readonly {
  readonly message: string;
  readonly address?: string;
  readonly user?: string;
  readonly reason?: string;
}[] = [
  {
    message: "sshd[1]: Failed password for invalid user admin from 203.0.113.66 port 4711 ssh2",
    address: "203.0.113.66",
    user: "admin",
  },
  {
    message: "sshd[1]: Failed password for root from 2001:db8::66 port 4711 ssh2",
    address: "2001:db8::66",
    user: "root",
  },
  {
    message: "sshd[1]: Invalid user 192.0.2.1 from 203.0.113.66 port 4711",
    address: "203.0.113.66",
    user: "192.0.2.1",
  },
  { message: "sshd[1]: Invalid user  from 203.0.113.66 port 4711", address: "203.0.113.66", user: "(none)" },
  {
    message:
      "sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.66  user=joe",
    address: "203.0.113.66",
    user: "joe",
  },
  {
    message: "sshd[1]: Connection closed by authenticating user joe 203.0.113.66 port 4711 [preauth]",
    address: "203.0.113.66",
    user: "joe",
  },
  { message: "sshd[1]: Connection closed by 203.0.113.66 port 4711 [preauth]", address: "203.0.113.66" },
  {
    message:
      "dovecot: imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<joe@example.org>, method=PLAIN, rip=203.0.113.66, lip=192.0.2.10, TLS",
    address: "203.0.113.66",
    user: "joe@example.org",
  },
  {
    message:
      "postfix/smtpd[1]: NOQUEUE: reject: RCPT from mail.example.net[203.0.113.66]: 554 5.7.1 <spam@example.net>: Relay access denied; from=<a@example.net> to=<b@example.net> proto=ESMTP helo=<192.0.2.1>",
    address: "203.0.113.66",
    reason: "554 5.7.1 Relay access denied",
  },
  {
    message:
      "postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[203.0.113.66]: 554 5.7.1 Service unavailable; Client host [203.0.113.66] blocked using bl.example.org; https://bl.example.org/203.0.113.66; from=<a@example.net> to=<b@example.org>",
    address: "203.0.113.66",
    reason: "554 5.7.1 Service unavailable; Client host blocked using bl.example.org",
  },
  {
    message:
      "exim[1]: H=(x) [203.0.113.66] F=<a@example.net> rejected RCPT <b@example.org>: Unrouteable address",
    address: "203.0.113.66",
    reason: "Unrouteable address",
  },
  {
    message:
      "proftpd[1]: web1 (host.example.net[203.0.113.66]) - USER joe: no such user found from host.example.net [203.0.113.66]",
    address: "203.0.113.66",
    user: "joe",
  },
  {
    message: "kernel: [1.5] [UFW BLOCK] IN=eth0 OUT= SRC=203.0.113.66 DST=192.0.2.10 PROTO=TCP SPT=1 DPT=22",
    address: "203.0.113.66",
  },
  {
    message: "app[1]: peer 203.0.113.66:4711 sent version 1.2.3.4.5 at 10:41:26",
    address: "203.0.113.66",
  },
  { message: "app[1]: version 12.3 at 10:41:26 on e4:5f:01:02:03:04" },
];

describe("fields: what a message names", () => {
  for (const { message, ...named } of messages) {
    it(message, () => {
      expect(field(message, "address"), "address").to.equal(named.address);
      expect(field(message, "user"), "user").to.equal(named.user);
      expect(field(message, "reason"), "reason").to.equal(named.reason);
    });
  }

  it("of a packet its port and network, of a request its page and agent", () => {
    const packet =
      "kernel: [1.5] DROP IN=eth0 OUT= SRC=2001:0db8:0001:0000:0000:0000:0000:0066 DST=x PROTO=UDP DPT=53";
    expect(field(packet, "port")).to.equal("53/UDP");
    expect(field(packet, "network")).to.equal("2001:db8:1::/64");
    const request = (agent: string): string =>
      `nginx: ::ffff:203.0.113.66 - - [22/Nov/2026:00:41:26 +0100] "GET /a?b HTTP/1.1" 404 5 "-" "${agent}"`;
    expect(field(request("curl/8.0"), "path")).to.equal("/a");
    expect(field(request("curl/8.0"), "agent")).to.equal("curl/8.0");
    expect(field(request("-"), "agent")).to.equal("(none)");
    expect(field(request("-"), "network")).to.equal("203.0.113.0/24");
    expect(field("sshd[1]: Invalid user a from 203.0.113.66 port 1", "path")).to.equal(undefined);
  });

  const hostile = ["<", "[", " from ", "rhost=", "1.1.1.1", "reject: 554 <", "user=<", "user '", " for a"];
  for (const piece of hostile) {
    it(`takes time in proportion to the line: ${piece}`, async () => {
      await expectLinear(
        piece,
        (size) => {
          const line = `app[1]: reject ${piece.repeat(size)}`;
          return () => (["address", "user", "reason", "network"] as const).map((name) => field(line, name));
        },
        5000,
      );
    });
  }
});
