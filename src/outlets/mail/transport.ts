/**
 * The one door to nodemailer: it builds MIME and speaks SMTP.
 * Promise: loaded only when there is something to mail, and the bytes of a message go out as they are.
 */
import type { NodemailerError, SMTPTransportOptions } from "nodemailer";
import type { Message } from "./message.js";

export interface Attachment {
  /** Plain ASCII, chosen by the program. */
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface MimeParts {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same as HTML: 7 bit, lines by "\n" of at most 998 bytes, none of which begins with "From ". Left out: text alone. */
  readonly html?: string;
  readonly attachments: readonly Attachment[];
  readonly date: Date;
  readonly messageId: string;
  /** A message that this one hangs below. */
  readonly threadId?: string;
  /** What stands before the sender's address. */
  readonly fromName?: string;
  /** Where answers go. */
  readonly replyTo?: readonly string[];
  /** Further ones, by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Fixed, so that the same parts give the same bytes. */
  readonly boundary: string;
}

/** RFC 5322 bytes: CRLF, quoted-printable text, base64 attachments. */
export async function buildMime(parts: MimeParts): Promise<Uint8Array> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const { from, to, subject, text, html, attachments, date, messageId, boundary } = parts;
  const { threadId, fromName, replyTo, headers } = parts;
  return new MailComposer({
    from: fromName === undefined ? from : { name: fromName, address: from },
    to: [...to],
    ...(replyTo && { replyTo: [...replyTo] }),
    subject,
    date,
    messageId,
    ...(threadId !== undefined && { references: threadId }),
    headers: { "Auto-Submitted": "auto-generated", ...headers },
    alternatives: [
      textAlternative(text.replace(/\r\n?|\n/g, "\r\n")),
      // The last one is the richest (RFC 2046, 5.1.4).
      ...(html === undefined ? [] : [htmlAlternative(html)]),
    ],
    attachments: attachments.map(({ filename, contentType, bytes }) => ({
      filename,
      contentType,
      content: Buffer.from(bytes),
    })),
    baseBoundary: boundary,
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/** As it is where it can be: `cat` shows the mail as it was meant. A line that begins with "From " would be changed on its way. */
function textAlternative(content: string): TextAlternative {
  const isPlain = /^[\t\r\n -~]*$/.test(content) && !/^From |^.{77}|[ \t]$/m.test(content);
  return {
    contentType: `text/plain; charset=${isPlain ? "us-ascii" : "utf-8"}`,
    contentTransferEncoding: isPlain ? "7bit" : "quoted-printable",
    content,
  };
}

interface TextAlternative {
  readonly contentType: string;
  readonly contentTransferEncoding: "7bit" | "quoted-printable";
  readonly content: string;
}

/** As it is: whoever reads the source of a mail sees the lines of the log. Of itself nodemailer would encode long lines. */
function htmlAlternative(html: string): { readonly raw: Buffer } {
  const headers = "Content-Type: text/html; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\n";
  return { raw: Buffer.from((headers + html).replaceAll("\n", "\r\n")) };
}

/** Recipients that do not have a message, and why. */
export interface SmtpRefusal {
  readonly recipients: readonly string[];
  /** Whether the server refused the mail itself (a 5xx to MAIL, RCPT or DATA). All else may end otherwise another day. */
  readonly isPermanent: boolean;
  /** The server's reply, such as `451 4.3.0 try later`; without one, what failed. */
  readonly words: string;
  readonly isReply: boolean;
}

/** What came of a message. */
export interface SmtpEnd {
  /** None when every recipient was accepted. */
  readonly refusals: readonly SmtpRefusal[];
  /** The server's reply to the message itself, such as `250 2.0.0 Ok: queued as 4F1`. */
  readonly reply?: string;
}

/**
 * Hands a message to an SMTP server: one connection, closed at the end, cut off at the deadline or by `stop`.
 * Never throws for what the other side does.
 */
export async function sendBySmtp(
  options: SMTPTransportOptions,
  { envelope, bytes }: Message,
  deadlineMs: number,
  stop?: AbortSignal,
): Promise<SmtpEnd> {
  const { createTransport } = await import("nodemailer");
  const deadline = AbortSignal.timeout(deadlineMs);
  const signal = stop ? AbortSignal.any([deadline, stop]) : deadline;
  try {
    // A mail that some recipients were refused resolves all the same: only `rejectedErrors` tells.
    const { rejectedErrors, response } = await createTransport(options).sendMail({
      envelope: { from: envelope.from, to: [...envelope.to] },
      raw: Buffer.from(bytes),
      signal,
    });
    return { refusals: (rejectedErrors ?? []).map((error) => refusal(error, envelope.to)), reply: response };
  } catch (error) {
    if (signal.aborted) {
      const words = deadline.aborted ? `no end after ${deadlineMs / 1000} s` : "the run was ended";
      return { refusals: [{ ...refusal(error, envelope.to), isPermanent: false, words, isReply: false }] };
    }
    const { rejectedErrors = [] } = asNodemailerError(error);
    const errors = rejectedErrors.length > 0 ? rejectedErrors : [error];
    return { refusals: errors.map((each) => refusal(each, envelope.to)) };
  }
}

/**
 * Only an answer to one of these is about the mail. A 5xx before them (greeting, EHLO, STARTTLS, AUTH) is about this host
 * or this day, and before TLS anybody on the way can forge it.
 */
const mailCommands: ReadonlySet<string> = new Set(["MAIL FROM", "RCPT TO", "DATA"]);

function refusal(thrown: unknown, everyone: readonly string[]): SmtpRefusal {
  const error = asNodemailerError(thrown);
  return {
    recipients: error.recipient === undefined ? everyone : [error.recipient],
    isPermanent: error.permanent === true && mailCommands.has(error.command ?? ""),
    words: error.response ?? error.message,
    isReply: error.response !== undefined,
  };
}

function asNodemailerError(thrown: unknown): NodemailerError {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
