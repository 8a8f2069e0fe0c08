/**
 * Counts lines by something that they name: who sent them, what was asked for.
 * Promise: bounded, and the counts add up to the lines: what has no row of its own is counted among the others.
 */
import type { Entry } from "../entry/entry.js";
import { addressOfPacket, fieldOf, fields, portOf } from "../entry/fields.js";
import type { FirewallPacket } from "../entry/firewall.js";
import { networkOf } from "../entry/network.js";
import type { Origins } from "../origins/origins.js";
import type { ByteString } from "../std/text/byte-string.js";
import { HeavyHitters, type NameCounts } from "./heavy-hitters.js";

/** What lines are counted by. A country is not in the line: it is known of the address. */
export const tallyFields = [...fields, "country"] as const;
export type TallyField = (typeof tallyFields)[number];

/** Plain JSON. */
export interface Tally extends NameCounts {
  readonly by: TallyField;
  /** By name: what is known of it besides, such as the country and the owner of a network. */
  readonly notes?: Readonly<Record<ByteString, ByteString>>;
}

export interface PacketTally {
  add(packet: FirewallPacket): void;
  tallies(): readonly Tally[];
}

/** A thousandth of a flood is still told apart. */
const maxRows = 1000;
/** What stands in a log line may be forged: no row is longer. */
const longestRow = 80;

/** Of one rule file's lines or one group's. Goes on where an earlier tally left off. */
export class FieldTally {
  private readonly by: TallyField;
  private readonly rows: HeavyHitters;

  constructor(by: TallyField, earlier?: NameCounts) {
    this.by = by;
    this.rows = new HeavyHitters(maxRows, earlier);
  }

  /** A line that does not say it is among the others. */
  add(name: string | undefined): void {
    if (name === undefined) this.rows.addUnnamed();
    else this.rows.add(name.length > longestRow ? name.slice(0, longestRow) : name);
  }

  addEntry(entry: Entry, origins: Origins): void {
    this.add(this.by === "country" ? countryOf(entry, origins) : fieldOf(entry, this.by));
  }

  tally(): Tally {
    return { by: this.by, ...this.rows.counts() };
  }
}

function countryOf(entry: Entry, origins: Origins): ByteString | undefined {
  const address = fieldOf(entry, "address");
  return address === undefined ? undefined : (origins.of(address).country ?? "unknown");
}

/** Counts the packets of a group of firewall lines by port and by network. */
export function createPacketTally(earlier: readonly Tally[] = []): PacketTally {
  const [ports, networks] = (["port", "network"] as const).map(
    (by) =>
      new FieldTally(
        by,
        earlier.find((tally) => tally.by === by),
      ),
  ) as [FieldTally, FieldTally];
  return {
    add(packet) {
      ports.add(portOf(packet));
      networks.add(networkOf(addressOfPacket(packet) ?? "?"));
    },
    tallies: () => [ports.tally(), networks.tally()],
  };
}
