/**
 * Remembers for a run who was seen at what only an intruder does, such as a scan.
 * Promise: bounded, and no suspect is ever forgotten: where there is no room for an address, its whole network is
 * suspected, then a wider one, then everybody. More is told, never less.
 */
import { isIP } from "../std/ip-address.js";
import { leadingAddress } from "../entry/leading-address.js";
import { networkGroups, withoutMapping } from "../entry/network.js";
import type { ByteString } from "../std/text/byte-string.js";
import type { Notice } from "../std/notice.js";

/** Of addresses, and of the networks of each width. */
const mostOfWidth = 10_000;

/** An address of IPv4 as a number, the rest as text. */
type Key = number | string;

export class Suspects {
  /** Addresses of IPv4 and /64 of IPv6; /24 and /48; /16 and /32. */
  private readonly widths: readonly Set<Key>[] = [new Set(), new Set(), new Set()];
  private isEverybody = false;

  add(address: ByteString): void {
    const keys = keysOf(address);
    // All clients of a proxy on this host have its address.
    if (keys === undefined || this.hasAny(keys)) return;
    const width = this.widths.findIndex(({ size }) => size < mostOfWidth);
    const key = keys[width];
    if (key === undefined) this.isEverybody = true;
    else this.widths[width]?.add(key);
  }

  /** Where the address is not known, in doubt it is one of theirs. */
  has(address: ByteString | undefined): boolean {
    if (this.isEverybody) return true;
    if (address === undefined) return this.widths[0]?.size !== 0;
    const keys = keysOf(address);
    return keys !== undefined && this.hasAny(keys);
  }

  /** Whether a line has to be read to know. Cheap: makes no string of it. */
  mayHaveSent(line: Uint8Array): boolean {
    if (this.isEverybody) return true;
    if (this.widths[0]?.size === 0) return false;
    const address = leadingAddress(line);
    return address === undefined || this.hasAny(keysOfNumber(address));
  }

  /** What a report says about it. */
  notices(): readonly Notice[] {
    const crowded = this.widths[0]?.size === mostOfWidth;
    if (!crowded) return [];
    return [
      {
        where: "suspects",
        what: `more than ${mostOfWidth} addresses did what only intruders do`,
        done: this.isEverybody ? "everybody is one" : "their networks are suspects, too",
      },
    ];
  }

  private hasAny(keys: readonly Key[]): boolean {
    return this.widths.some((width, index) => width.has(keys[index] ?? ""));
  }
}

/** By width; undefined for this host. */
function keysOf(written: ByteString): readonly Key[] | undefined {
  const address = withoutMapping(written);
  switch (isIP(address)) {
    case 4: {
      if (address.startsWith("127.")) return undefined;
      return keysOfNumber(address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0));
    }
    case 6: {
      if (address === "::1") return undefined;
      const groups = networkGroups(address);
      return [groups.join(":"), groups.slice(0, 3).join(":"), groups.slice(0, 2).join(":")];
    }
    default:
      // The name of a host: networks have none.
      return [address, address, address];
  }
}

function keysOfNumber(address: number): readonly Key[] {
  return [address, Math.floor(address / 2 ** 8), Math.floor(address / 2 ** 16)];
}
