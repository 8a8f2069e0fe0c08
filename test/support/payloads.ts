/** Payloads and outlets for tests of the store and of deliveries. */
import { mailOutlet } from "../../src/outlets/mail/outlet.js";
import type { Message, Transport } from "../../src/outlets/mail/message.js";
import type { DeliveringOutlet } from "../../src/outlets/outlet.js";
import type { Payload } from "../../src/store/spool/payload.js";
import type { Stored } from "../../src/store/stored.js";

/** A message as the mail outlet spools it. */
export function mailPayload({ envelope, bytes }: Message): Payload {
  return {
    outlet: "mail",
    idempotencyKey: "<1@web1.example>",
    contentType: "message/rfc822",
    envelope,
    bytes,
  };
}

/** Mail over a transport of the test's own. */
export function mailVia(transport: Transport): DeliveringOutlet {
  return mailOutlet({ letters: () => [], transport });
}

/** A report that goes on, with this content. */
export function unfinishedReport(data: unknown): Stored {
  return { kind: "test", version: 1, data };
}
