/** Notices on standard error. */
import { escaped } from "./escape.js";
import { formatNotice, type Notice } from "./notice.js";

/** One line each. A path in it may be hostile: control characters are shown as escapes. */
export function sayNotices(notices: readonly Notice[]): void {
  for (const notice of notices) {
    process.stderr.write(`${escaped(Buffer.from(formatNotice(notice)).toString("latin1"))}\n`);
  }
}
