/**
 * Reads journal entries in the export format (systemd's JOURNAL_EXPORT_FORMATS) and makes a line of each.
 * Promise: one entry is one line, whatever newlines it holds; the process number is the one that journald saw.
 */
import type { PipedLine } from "../bytes/lines.js";
import { longLineLimitBytes } from "../bytes/long-line.js";
import { traditionalTime } from "../../entry/traditional-time.js";

/** One entry. Each character is one byte. */
export interface JournalEntry {
  readonly cursor: string;
  /** The line, with its newline. */
  readonly line: string;
  /** More than the line's length when a field was cut. */
  readonly trueLengthBytes: number;
}

/** The fields that a line is made of; a field may come more than once. */
const wanted = new Set([
  "__CURSOR",
  "__REALTIME_TIMESTAMP",
  "_SOURCE_REALTIME_TIMESTAMP",
  "_HOSTNAME",
  "SYSLOG_IDENTIFIER",
  "_COMM",
  "_PID",
  "MESSAGE",
]);

const lengthFieldBytes = 8;

/** The entries of an export, in order. An entry that the export breaks off in is left out. */
export async function* entriesOf(
  lines: AsyncIterable<PipedLine>,
  hostname: string,
): AsyncGenerator<JournalEntry> {
  let fields = new Map<string, string>();
  let cutBytes = 0;
  let binary: BinaryField | undefined;
  for await (const line of lines) {
    if (binary) {
      if (!binary.add(line)) continue;
      cutBytes += keep(fields, binary.name, binary.value, binary.cutBytes);
      binary = undefined;
      continue;
    }
    const lineCutBytes = line.trueLengthBytes - line.text.length;
    const text = line.text.endsWith("\n") ? line.text.slice(0, -1) : line.text;
    const equals = text.indexOf("=");
    if (equals >= 0) cutBytes += keep(fields, text.slice(0, equals), text.slice(equals + 1), lineCutBytes);
    else if (text !== "") binary = new BinaryField(text);
    else if (fields.size > 0) {
      yield entryOf(fields, hostname, cutBytes);
      fields = new Map();
      cutBytes = 0;
    }
  }
}

/** Keeps a field if it is wanted. Gives how much of it is missing from what is kept. */
function keep(fields: Map<string, string>, name: string, value: string, cutBytes: number): number {
  if (!wanted.has(name)) return 0;
  const before = fields.get(name);
  fields.set(name, before === undefined ? value : `${before}\n${value}`);
  return cutBytes;
}

/** A field with any bytes in it: after its name come 8 bytes of length, little-endian, the bytes, a newline. */
class BinaryField {
  readonly name: string;
  private pieces: string[] = [];
  private keptBytes = 0;
  private passedBytes = 0;
  /** With the length's own bytes and the last newline, once it is known. */
  private wholeBytes: number | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Adds the next line of the export; true when the field is complete. */
  add(line: PipedLine): boolean {
    this.passedBytes += line.trueLengthBytes;
    const text = line.text.slice(0, longLineLimitBytes - this.keptBytes);
    this.keptBytes += text.length;
    this.pieces.push(text);
    if (this.wholeBytes === undefined) {
      if (this.passedBytes < lengthFieldBytes) return false;
      // The length's own bytes may hold newlines: it may take several lines to have them all.
      const head = Buffer.from(this.pieces.join("").slice(0, lengthFieldBytes), "latin1");
      this.wholeBytes = lengthFieldBytes + Number(head.readBigUInt64LE()) + 1;
    }
    return this.passedBytes >= this.wholeBytes;
  }

  get value(): string {
    const end = this.cutBytes > 0 ? undefined : -1;
    return this.pieces.join("").slice(lengthFieldBytes, end);
  }

  get cutBytes(): number {
    return this.passedBytes - this.keptBytes;
  }
}

function entryOf(fields: ReadonlyMap<string, string>, hostname: string, cutBytes: number): JournalEntry {
  const microseconds = Number(fields.get("_SOURCE_REALTIME_TIMESTAMP") ?? fields.get("__REALTIME_TIMESTAMP"));
  const time = traditionalTime(Math.floor((Number.isFinite(microseconds) ? microseconds : 0) / 1_000_000));
  const host = fields.get("_HOSTNAME") ?? hostname;
  const identifier = fields.get("SYSLOG_IDENTIFIER") ?? fields.get("_COMM") ?? "unknown";
  const pid = fields.get("_PID");
  const process = pid === undefined ? identifier : `${identifier}[${pid}]`;
  const line = `${oneLine(`${time} ${host} ${process}: ${fields.get("MESSAGE") ?? ""}`)}\n`;
  return { cursor: fields.get("__CURSOR") ?? "", line, trueLengthBytes: line.length + cutBytes };
}

function oneLine(text: string): string {
  return text.includes("\n") ? text.replaceAll("\n", "\\x0a") : text;
}
