/** Opens the way that the configuration chose for mail. */
import { readFileSync } from "node:fs";
import { readCredentials } from "./credentials.js";
import { directoryTransport } from "./directory.js";
import type { Transport } from "./message.js";
import { sendmailTransport } from "./sendmail.js";
import type { MailSettings } from "./settings.js";
import { smtpTransport } from "./smtp.js";
import { realDisk } from "../../std/disk.js";

/** For one mail, however slow the other side is. The next run tries again. */
const deadlineMs = 120_000;

/** Out: the transport; or why mail cannot leave as configured, which keeps it in the spool. */
export function openTransport(mail: MailSettings, hostname: string): Transport {
  const { transport } = mail;
  switch (transport.kind) {
    case "sendmail":
      return sendmailTransport({ program: mail.sendmail, deadlineMs });
    case "directory":
      return directoryTransport(transport.path, realDisk);
    case "smtp": {
      const { host, port, isTlsFromStart } = transport;
      const refuse = (reason: string): Transport => {
        return ({ envelope }) => Promise.resolve({ outcome: "deferred", reason, remaining: envelope.to });
      };
      const credentials = mail.credentials === undefined ? undefined : readCredentials(mail.credentials);
      if (credentials?.ok === false) return refuse(`${mail.credentials}: expected ${credentials.expected}`);
      let trustedCertificates: string | undefined;
      try {
        if (mail.certificateAuthorities !== undefined)
          trustedCertificates = readFileSync(mail.certificateAuthorities, "utf8");
      } catch (error) {
        return refuse(
          `${mail.certificateAuthorities}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      return smtpTransport({
        host,
        port,
        isTlsFromStart,
        hostname,
        deadlineMs,
        ...(mail.tls !== undefined && { tls: mail.tls }),
        ...(credentials && { credentials: credentials.value }),
        ...(trustedCertificates !== undefined && { trustedCertificates }),
      });
    }
  }
}
