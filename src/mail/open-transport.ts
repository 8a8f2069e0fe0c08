/** Chooses the way that mails go by the setting. Promise: the answer is the same for all mails of a run. */
import type { Disk } from "../std/disk.js";
import { directoryTransport } from "./mail-directory.js";
import type { Transport } from "./message.js";
import { sendmailTransport } from "./sendmail.js";
import { smtpTransport, type SmtpSettings } from "./smtp.js";
import type { TransportSetting } from "./transport-setting.js";

export interface TransportContext {
  readonly disk: Disk;
  /** The configured sendmail program. */
  readonly sendmailProgram: string;
  /** What SMTP needs besides the server. */
  readonly smtp: Pick<SmtpSettings, "hostname" | "credentials" | "tls" | "trustedCertificates">;
  /** For one mail, from start to end. */
  readonly deadlineMs: number;
}

/** Long enough for a relay that greylists by waiting, short enough for an hourly run. */
export const defaultDeadlineMs = 120_000;

export function openTransport(setting: TransportSetting, context: TransportContext): Transport {
  const { disk, sendmailProgram, smtp, deadlineMs } = context;
  switch (setting.kind) {
    case "sendmail":
      return sendmailTransport({ program: sendmailProgram, deadlineMs });
    case "smtp":
      return smtpTransport({ ...setting, ...smtp, deadlineMs });
    case "directory":
      return directoryTransport(setting.path, disk);
  }
}
