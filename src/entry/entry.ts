/** What a line's header says, in the names of RFC 5424. */
import type { FirewallPacket } from "./firewall.js";

export interface Entry {
  /** ms since the epoch, if the header states a time. */
  readonly timestampMs?: number;
  readonly hostname?: string;
  readonly appName?: string;
  readonly procId?: string;
  /** What follows the header; the whole line where there is none. Bytes as latin1, without the newline. */
  readonly message: string;
  /** What the message says about a packet, if the kernel's firewall wrote it. */
  readonly firewall?: FirewallPacket;
}
