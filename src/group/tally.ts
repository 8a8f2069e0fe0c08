/**
 * Counts the packets of a group of firewall lines by port and by network.
 * Promise: bounded, and the counts add up to the packets: what has no row of its own is counted among the others.
 */
import type { FirewallPacket } from "../entry/firewall.js";

/** Plain JSON. */
export interface Tally {
  readonly by: "port" | "network";
  /** By "22/TCP" or "192.0.2.0/24". */
  readonly counts: Readonly<Record<string, number>>;
  readonly others: number;
}

export interface PacketTally {
  add(packet: FirewallPacket): void;
  tallies(): readonly Tally[];
}

const maxRows = 1000;
/** Longer than any real one: what stands in a log line may be forged. */
const longestRow = 64;

/** Goes on where an earlier tally left off. */
export function createPacketTally(earlier: readonly Tally[] = []): PacketTally {
  const counters = (["port", "network"] as const).map((by) => {
    const { counts = {}, others = 0 } = earlier.find((tally) => tally.by === by) ?? {};
    return { by, counts: new Map(Object.entries(counts)), others };
  });
  return {
    add(packet) {
      for (const counter of counters) {
        const row = (counter.by === "port" ? portOf(packet) : networkOf(packet)).slice(0, longestRow);
        const count = counter.counts.get(row);
        if (count !== undefined || counter.counts.size < maxRows) counter.counts.set(row, (count ?? 0) + 1);
        else counter.others += 1;
      }
    },
    tallies: () =>
      counters.map(({ by, counts, others }) => ({ by, counts: Object.fromEntries(counts), others })),
  };
}

function portOf({ destinationPort, protocol = "?" }: FirewallPacket): string {
  return destinationPort === undefined ? protocol : `${destinationPort}/${protocol}`;
}

/** Of the other side: /24 of IPv4, /64 of IPv6, which netfilter writes with all its zeros. */
function networkOf({ direction, sourceAddress, destinationAddress }: FirewallPacket): string {
  const address = (direction === "outbound" ? destinationAddress : sourceAddress) ?? "?";
  const [one, two, three, four, ...rest] = address.split(":");
  if (rest.length > 0) return `${[one, two, three, four].join(":")}::/64`;
  const lastDot = address.lastIndexOf(".");
  return lastDot < 0 ? address : `${address.slice(0, lastDot)}.0/24`;
}
