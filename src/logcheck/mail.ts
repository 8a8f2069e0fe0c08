/**
 * Makes mails from logcheck's reports and errors.
 * Promise: the recipients, subjects, texts and attachments that logcheck would send, safely encoded.
 */
import { userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { gzipSync } from "node:zlib";
import { isFile } from "./tools/etc.js";
import { errorSubject } from "./report/render.js";
import type { Settings } from "./conf/settings.js";
import { parseAddress } from "../outlets/mail/addresses.js";
import type { Letter } from "../outlets/mail/outlet.js";
import { escaped } from "../std/text/escape.js";
import { mailDomain } from "../std/host-name.js";
import type { Envelope } from "../store/spool/payload.js";
import type { LogcheckReport } from "./collector.js";

/** The recipients, or what is wrong with the first bad address. */
export function readRecipients(text: string): { readonly to: readonly string[] } | { readonly bad: string } {
  const words = text.split(",").map((word) => word.trim());
  const to: string[] = [];
  for (const word of words) {
    const address = parseAddress(word, mailDomain().name);
    if (!address.ok) return { bad: `SENDMAILTO: "${word}" is not ${address.expected}` };
    to.push(address.value);
  }
  return { to };
}

/** The mails of a run: the report, as text or attached, or the reason why there is none. */
export function lettersOf(
  { outcome }: LogcheckReport,
  settings: Settings,
  to: readonly string[],
): readonly Letter[] {
  if (outcome.kind === "error")
    return settings.mailsErrors ? [errorLetter(settings, to, outcome.message)] : [];
  return settings.printsReport ? [] : [reportLetter(settings, to, outcome.subject, outcome.body)];
}

function reportLetter(
  settings: Settings,
  to: readonly string[],
  subject: string,
  report: Uint8Array,
): Letter {
  const attached = "Report attached";
  switch (settings.attachment) {
    case "none":
      return letter({ to, subject, text: readable(report), attachments: [] });
    case "plain": {
      const attachment = { filename: "logcheck_report", contentType: "text/plain", bytes: report };
      return letter({ to, subject, text: attached, attachments: [attachment] });
    }
    case "gzip": {
      const attachment = {
        filename: "logcheck_report.gz",
        contentType: "application/x-gzip",
        bytes: gzipSync(report),
      };
      return letter({ to, subject, text: attached, attachments: [attachment] });
    }
  }
}

/** The mail that says why there is no report. */
export function errorLetter(settings: Settings, to: readonly string[], reason: string): Letter {
  const text = [
    "There is no report: the logs may not have been checked.",
    "",
    reason,
    "",
    "The next run that can will read what was not read.",
    "The lists of logs:",
    `  ${settings.listFile}`,
    `  ${join(settings.listDirectory, "*.logfiles")}`,
    "",
  ].join("\n");
  return letter({ to, subject: errorSubject(settings), text, attachments: [] });
}

function letter(parts: Pick<Letter, "to" | "subject" | "text" | "attachments">): Letter {
  return { ...parts, from: sender(), hostname: mailDomain().name };
}

/** Who a mail is from and for, where it is for anybody. */
export function envelopeOf(to: readonly string[]): Envelope | undefined {
  return to.length > 0 ? { from: sender(), to } : undefined;
}

/** The user who runs this, at this host. A user without a name is called by the number. */
function sender(): string {
  let user: string;
  try {
    user = userInfo().username;
  } catch {
    user = `uid-${process.geteuid?.() ?? 0}`;
  }
  const { name } = mailDomain();
  const address = parseAddress(user, name);
  return address.ok ? address.value : `logcheck@${name}`;
}

/** The report as text. Invisible characters, and those that a terminal would act on, are shown as escapes. */
function readable(report: Uint8Array): string {
  const lines = Buffer.from(report).toString("latin1").split("\n");
  return lines.map((line) => line.split("\t").map(escaped).join("\t")).join("\n");
}

/** Finds sendmail where mime-construct looks for it. */
export function findSendmail(path: string = process.env.PATH ?? "/usr/local/bin:/bin:/usr/bin"): string {
  const places = [...path.split(delimiter), "/usr/sbin", "/usr/lib"].map((place) => join(place, "sendmail"));
  return places.find(isFile) ?? "/usr/sbin/sendmail";
}
