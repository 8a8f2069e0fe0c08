/** Addresses as numbers, to be compared. Promise: one address is one number, however it is written. */
import { isIP } from "../std/ip-address.js";
import { networkGroups, withoutMapping } from "../entry/network.js";
import type { ByteString } from "../std/text/byte-string.js";

/** IPv6 by its first 64 bits, in two halves: what one customer has. Of IPv4 the second half alone. */
export interface AddressNumber {
  readonly family: 4 | 6;
  readonly high: number;
  readonly low: number;
}

/** Undefined for what is no address. */
export function addressNumber(written: ByteString): AddressNumber | undefined {
  const address = withoutMapping(written);
  switch (isIP(address)) {
    case 4: {
      const low = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
      return { family: 4, high: 0, low };
    }
    case 6: {
      const groups = networkGroups(address).map((group) => parseInt(group, 16));
      const [one = 0, two = 0, three = 0, four = 0] = groups;
      return { family: 6, high: one * 65_536 + two, low: three * 65_536 + four };
    }
    default:
      return undefined;
  }
}

/** IPv4 comes before IPv6, as in tables that have both. */
export function isBefore(one: AddressNumber, other: AddressNumber): boolean {
  if (one.family !== other.family) return one.family < other.family;
  return one.high < other.high || (one.high === other.high && one.low < other.low);
}
