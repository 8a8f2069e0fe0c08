/**
 * Makes a mail of a report.
 * Promise: the same input gives the same bytes; 7 bit, CRLF only, and no header that a log line could write.
 */
import { createHash } from "node:crypto";
import { reportHeaders, threadOf, type MailAbout } from "./headers.js";
import type { Message } from "./message.js";
import { buildMime, type Attachment } from "./transport.js";

/** A mail before it is put into bytes. */
export interface Draft {
  /** Addresses as `parseAddress` gives them. */
  readonly from: string;
  readonly to: readonly string[];
  /** Made from a fixed template; without log text. */
  readonly subject: string;
  /** Unicode, lines by "\n". Control characters survive as quoted-printable, so escape them before. */
  readonly text: string;
  /** The same as HTML, as `MimeParts` takes it. Left out: text alone. */
  readonly html?: string;
  readonly attachments: readonly Attachment[];
  /** What it tells of. Left out: the mail is no report. */
  readonly about?: MailAbout;
  readonly date: Date;
  readonly hostname: string;
  /** From the state: keeps hosts and commits apart. */
  readonly hostId: string;
  readonly commitNumber: number;
}

/** A message whose Message-ID is known. */
export interface ComposedMessage extends Message {
  /** With its angle brackets. */
  readonly messageId: string;
}

/** Composes a draft. The Message-ID is `<host-id.commitNumber.digest@host>`, with the first 96 bits of a SHA-256 of the content. */
export async function compose(draft: Draft): Promise<ComposedMessage> {
  const { from, to, subject, text, html, attachments, about, date, hostname, hostId, commitNumber } = draft;
  if (to.length === 0) throw new Error("bug: a mail to nobody");
  const digest = contentDigest(draft);
  const messageId = `<${hostId}.${commitNumber}.${digest}@${hostname}>`;
  // Without a report, all mails of one host hang below a message that never was.
  const threadId = about ? threadOf(about, date, hostname) : `<${hostId}@${hostname}>`;
  const bytes = await buildMime({
    from,
    ...(about && { fromName: `logwinnow ${about.host}`, replyTo: to }),
    to,
    // Folding lets a line break in a subject be; nothing else would.
    subject: subject.replace(/\p{Cc}+/gu, " "),
    text,
    ...(html !== undefined && { html }),
    attachments,
    date,
    messageId,
    ...(threadId !== undefined && { threadId }),
    headers: about ? reportHeaders(about, hostname) : {},
    boundary: boundaryOf(draft, digest),
  });
  return { envelope: { from, to }, bytes, messageId };
}

/** What is logged may be chosen by strangers, who do not know the host's id: they cannot guess where a part ends. */
function boundaryOf({ hostId, commitNumber }: Draft, digest: string): string {
  return createHash("sha256").update(`${hostId}\n${commitNumber}\n${digest}`).digest("hex").slice(0, 32);
}

function contentDigest({ to, subject, text, html, attachments }: Draft): string {
  const hash = createHash("sha256");
  for (const part of [...to, "", subject, text, ...(html === undefined ? [] : [html])])
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  for (const { filename, bytes } of attachments) hash.update(`${filename}:${bytes.length}:`).update(bytes);
  return hash.digest("hex").slice(0, 24);
}
