/** Addresses: what is taken, what is refused, and nothing in between. */
import { expect } from "chai";
import { parseAddress } from "../../../src/outlets/mail/addresses.js";
import { isLoopback, parseTransport } from "../../../src/outlets/mail/transport-setting.js";

describe("addresses", () => {
  const taken = {
    root: "root@web1.example.org",
    "ops@elsewhere.example": "ops@elsewhere.example",
    "first.last+tag@a-b.example": "first.last+tag@a-b.example",
    "root@localhost": "root@localhost",
    "x@[192.0.2.1]": "x@[192.0.2.1]",
    "-oQ/tmp@example.org": "-oQ/tmp@example.org",
  };
  for (const [text, value] of Object.entries(taken))
    it(`"${text}" is ${value}`, () =>
      expect(parseAddress(text, "web1.example.org")).to.deep.equal({ ok: true, value }));

  const refused: Readonly<Record<string, RegExp>> = {
    "": /such as/,
    "a@b\nBcc: x@y": /line break/,
    "a@b\r\n": /line break/,
    "a@b.example,c@d.example": /one address/,
    "a@b.example; c@d.example": /one address/,
    "Ops <ops@b.example>": /without a name/,
    "@b.example": /such as/,
    "a@": /such as/,
    "a b@c.example": /such as/,
    "a@@b.example": /such as/,
    '"quoted part"@b.example': /such as/,
    "a..b@c.example": /such as/,
    ".a@c.example": /such as/,
    "a@-c.example": /such as/,
    "a@c..example": /such as/,
    "a@c.example.": /such as/,
    "é@c.example": /such as/,
    "a\u0000@c.example": /such as/,
    "a@c.example\u202e": /such as/,
    ["x".repeat(65) + "@c.example"]: /such as/,
    ["x@" + "y.".repeat(130) + "example"]: /such as/,
  };
  for (const [text, expected] of Object.entries(refused))
    it(`${JSON.stringify(text.slice(0, 40))} is refused`, () => {
      const parsed = parseAddress(text, "web1.example.org");
      expect(parsed.ok ? parsed.value : parsed.expected).to.match(expected);
      expect(parsed.ok).to.equal(false);
    });
});

describe("the transport setting", () => {
  const taken: Readonly<Record<string, object>> = {
    sendmail: { kind: "sendmail" },
    "smtp://relay:587": { kind: "smtp", host: "relay", port: 587, isTlsFromStart: false },
    "smtp://127.0.0.1": { kind: "smtp", host: "127.0.0.1", port: 25, isTlsFromStart: false },
    "smtps://mx.example.org": { kind: "smtp", host: "mx.example.org", port: 465, isTlsFromStart: true },
    "smtp://[::1]:2525": { kind: "smtp", host: "::1", port: 2525, isTlsFromStart: false },
    "file:/var/spool/outbox": { kind: "directory", path: "/var/spool/outbox" },
    "file:///var/spool/outbox": { kind: "directory", path: "/var/spool/outbox" },
  };
  for (const [text, value] of Object.entries(taken))
    it(`"${text}" is understood`, () => expect(parseTransport(text)).to.deep.equal({ ok: true, value }));

  const refused = [
    "",
    "mail",
    "smtp:relay",
    "smtp://",
    "smtp://u:p@relay",
    "smtp://relay:0",
    "smtp://relay:99999",
  ];
  for (const text of [
    ...refused,
    "file:outbox",
    "file:",
    "smtp://a b",
    "smtp://[zz]:25",
    "SMTP://relay",
    "http://relay",
  ])
    it(`"${text}" is refused`, () => expect(parseTransport(text).ok).to.equal(false));

  it("knows what stays on the machine, and is not fooled by names", () => {
    for (const host of ["localhost", "127.0.0.1", "127.8.9.10", "::1"])
      expect(isLoopback(host), host).to.equal(true);
    const others = [
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "128.0.0.1",
      "::2",
      "",
      "LOCALHOST.example",
    ];
    for (const host of others) expect(isLoopback(host), host).to.equal(false);
  });
});
