/**
 * A mail, and what hands it over.
 * Promise: a mail's bytes never change once they are made, so that a retry carries the same Message-ID and content.
 */
import type { Delivery, Envelope } from "../../store/spool/payload.js";

export interface Message {
  readonly envelope: Envelope;
  /** RFC 5322, CRLF, 7 bit. */
  readonly bytes: Uint8Array;
}

/** Hands one message over. Never throws for what the other side does; an abort defers. */
export type Transport = (message: Message, signal?: AbortSignal) => Promise<Delivery>;
