/** The settings of mail: one `[mail]` of the configuration. */
import type { TransportSetting } from "./transport-setting.js";

export interface MailSettings {
  /** Addresses, qualified. None: the report goes to standard output. */
  readonly to: readonly string[];
  readonly from: string;
  /** "html": text, and the same as HTML beside it. */
  readonly format: "html" | "text";
  /** Whether the whole report is attached, as a page for a browser. */
  readonly attach: boolean;
  readonly transport: TransportSetting;
  readonly sendmail: string;
  /** A file of mode 0600 with the user on its first line and the password on its second. */
  readonly credentials?: string;
  /** A PEM file of certificate authorities to trust in place of the system's. */
  readonly certificateAuthorities?: string;
  /** Unset: "off" on loopback without credentials, else "verified". */
  readonly tls?: "verified" | "off";
}
