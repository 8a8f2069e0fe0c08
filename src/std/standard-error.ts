/**
 * The one door of standard error.
 * Promise: everything written is safe to look at. A path or a log line in it may be hostile, so it is escaped.
 */
import { fstatSync } from "node:fs";
import { escapedText } from "./text/escape.js";
import { formatNotice, type Notice } from "./notice.js";

/** One line each. */
export function sayNotices(notices: readonly Notice[]): void {
  for (const notice of notices) sayLine(formatNotice(notice));
}

/** A message of one or several lines, such as a stack trace; the last line needs no newline. */
export function sayText(text: string): void {
  for (const line of text.split("\n")) sayLine(line);
}

/**
 * Whether it goes to a terminal or to the journal, where a word of success costs nothing. cron mails whatever a job says,
 * and may hand its own JOURNAL_STREAM on: the stream must be the one that it names (systemd.exec(5)).
 */
export function isReadAsItComes(): boolean {
  const { JOURNAL_STREAM: journal } = process.env;
  const stats = fstatSync(2, { bigint: true });
  // node:tty takes as long to load as a hundred files of rules.
  if (stats.isCharacterDevice() && process.getBuiltinModule("node:tty").isatty(2)) return true;
  return journal === `${stats.dev}:${stats.ino}`;
}

/** One line: a newline in it is escaped like any other control character. */
function sayLine(line: string): void {
  process.stderr.write(`${escapedText(line)}\n`);
}
