/** Says which network an address belongs to. Promise: one network is written in one way. */
import { isIP } from "../std/ip-address.js";
import type { ByteString } from "../std/text/byte-string.js";

/** "::ffff:192.0.2.7" is how a program that listens on both writes an address of IPv4. */
export function withoutMapping(address: ByteString): ByteString {
  const isMapped = address.length > 7 && address.slice(0, 7).toLowerCase() === "::ffff:";
  const rest = isMapped ? address.slice(7) : "";
  return isIP(rest) === 4 ? rest : address;
}

/** /24 of IPv4, /64 of IPv6; what is no address stands for itself. */
export function networkOf(written: ByteString): ByteString {
  const address = withoutMapping(written);
  const version = isIP(address);
  if (version === 4) return `${address.slice(0, address.lastIndexOf("."))}.0/24`;
  if (version !== 6) return address;
  const parts = networkGroups(address);
  // "2001:db8:1:0::/64" is written "2001:db8:1::/64".
  while (parts.at(-1) === "0") parts.pop();
  return `${parts.join(":")}::/64`;
}

/** The first four groups of an IPv6 address, without leading zeros. */
export function networkGroups(address: ByteString): ByteString[] {
  // "fe80::1%eth0" has a zone, "::ffff:192.0.2.7" two groups as IPv4.
  const zone = address.indexOf("%");
  const [before = "", after] = (zone < 0 ? address : address.slice(0, zone)).split("::", 2);
  const groups = before === "" ? [] : before.split(":", 4);
  if (after !== undefined) {
    const last = after === "" ? [] : after.split(":");
    const zeros = 8 - groups.length - last.length - (after.includes(".") ? 1 : 0);
    for (let zero = 0; zero < zeros && groups.length < 4; zero++) groups.push("0");
    groups.push(...last.slice(0, 4 - groups.length));
  }
  return groups.map((group) => group.replace(/^0+(?=.)/, "").toLowerCase());
}
