/**
 * Makes a line of each entry of a condensed journal export.
 * Promise: one entry is one line, whatever newlines it holds; the process number is the one that journald saw, and the
 * one that the message claims only where journald saw none.
 */
import type { PipedLine } from "../bytes/lines.js";
import { traditionalTime } from "../../entry/traditional-time.js";
import { leftOutField } from "./condensed-export.js";

/** One entry. Each character is one byte. */
export interface JournalEntry {
  readonly cursor: string;
  /** The line, with its newline. */
  readonly line: string;
  /** More than the line's length when something of the entry was left out. */
  readonly trueLengthBytes: number;
}

/** The entries of a condensed export, in order. An entry that the export breaks off in is left out. */
export async function* entriesOf(
  lines: AsyncIterable<PipedLine>,
  hostname: string,
): AsyncGenerator<JournalEntry> {
  let fields = new Map<string, string>();
  let cutBytes = 0;
  for await (const line of lines) {
    const text = line.text.endsWith("\n") ? line.text.slice(0, -1) : line.text;
    const equals = text.indexOf("=");
    if (equals >= 0) {
      const name = text.slice(0, equals);
      cutBytes += line.trueLengthBytes - line.text.length;
      const before = fields.get(name);
      const value = text.slice(equals + 1);
      // journalctl shows further values of a field as further lines.
      fields.set(name, before === undefined ? value : `${before}\\x0a${value}`);
    } else if (fields.size > 0) {
      yield entryOf(fields, hostname, cutBytes);
      fields = new Map();
      cutBytes = 0;
    }
  }
}

function entryOf(fields: ReadonlyMap<string, string>, hostname: string, cutBytes: number): JournalEntry {
  const microseconds = Number(fields.get("_SOURCE_REALTIME_TIMESTAMP") ?? fields.get("__REALTIME_TIMESTAMP"));
  const time = traditionalTime(Math.floor((Number.isFinite(microseconds) ? microseconds : 0) / 1_000_000));
  const host = fields.get("_HOSTNAME") ?? hostname;
  const identifier = fields.get("SYSLOG_IDENTIFIER") ?? fields.get("_COMM") ?? "unknown";
  const pid = fields.get("_PID") ?? fields.get("SYSLOG_PID");
  const process = pid === undefined ? identifier : `${identifier}[${pid}]`;
  const line = `${time} ${host} ${process}: ${fields.get("MESSAGE") ?? ""}\n`;
  const leftOutBytes = Number(fields.get(leftOutField) ?? 0) + cutBytes;
  return { cursor: fields.get("__CURSOR") ?? "", line, trueLengthBytes: line.length + leftOutBytes };
}
