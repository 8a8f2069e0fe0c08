/** What a line's header says, in the names of RFC 5424. */
import type { ByteString } from "../std/text/byte-string.js";
import type { FirewallPacket } from "./firewall.js";
import type { WebRequest } from "./web-request.js";

export interface Entry {
  /** ms since the epoch, if the header states a time. */
  readonly timestampMs?: number;
  readonly hostname?: ByteString;
  readonly appName?: ByteString;
  readonly procId?: ByteString;
  /** What follows the header; the whole line where there is none. Without the newline. */
  readonly message: ByteString;
  /** What the message says about a packet, if the kernel's firewall wrote it. */
  readonly firewall?: FirewallPacket;
  /** What a web server or HAProxy says about a request. */
  readonly web?: WebRequest;
}
