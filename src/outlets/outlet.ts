/**
 * The contract of an outlet: where a report goes.
 * Promise: rendering happens before the commit and depends on nothing but its arguments; delivering never throws for what
 * the other side does.
 */
import type { Delivery, Envelope, Payload } from "../store/spool/payload.js";

/** What tells the payloads of one commit from those of another. */
export interface CommitIdentity {
  /** From the state: keeps hosts apart. */
  readonly hostId: string;
  readonly commitNumber: number;
  readonly date: Date;
}

export interface Outlet<Report> {
  /** Lower-case letters, digits and `-`. Spool names, back-off and the count of deferrals go by it. */
  readonly name: string;
  /** Who payloads are from and for by today's configuration, where that can be said: refused ones go there from now on. */
  readonly envelope?: Envelope;
  /** What is to be sent of a report: none, one or several payloads, in the order in which they are to be read. */
  render(report: Report, identity: CommitIdentity): Promise<readonly Payload[]>;
  /** Hands one payload over. An abort ends the try; what was not delivered by then is deferred. */
  deliver(payload: Payload, signal: AbortSignal): Promise<Delivery>;
}

/** What delivering alone needs of an outlet. */
export type DeliveringOutlet = Pick<Outlet<never>, "name" | "envelope" | "deliver">;
