/**
 * Delivers by SMTP.
 * Promise: what leaves the machine is encrypted for a server whose certificate was checked, unless the admin said otherwise;
 * no server, however slow, holds a run past the deadline.
 */
import type { Credentials } from "./credentials.js";
import type { Delivery } from "../../store/spool/payload.js";
import type { Transport } from "./message.js";
import { sendBySmtp, type SmtpEnd } from "./transport.js";
import { isLoopback } from "./transport-setting.js";

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`), not by STARTTLS. */
  readonly isTlsFromStart: boolean;
  /** "verified" demands STARTTLS and a good certificate. Default: "off" on loopback without credentials, else "verified". */
  readonly tls?: "verified" | "off";
  /** PEM certificates to trust in place of the system's. */
  readonly trustedCertificates?: string;
  readonly credentials?: Credentials;
  /** How this host calls itself. */
  readonly hostname: string;
  /** For one message, from the first packet to the last reply. */
  readonly deadlineMs: number;
}

export function smtpTransport(settings: SmtpSettings): Transport {
  const { host, port, isTlsFromStart, trustedCertificates, credentials, hostname, deadlineMs } = settings;
  const tls = settings.tls ?? (isLoopback(host) && !credentials ? "off" : "verified");
  const options = {
    host,
    port,
    name: hostname,
    secure: isTlsFromStart,
    requireTLS: !isTlsFromStart && tls === "verified",
    ignoreTLS: tls === "off",
    tls: { rejectUnauthorized: true, ...(trustedCertificates !== undefined && { ca: trustedCertificates }) },
    // Otherwise a server that does not offer AUTH would get the mail without it.
    ...(credentials && { forceAuth: true, auth: { user: credentials.user, pass: credentials.password } }),
    connectionTimeout: deadlineMs,
    greetingTimeout: deadlineMs,
    socketTimeout: deadlineMs,
    dnsTimeout: deadlineMs,
    // A server that never closes its side must not keep the program alive.
    socketCloseTimeout: 1_000,
    logger: false,
  };
  const server = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return async (message, signal) =>
    deliveryOf(await sendBySmtp(options, message, deadlineMs, signal), server);
}

/** While anybody may still be tried again, all who lack the mail are: the next try sorts out who is refused. */
function deliveryOf({ refusals, reply }: SmtpEnd, server: string): Delivery {
  if (refusals.length === 0)
    return {
      outcome: "delivered",
      ...(reply !== undefined && { reply: `${server}: ${quotedReply(reply)}` }),
    };
  const remaining = [...new Set(refusals.flatMap(({ recipients }) => recipients))];
  const words = [
    ...new Set(refusals.map(({ words: said, isReply }) => (isReply ? quotedReply(said) : oneLine(said)))),
  ];
  const reason = `${server}: ${words.join(", ")}`;
  const outcome = refusals.every(({ isPermanent }) => isPermanent) ? "refused" : "deferred";
  return { outcome, reason, remaining };
}

/** `451 "4.3.0 try later"` of a reply that may have several lines. */
function quotedReply(reply: string): string {
  const [, code = "", words = reply] = /^(\d{3})[ -]?(.*)$/s.exec(reply) ?? [];
  return `${code} "${oneLine(words.replace(/^\d{3}[ -]/gm, ""))}"`.trim();
}

/** A server's words end up on terminals and in mails. */
function oneLine(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 300);
}
