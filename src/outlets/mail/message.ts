/**
 * A mail as it goes to the spool.
 * Promise: once spooled its bytes never change, so that a retry is byte-identical and carries the same Message-ID.
 */

export interface Envelope {
  /** Addresses as SMTP takes them: local@domain, without a name. */
  readonly from: string;
  readonly to: readonly string[];
}

export interface Message {
  readonly envelope: Envelope;
  /** RFC 5322, CRLF, 7 bit. */
  readonly bytes: Uint8Array;
}

/** What came of handing a message over. */
export type Delivery =
  | { readonly outcome: "delivered" }
  /** To be tried again: those who have it are no longer in `remaining`. */
  | { readonly outcome: "deferred"; readonly reason: string; readonly remaining: readonly string[] }
  /** Will not be taken: parked, named in the next report, never deleted. */
  | { readonly outcome: "refused"; readonly reason: string; readonly remaining: readonly string[] };

/** Hands one message over. Never throws for what the other side does. */
export type Transport = (message: Message) => Promise<Delivery>;
