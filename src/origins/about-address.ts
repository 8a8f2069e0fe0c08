/** Says in a few words what is known of an address. Promise: of what is not known nothing is said. */
import type { ByteString } from "../std/text/byte-string.js";
import type { Origins } from "./origins.js";

export interface KnownAddresses {
  readonly origins: Origins;
  /** What addresses are called. */
  readonly names: ReadonlyMap<ByteString, ByteString>;
}

/** The end of a name says whose it is. */
const longestName = 48;

/** "scan.example.net, NL, Example Hosting"; empty where nothing is known. In: an address, or a network as "192.0.2.0/24". */
export function aboutAddress({ origins, names }: KnownAddresses, written: ByteString): ByteString {
  const [address = ""] = written.split("/", 1);
  const { country, owner } = origins.areKnown ? origins.of(address) : {};
  const name = names.get(written);
  const shown = name !== undefined && name.length > longestName ? `...${name.slice(3 - longestName)}` : name;
  return [shown, country, owner].filter((part) => part !== undefined).join(", ");
}
