/** Suspects: who scanned is known for the rest of a run, however many scan. */
import { expect } from "chai";
import { Suspects } from "../../src/conditions/suspects.js";

function suspects(...addresses: readonly string[]): Suspects {
  const known = new Suspects();
  for (const address of addresses) known.add(address);
  return known;
}

function ipv4(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
}

describe("suspects", () => {
  it("an address of IPv4 is one, its neighbours are none, however it is written", () => {
    const known = suspects("203.0.113.66");
    for (const address of ["203.0.113.66", "::ffff:203.0.113.66"]) expect(known.has(address)).to.equal(true);
    for (const address of ["203.0.113.67", "203.0.113.6", "2001:db8::66"])
      expect(known.has(address), address).to.equal(false);
  });

  it("of IPv6 whoever has one address has its /64", () => {
    const known = suspects("2001:db8:1:2::66");
    expect(known.has("2001:db8:1:2:ffff::1")).to.equal(true);
    expect(known.has("2001:0DB8:0001:0002::")).to.equal(true);
    expect(known.has("2001:db8:1:3::66")).to.equal(false);
  });

  it("a name is one, this host is none: its address is that of all clients of a proxy on it", () => {
    const known = suspects("scan.example.net", "127.0.0.1", "::1");
    expect(known.has("scan.example.net")).to.equal(true);
    for (const address of ["127.0.0.1", "127.0.0.2", "::1", "www.example.net"])
      expect(known.has(address), address).to.equal(false);
  });

  it("a line without an address is suspicious as soon as there is a suspect", () => {
    expect(suspects().has(undefined)).to.equal(false);
    expect(suspects("203.0.113.66").has(undefined)).to.equal(true);
  });

  const lines: readonly (readonly [line: string, may: boolean])[] = [
    ['203.0.113.66 - - [22/Nov/2026:00:41:26 +0100] "GET / HTTP/1.1" 200 5', true],
    ['203.0.113.67 - - [22/Nov/2026:00:41:26 +0100] "GET /203.0.113.66 HTTP/1.1" 200 5', false],
    ["www.example.org:443 203.0.113.66 - - [", true],
    ["www.example.org:443 203.0.113.67 - - [", false],
    // What is not read at a glance is read.
    ["2001:db8::1 - - [", true],
    ['{"level":"info"', true],
    ["203.0.113.300 - - [", true],
    ["203.0.113 - - [", true],
    ["", true],
  ];
  for (const [line, may] of lines) {
    it(`${may ? "may" : "cannot"} have sent: ${line}`, () => {
      expect(suspects("203.0.113.66").mayHaveSent(Buffer.from(line))).to.equal(may);
      expect(suspects().mayHaveSent(Buffer.from(line))).to.equal(false);
    });
  }

  it("a flood of addresses is bounded and makes more be told, never less", () => {
    const known = new Suspects();
    const start = 0xc0000000;
    // Every 64th address: four of each /24.
    for (let index = 0; index < 60_000; index++) known.add(ipv4(start + index * 64));
    for (let index = 0; index < 60_000; index++) {
      const address = ipv4(start + index * 64);
      expect(known.has(address)).to.equal(true);
      if (index % 500 === 0) expect(known.mayHaveSent(Buffer.from(`${address} - - [`))).to.equal(true);
    }
    expect(known.has(ipv4(start + 1))).to.equal(false);
    expect(known.has("198.51.100.1")).to.equal(false);
    expect(known.notices()).to.deep.equal([
      {
        where: "suspects",
        what: "more than 10000 addresses did what only intruders do",
        done: "their networks are suspects, too",
      },
    ]);
  });

  it("where there is no room for networks either, everybody is one", () => {
    const known = new Suspects();
    for (let index = 0; index < 30_001; index++) known.add(`host${index}.example.net`);
    expect(known.has("198.51.100.1")).to.equal(true);
    expect(known.mayHaveSent(Buffer.from("198.51.100.1 - - ["))).to.equal(true);
    expect(known.notices()[0]?.done).to.equal("everybody is one");
  });
});
