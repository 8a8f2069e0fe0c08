/** Tallies: packets by port and by the other side's network, bounded, adding up. */
import { expect } from "chai";
import type { FirewallPacket } from "../../src/entry/firewall.js";
import { createPacketTally } from "../../src/group/tally.js";

function packet(fields: Partial<FirewallPacket>): FirewallPacket {
  return { direction: "inbound", prefix: "", protocol: "TCP", ...fields };
}

describe("tally: packets by port and by network", () => {
  const rows: readonly (readonly [Partial<FirewallPacket>, string, string])[] = [
    [{ sourceAddress: "192.0.2.7", destinationPort: 22 }, "22/TCP", "192.0.2.0/24"],
    [
      {
        direction: "outbound",
        sourceAddress: "10.0.0.5",
        destinationAddress: "192.0.2.7",
        destinationPort: 53,
      },
      "53/TCP",
      "192.0.2.0/24",
    ],
    [
      { sourceAddress: "2001:0db8:0001:0002:0003:0004:0005:0006", protocol: "ICMPv6" },
      "ICMPv6",
      "2001:db8:1:2::/64",
    ],
    [{}, "TCP", "?"],
    [{ sourceAddress: "x".repeat(5000) }, "TCP", "x".repeat(80)],
  ];
  for (const [fields, port, network] of rows) {
    it(`${port} and ${network.slice(0, 30)}`, () => {
      const tally = createPacketTally();
      tally.add(packet(fields));
      expect(tally.tallies().map(({ counts }) => counts)).to.deep.equal([{ [port]: 1 }, { [network]: 1 }]);
    });
  }

  it("a scan of all ports stays bounded and adds up, over two batches", () => {
    const first = createPacketTally();
    for (let port = 1; port <= 5000; port += 1)
      first.add(packet({ sourceAddress: "192.0.2.7", destinationPort: port }));
    const stored: ReturnType<typeof first.tallies> = JSON.parse(JSON.stringify(first.tallies()));
    const second = createPacketTally(stored);
    for (let port = 1; port <= 5000; port += 1)
      second.add(packet({ sourceAddress: "192.0.2.7", destinationPort: port }));
    const [ports, networks] = second.tallies();
    const counts = Object.values(ports?.counts ?? {});
    expect(counts).to.have.length(1000);
    expect(counts.reduce((sum, count) => sum + count, ports?.others ?? 0)).to.equal(10_000);
    expect(networks).to.deep.equal({ by: "network", counts: { "192.0.2.0/24": 10_000 }, others: 0 });
  });
});
