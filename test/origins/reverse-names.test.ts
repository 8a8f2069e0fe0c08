/** What addresses are called: confirmed by the name's owner, printable, and all within one deadline. */
import { expect } from "chai";
import { reverseNames } from "../../src/origins/reverse-names.js";
import { dnsServer, type Answers, type DnsServer } from "../support/dns-server.js";

describe("reverse names", () => {
  let server: DnsServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function names(
    answers: Answers,
    addresses: readonly string[] = ["192.0.2.7"],
    { milliseconds = 2000 } = {},
  ): Promise<Readonly<Record<string, string>>> {
    server = await dnsServer(answers);
    return Object.fromEntries(await reverseNames(addresses, { servers: [server.address], milliseconds }));
  }

  it("are those that lead back to the address, IPv4 and IPv6, in small letters", async () => {
    const found = await names(
      {
        "PTR 192.0.2.7": ["Scan-7.Example.ORG"],
        "A scan-7.example.org": ["192.0.2.8", "192.0.2.7"],
        "PTR 2001:db8:0:0:0:0:0:7": ["six.example.org"],
        "AAAA six.example.org": ["2001:db8:0:0:0:0:0:7"],
        "PTR 192.0.2.9": ["mapped.example.org"],
        "A mapped.example.org": ["192.0.2.9"],
      },
      ["192.0.2.7", "2001:db8::7", "::ffff:192.0.2.9"],
    );
    expect(found).to.deep.equal({
      "192.0.2.7": "scan-7.example.org",
      "2001:db8::7": "six.example.org",
      "::ffff:192.0.2.9": "mapped.example.org",
    });
  });

  it("are none that anybody could make up: names that lead elsewhere, or nowhere", async () => {
    const found = await names({
      "PTR 192.0.2.7": ["www.example.com", "gone.example.org", "true.example.org"],
      "A www.example.com": ["198.51.100.1"],
      "A true.example.org": ["192.0.2.7"],
    });
    expect(found).to.deep.equal({ "192.0.2.7": "true.example.org" });
  });

  const hostile: readonly (readonly [string, string])[] = [
    ["control bytes", "a\x1b[2J.example.org"],
    ["a newline", "a\nALARM.example.org"],
    ["markup", "<script>.example.org"],
    ["other letters", "caf\xc3\xa9.example.org"],
    ["blanks", "let in.example.org"],
    ["one label", "localhost"],
    ["an address", "192.0.2.8"],
    ["a label of 64 bytes", `${"x".repeat(64)}.example.org`],
  ];
  for (const [what, name] of hostile)
    it(`are none with ${what}`, async () => {
      expect(await names({ "PTR 192.0.2.7": [name], [`A ${name}`]: ["192.0.2.7"] })).to.deep.equal({});
    });

  it("cost no more than the deadline, whatever servers do; what is known by then is told", async () => {
    const addresses = Array.from({ length: 40 }, (_, index) => `192.0.2.${index}`);
    const found = await names(
      {
        ...Object.fromEntries(addresses.map((address) => [`PTR ${address}`, "silence" as const])),
        "PTR 192.0.2.1": ["quick.example.org"],
        "A quick.example.org": ["192.0.2.1"],
        "PTR 192.0.2.2": "failure",
        "PTR 192.0.2.4": ["half.example.org"],
        "A half.example.org": "silence",
      },
      addresses,
      { milliseconds: 300 },
    );
    expect(found).to.deep.equal({ "192.0.2.1": "quick.example.org" });
  }).timeout(1500);

  it("are none where what answers is no server", async () => {
    expect(await names({ "PTR 192.0.2.7": "noise" }, ["192.0.2.7"], { milliseconds: 300 })).to.deep.equal({});
  });

  it("are asked for once, of 48 addresses, and not of what is no address", async () => {
    const addresses = Array.from({ length: 60 }, (_, index) => `192.0.2.${index}`);
    await names({}, ["evil; name", "fe80::1%eth0", ...addresses, ...addresses]);
    expect(server?.asked.filter((question) => question.startsWith("PTR"))).to.have.members(
      addresses.slice(0, 48).map((address) => `PTR ${address}`),
    );
  });

  it("are none where no server answers", async () => {
    const found = await reverseNames(["192.0.2.7"], { servers: ["127.0.0.1:1"], milliseconds: 300 });
    expect(found.size).to.equal(0);
  });
});
