/**
 * Reads what netfilter logs about a packet (iptables, nftables, ufw).
 * Promise: the direction comes from the interfaces alone, never from the log prefix, which is the user's own.
 */
import type { Writable } from "../std/writable.js";

export interface FirewallPacket {
  readonly direction: "inbound" | "outbound" | "forwarded";
  /** What the user's log rule says, such as "[UFW BLOCK]". */
  readonly prefix: string;
  readonly sourceAddress?: string;
  readonly destinationAddress?: string;
  /** Such as "TCP"; a number where the kernel has no name for it. */
  readonly protocol?: string;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
}

/** Longer than any real one: what follows in a longer line is not read. */
const longestMessage = 2048;

/** In: a kernel message. Undefined unless it has the fields IN= and OUT= side by side. Linear in its length. */
export function readFirewall(message: string): FirewallPacket | undefined {
  const head = message.length > longestMessage ? message.slice(0, longestMessage) : message;
  const outStart = head.indexOf(" OUT=");
  // A log prefix may end without a space: "DROP:IN=eth0 OUT=".
  const start = outStart < 0 ? -1 : head.lastIndexOf("IN=", outStart);
  const inInterface = head.slice(start + "IN=".length, outStart);
  if (start < 0 || inInterface.includes(" ")) return undefined;

  const direction = directionOf(inInterface, fieldFrom(head, " OUT=", outStart));
  if (direction === undefined) return undefined;
  const packet: Writable<FirewallPacket> = { direction, prefix: prefixOf(head.slice(0, start)) };
  const sourceAddress = fieldFrom(head, " SRC=", outStart);
  if (sourceAddress !== undefined) packet.sourceAddress = sourceAddress;
  const destinationAddress = fieldFrom(head, " DST=", outStart);
  if (destinationAddress !== undefined) packet.destinationAddress = destinationAddress;
  const protocol = fieldFrom(head, " PROTO=", outStart);
  if (protocol !== undefined) packet.protocol = protocol;
  const sourcePort = portOf(fieldFrom(head, " SPT=", outStart));
  if (sourcePort !== undefined) packet.sourcePort = sourcePort;
  const destinationPort = portOf(fieldFrom(head, " DPT=", outStart));
  if (destinationPort !== undefined) packet.destinationPort = destinationPort;
  return packet;
}

/** ICMP errors quote the packet that they are about after their own fields: the first mention counts. */
function fieldFrom(message: string, key: string, from: number): string | undefined {
  const mention = message.indexOf(key, from);
  if (mention < 0) return undefined;
  const start = mention + key.length;
  const end = message.indexOf(" ", start);
  return message.slice(start, end < 0 ? undefined : end);
}

function directionOf(inInterface = "", outInterface = ""): FirewallPacket["direction"] | undefined {
  if (inInterface && outInterface) return "forwarded";
  if (inInterface) return "inbound";
  return outInterface ? "outbound" : undefined;
}

/** Without the time since boot that the kernel puts first, "[12345.678901]". */
function prefixOf(text: string): string {
  const close = text.startsWith("[") ? text.indexOf("]") : -1;
  const isUptime = close > 0 && /^[ .0-9]+$/.test(text.slice(1, close));
  return (isUptime ? text.slice(close + 1) : text).trim();
}

function portOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}
