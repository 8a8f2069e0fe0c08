/**
 * The mail of `logwinnow test-mail`.
 * Promise: it says which host sent it and how, so that whoever gets it knows what works, and has no word of a log.
 */
import type { Letter } from "./outlet.js";
import type { MailSettings } from "./settings.js";
import { transportText } from "./transport-setting.js";

/** In: the settings of mail, to whom, and how this host calls itself in addresses. */
export function testLetter(mail: MailSettings, to: readonly string[], hostname: string): Letter {
  const host = hostname.split(".", 1)[0] ?? hostname;
  return {
    from: mail.from,
    to,
    subject: `TEST ${host}: mail from logwinnow arrives`,
    text: [
      `This is the test mail of logwinnow on ${hostname}.`,
      "",
      `It went ${transportText(mail)}. Reports go the same way, to the same`,
      "addresses: alarms and what is new with the hourly run, the rest once a day.",
      "",
      "A bounce of a report goes to its sender:",
      `  ${mail.from}`,
      "Make sure that somebody reads what is sent there.",
      "",
    ].join("\n"),
    attachments: [],
    hostname,
  };
}
