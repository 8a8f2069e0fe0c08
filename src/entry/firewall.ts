/**
 * Reads what netfilter logs about a packet (iptables, nftables, ufw).
 * Promise: the direction comes from the interfaces alone, never from the log prefix, which is the user's own.
 */

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

/** In: a kernel message. Undefined unless it has the interface fields IN= and OUT=. Linear in its length. */
export function readFirewall(message: string): FirewallPacket | undefined {
  const head = message.length > longestMessage ? message.slice(0, longestMessage) : message;
  const start = head.startsWith("IN=") ? 0 : head.indexOf(" IN=") + 1;
  if ((start === 0 && !head.startsWith("IN=")) || !head.includes(" OUT=", start)) return undefined;

  const fields = new Map<string, string>();
  for (const word of head.slice(start).split(" ")) {
    const equals = word.indexOf("=");
    // ICMP errors quote the packet they are about in brackets: the first mention is the packet's own.
    if (equals > 0 && !fields.has(word.slice(0, equals)))
      fields.set(word.slice(0, equals), word.slice(equals + 1));
  }
  const direction = directionOf(fields.get("IN"), fields.get("OUT"));
  if (direction === undefined) return undefined;
  return {
    direction,
    prefix: prefixOf(head.slice(0, start)),
    ...present("sourceAddress", fields.get("SRC")),
    ...present("destinationAddress", fields.get("DST")),
    ...present("protocol", fields.get("PROTO")),
    ...present("sourcePort", portOf(fields.get("SPT"))),
    ...present("destinationPort", portOf(fields.get("DPT"))),
  };
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

function present<Key extends string, Value>(key: Key, value: Value | undefined) {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
}
