/** What sshd says of logins, with names that strangers chose. */
import { expect } from "chai";
import { readEntry } from "../../src/entry/header.js";
import { loginEventOf, loginMarkers } from "../../src/entry/login.js";

const now = new Date(2026, 10, 22, 12);
const stamp = "Nov 22 00:41:26 web1";
const from = "from 203.0.113.5 port 4711 ssh2";

/** "refused 3 root 203.0.113.5 4711". */
function read(message: string, program = "sshd[71]"): string | undefined {
  const event = loginEventOf(readEntry(`${stamp} ${program}: ${message}`, now));
  if (event === undefined) return undefined;
  const { kind, user, address, port } = event;
  return [kind, ...(kind === "refused" ? [event.attempts] : []), user, address, port].join(" ");
}

const lines: readonly (readonly [message: string, event: string])[] = [
  [`Failed password for root ${from}`, "refused 1 root 203.0.113.5 4711"],
  [`Failed password for invalid user bob ${from}`, "refused 1 bob 203.0.113.5 4711"],
  [`message repeated 3 times: [ Failed password for root ${from}]`, "refused 3 root 203.0.113.5 4711"],
  [`Failed none for invalid user bob ${from}`, "refused 0 bob 203.0.113.5 4711"],
  [`Failed password for invalid user  ${from}`, "refused 1  203.0.113.5 4711"],
  ["Invalid user bob from 203.0.113.5", "refused 0 bob 203.0.113.5 "],
  ["Invalid user bob from 203.0.113.5 port 4711", "refused 0 bob 203.0.113.5 4711"],
  [
    "Connection closed by authenticating user root 203.0.113.5 port 4711 [preauth]",
    "refused 0 root 203.0.113.5 4711",
  ],
  [
    "Disconnecting invalid user bob 203.0.113.5 port 4711: Too many authentication failures [preauth]",
    "refused 0 bob 203.0.113.5 4711",
  ],
  [
    `error: maximum authentication attempts exceeded for root ${from} [preauth]`,
    "refused 0 root 203.0.113.5 4711",
  ],
  ["User bob from 203.0.113.5 not allowed because not listed in AllowUsers", "refused 0 bob 203.0.113.5 "],
  [`Accepted password for root ${from}`, "let in root 203.0.113.5 4711"],
  [
    "Accepted publickey for alice from 2001:db8::5 port 4711 ssh2: ED25519 SHA256:abc",
    "let in alice 2001:db8::5 4711",
  ],
  ["Disconnected from user root 203.0.113.5 port 4711", "ended root 203.0.113.5 4711"],
  ["Connection closed by user root 203.0.113.5 port 4711", "ended root 203.0.113.5 4711"],
];

describe("login: what sshd says", () => {
  for (const [message, event] of lines)
    it(message, () => {
      expect(read(message)).to.equal(event);
      expect(read(message, "sshd-session[7]")).to.equal(event);
      expect(
        new RegExp(loginMarkers.join("|").replaceAll("[:alnum:]", "a-zA-Z0-9")).test(
          `${stamp} sshd[71]: ${message}`,
        ),
      ).to.equal(true);
    });

  it("takes nobody's name for an address, and no name for a login", () => {
    const name = "root from 192.0.2.1 port 22 ssh2";
    expect(read(`Failed password for invalid user ${name} ${from}`)).to.equal(
      `refused 1 ${name} 203.0.113.5 4711`,
    );
    expect(
      read("Invalid user Accepted password for root from 192.0.2.1 port 1 ssh2 from 203.0.113.5 port 2"),
    ).to.equal("refused 0 Accepted password for root from 192.0.2.1 port 1 ssh2 203.0.113.5 2");
    expect(read(`Failed password for root from elsewhere port 4711 ssh2`)).to.equal(undefined);
  });

  it("is silent of other programs and other lines", () => {
    expect(read(`Failed password for root ${from}`, "su[7]")).to.equal(undefined);
    expect(read("Server listening on 0.0.0.0 port 22.")).to.equal(undefined);
    expect(read(`Failed password for ${"a".repeat(5000)} ${from}`)).to.equal(undefined);
  });
});
