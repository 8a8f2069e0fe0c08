/**
 * `logwinnow test-mail`: sends one mail the way that reports go, and says what was answered.
 * Promise: what is said to have arrived somewhere was taken there; nothing is spooled, and no state is touched.
 */
import { randomBytes } from "node:crypto";
import { ConfigError } from "../config/config-error.js";
import type { Config } from "../config/config.js";
import { parseAddress } from "../outlets/mail/addresses.js";
import { compose } from "../outlets/mail/compose.js";
import { openTransport } from "../outlets/mail/open-transport.js";
import type { MailSettings } from "../outlets/mail/settings.js";
import { testLetter } from "../outlets/mail/test-letter.js";
import { transportText } from "../outlets/mail/transport-setting.js";
import { mailDomain } from "../std/host-name.js";
import { sayNotices } from "../std/standard-error.js";
import { writeText } from "../std/standard-output.js";
import { escapedText } from "../std/text/escape.js";
import { becomeOwner } from "../store/owner.js";
import { ownStateDirectory } from "../store/places.js";

export interface TestMailOptions {
  readonly config?: string;
  readonly state?: string;
  /** Addresses as a user writes them; left out: those of the configuration. */
  readonly to?: readonly string[];
}

export type TestMailOutcome = "taken" | "deferred" | "refused" | "no recipient";

/** The command line that means the same. */
function wordsOf({ config, state, to = [] }: TestMailOptions): readonly string[] {
  return [
    "test-mail",
    ...(config === undefined ? [] : [`--config=${config}`]),
    ...(state === undefined ? [] : [`--state=${state}`]),
    ...to.map((address) => `--to=${address}`),
  ];
}

/** By the exit status of that command line. */
const outcomes: Readonly<Record<number, TestMailOutcome>> = {
  0: "taken",
  1: "refused",
  75: "deferred",
  78: "no recipient",
};

/** Waits for the answer, two minutes at most. */
export async function testMail(options: TestMailOptions, { mail }: Config): Promise<TestMailOutcome> {
  // What another user can send, and which credentials he can read, says nothing about the hourly job.
  const again = becomeOwner(options.state ?? ownStateDirectory(), wordsOf(options));
  if (again !== undefined) return outcomes[again] ?? "refused";
  const hostname = mailDomain().name;
  const to = options.to?.map((text) => addressOf(text, hostname)) ?? mail.to;
  if (to.length === 0) {
    const done = 'nothing sent; set "to" under [mail], or give --to';
    sayNotices([{ where: "[mail]", what: "nobody is named who gets mail", done }]);
    return "no recipient";
  }
  const message = await compose({
    ...testLetter(mail, to, hostname),
    date: new Date(),
    hostId: randomBytes(8).toString("hex"),
    commitNumber: 0,
  });
  writeText(`to      ${escapedText(to.join(", "))}, ${escapedText(transportText(mail))}\n`);
  const delivery = await openTransport(mail, hostname)(message);
  if (delivery.outcome === "delivered") {
    writeText(`answer  ${escapedText(delivery.reply ?? takenText(mail))}\n`);
    writeText(`${whereNext(mail)}\n`);
    return "taken";
  }
  const lacking = delivery.remaining ?? to;
  writeText(`answer  ${escapedText(delivery.reason)}\n`);
  const whom = lacking.length === to.length ? "nobody was sent it" : `not sent to ${lacking.join(", ")}`;
  const words = delivery.outcome === "refused" ? "refused, for good" : "not taken now";
  writeText(`${words}: ${escapedText(whom)}\n`);
  return delivery.outcome;
}

function addressOf(text: string, hostname: string): string {
  const parsed = parseAddress(text, hostname);
  if (parsed.ok) return parsed.value;
  throw new ConfigError(`--to: expected ${parsed.expected}, found "${escapedText(text)}": nothing sent`);
}

function takenText({ transport, sendmail }: MailSettings): string {
  return transport.kind === "directory" ? "written" : `${sendmail}: exit status 0`;
}

/** What being taken means, and where to look when the mail does not come. */
function whereNext({ transport }: MailSettings): string {
  switch (transport.kind) {
    case "sendmail":
      return "taken by the local mailer: mailq and its log say whether it leaves this machine";
    case "smtp":
      return "taken by the mail server: its log says what became of it";
    case "directory":
      return "taken: it lies in that directory, and goes nowhere from there";
  }
}
