/**
 * Mail as an outlet.
 * Promise: what is spooled is a whole message, and its Message-ID is its idempotency key.
 */
import type { Envelope } from "../../store/spool/payload.js";
import type { Outlet } from "../outlet.js";
import { compose, type Draft } from "./compose.js";
import type { Transport } from "./message.js";

/** What a report says by mail: all of a draft but what the commit gives. */
export type Letter = Omit<Draft, "date" | "hostId" | "commitNumber">;

export interface MailOutletOptions<Report> {
  /** The mails of a report, in the order in which they are to be read. */
  readonly letters: (report: Report) => readonly Letter[];
  readonly transport: Transport;
  /** As configured now. Left out where mail goes to nobody. */
  readonly envelope?: Envelope;
}

const mailOutletName = "mail";

export function mailOutlet<Report>(options: MailOutletOptions<Report>): Outlet<Report> {
  const { letters, transport, envelope: configured } = options;
  return {
    name: mailOutletName,
    ...(configured && { envelope: configured }),
    render: (report, identity) =>
      Promise.all(
        letters(report).map(async (letter) => {
          const { messageId, envelope, bytes } = await compose({ ...letter, ...identity });
          return {
            outlet: mailOutletName,
            idempotencyKey: messageId,
            contentType: "message/rfc822",
            envelope,
            bytes,
          };
        }),
      ),
    async deliver({ envelope, bytes }, signal) {
      if (!envelope) return { outcome: "refused", reason: `${mailOutletName}: a mail without an envelope` };
      return transport({ envelope, bytes }, signal);
    },
  };
}
