/**
 * What goes out to an outlet, as it is spooled.
 * Promise: once spooled its bytes never change, so that a retry sends the same bytes under the same key.
 */

/** Who a mail is from and who is to have it, as SMTP takes addresses: local@domain, without a name. */
export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

export interface Payload {
  /** The name of the outlet that delivers it: lower-case letters, digits and `-`. */
  readonly outlet: string;
  /** The same for each try, so that a receiver can tell a repetition. A mail's is its Message-ID. */
  readonly idempotencyKey: string;
  /** A media type (RFC 2046). */
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Where an outlet delivers to several recipients. */
  readonly envelope?: Envelope;
}

/** What came of handing a payload over. */
export type Delivery =
  /** `reply`: what the other side said to it, on one line, where it says something. */
  | { readonly outcome: "delivered"; readonly reply?: string }
  /** To be tried again. `remaining`: those of the envelope's recipients who lack it; left out: all of them. */
  | { readonly outcome: "deferred"; readonly reason: string; readonly remaining?: readonly string[] }
  /** Will not be taken: parked, named in the next report, never deleted. */
  | { readonly outcome: "refused"; readonly reason: string; readonly remaining?: readonly string[] };
