/**
 * Reads the address of a socket, as the kernel writes it into SOCKADDR records: sockaddr(3type) as digits.
 * Promise: what is no address that is known is undefined.
 */
import { endianness } from "node:os";
import type { ByteString } from "../../std/text/byte-string.js";
import { addressText } from "../records/address-text.js";
import { escapedText } from "./encoded-fields.js";

const isBigEndian = endianness() === "BE";
const [unix, ip4, ip6] = [1, 2, 10];

/** As auditd's enriched format has it: `saddr_fam=inet laddr=192.0.2.7 lport=22`. In: pairs of digits. */
export function socketAddress(digits: string): ByteString | undefined {
  const bytes = Buffer.from(digits, "hex");
  if (bytes.length < 2) return undefined;
  const family = isBigEndian ? bytes.readUInt16BE(0) : bytes.readUInt16LE(0);
  if (family === unix) {
    // A name that begins with NUL is abstract: it is no path.
    const name = bytes.subarray(2).toString("latin1");
    const path = name.startsWith("\0") ? `@${name.slice(1)}` : name.split("\0", 1)[0];
    return `saddr_fam=local path="${escapedText((path ?? "").replace(/\0+$/, ""))}"`;
  }
  if (family === ip4 && bytes.length >= 8)
    return `saddr_fam=inet laddr=${bytes.subarray(4, 8).join(".")} lport=${bytes.readUInt16BE(2)}`;
  if (family === ip6 && bytes.length >= 24)
    return `saddr_fam=inet6 laddr=${addressText(bytes.subarray(8, 24)) ?? "::"} lport=${bytes.readUInt16BE(2)}`;
  return undefined;
}
