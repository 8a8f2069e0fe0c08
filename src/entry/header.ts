/**
 * Reads the header of a log line: time, host, program, process.
 * Promise: every line becomes an entry; what cannot be read is left out and never makes a line disappear.
 */
import type { ByteString } from "../std/text/byte-string.js";
import type { Entry } from "./entry.js";
import { longestAccessHead, readAccessLine, readAccessStamp } from "./access-log.js";
import { caddyTimeMs, readCaddyLine } from "./caddy.js";
import { readFirewall } from "./firewall.js";
import { formTime } from "./forms/form-time.js";
import { readHaproxy } from "./haproxy.js";
import { longestStamp, readStamp } from "./stamp.js";
import { readApacheError, readNginxError } from "./web-error.js";
import type { WebRequest } from "./web-request.js";
import type { Writable } from "../std/writable.js";

const longestHost = 255;
/** syslog's own limit is 32 (RFC 3164), 48 (RFC 5424); journal identifiers may be longer. */
const longestTag = 128;

/** In: a line without its newline. Without a year in it, its time is near the reference. */
export function readEntry(line: ByteString, reference: Date): Entry {
  const stamp = readStamp(line, reference);
  if (stamp === undefined) return readUnstamped(line);
  const rest = afterSpace(line, stamp.length);
  const { timestampMs } = stamp;
  if (stamp.form === "nginx" || stamp.form === "apache") {
    const message = line.slice(rest);
    return withWeb({ timestampMs, message }, stamp.form === "nginx" ? readNginxError : readApacheError);
  }

  const hostEnd = tokenEnd(line, rest, longestHost);
  if (line[hostEnd] !== " ") return { timestampMs, message: line.slice(rest) };
  // Two blanks, or a tag at once: there is no host.
  if (hostEnd === rest || line[hostEnd - 1] === ":")
    return readHostless(line, afterSpace(line, rest), timestampMs);
  // Spreading objects here took half of the time for a line.
  const entry: Writable<Entry> = { timestampMs, message: "" };
  const tagEnd = readTag(line, hostEnd + 1, entry);
  // "2026-11-22 00:41:26,123 fail2ban.actions [812]: NOTICE …": a program's own log, without a host.
  if (tagEnd < 0 && line.startsWith(" [", hostEnd)) return { timestampMs, message: line.slice(rest) };
  const hostname = line.slice(rest, hostEnd);
  // RFC 5424's word for what is not known.
  if (hostname !== "-") entry.hostname = hostname;
  entry.message = line.slice(tagEnd < 0 ? hostEnd + 1 : afterSpace(line, tagEnd));
  return tagEnd < 0 ? entry : withDetails(entry);
}

function readHostless(line: ByteString, start: number, timestampMs: number): Entry {
  const entry: Writable<Entry> = { timestampMs, message: "" };
  const tagEnd = readTag(line, start, entry);
  entry.message = line.slice(tagEnd < 0 ? start : afterSpace(line, tagEnd));
  return tagEnd < 0 ? entry : withDetails(entry);
}

/** The same of a line of another form, whose header stands in what is read in its place. */
export function readEntryOf(line: ByteString, readAs: ByteString | undefined, reference: Date): Entry {
  if (readAs === undefined) return readEntry(line, reference);
  const { timestampMs: _, ...entry } = readEntry(readAs, reference);
  // The line itself may state its year and more than the second, or no time at all.
  const timestampMs = timeOf(line, reference);
  return { ...(timestampMs !== undefined && { timestampMs }), ...entry };
}

/** The time a line's header states, if it states one. Cheap: looks at its first bytes only, but for JSON. */
export function timestampOf(line: Uint8Array, reference: Date): number | undefined {
  const length = line[0] === openingBrace ? line.byteLength : Math.min(line.byteLength, longestAccessHead);
  return timeOf(Buffer.from(line.buffer, line.byteOffset, length).toString("latin1"), reference);
}

const openingBrace = 0x7b;

function timeOf(line: ByteString, reference: Date): number | undefined {
  const own = readStamp(line.slice(0, longestStamp), reference)?.timestampMs;
  if (own !== undefined) return own;
  const head = line.slice(0, longestAccessHead);
  return readAccessStamp(head)?.timestampMs ?? caddyTimeMs(head) ?? formTime(line, reference);
}

/** An access log's line, or "kernel: [12345.678] …", as dmesg and some consoles give it: time since boot is no time. */
function readUnstamped(line: string): Entry {
  if (line.startsWith("kernel: "))
    return withDetails({ appName: "kernel", message: line.slice("kernel: ".length) });
  const access = readAccessLine(line) ?? readCaddyLine(line);
  if (access === undefined) return { message: line };
  const { timestampMs, web } = access;
  return { timestampMs, message: line, web };
}

/**
 * What a program's messages say beside their text. Packets and connections go by the program's name: whoever logs under
 * another name cannot forge them. An access log's line is one whatever its container is called.
 */
function withDetails(entry: Entry): Entry {
  switch (entry.appName) {
    case "kernel": {
      const firewall = readFirewall(entry.message);
      return firewall ? { ...entry, firewall } : entry;
    }
    case "haproxy":
      return withWeb(entry, readHaproxy);
    case "nginx":
    case "apache2":
    case "httpd":
    case "caddy":
      return withWeb(entry, readWebServer);
    default:
      return withWeb(entry, readAccess);
  }
}

function withWeb(entry: Entry, read: (message: string) => WebRequest | undefined): Entry {
  const web = read(entry.message);
  return web ? { ...entry, web } : entry;
}

/** What a web server sends to syslog: a line of its access log or of its error log. */
function readWebServer(message: string): WebRequest | undefined {
  return readAccess(message) ?? readNginxError(message) ?? readApacheError(message);
}

function readAccess(message: string): WebRequest | undefined {
  return (readAccessLine(message) ?? readCaddyLine(message))?.web;
}

/** "sshd[812]:", "kernel:", "postfix/smtpd[9]:", "/usr/sbin/cron[9]:". Out: where it ends; -1: there is none. */
function readTag(line: string, start: number, entry: Writable<Entry>): number {
  const limit = Math.min(line.length, start + longestTag);
  let end = start;
  while (end < limit && isTagCharacter(line.charCodeAt(end))) end += 1;
  if (end === start) return -1;
  const hasProcess = line[end] === "[";
  const close = hasProcess ? line.indexOf("]", end) : end - 1;
  if (close < 0 || close > limit || line[close + 1] !== ":") return -1;
  const name = line.slice(start, end);
  // A path before the program, as FreeBSD's cron has it, is none of its name.
  entry.appName = name.startsWith("/") ? name.slice(name.lastIndexOf("/") + 1) || name : name;
  if (hasProcess) entry.procId = line.slice(end + 1, close);
  return close + 2;
}

/** Printable, but for what ends a tag. */
function isTagCharacter(code: number): boolean {
  return code > 0x20 && code < 0x7f && code !== 0x3a && code !== 0x5b && code !== 0x5d;
}

function tokenEnd(line: string, start: number, longest: number): number {
  const limit = Math.min(line.length, start + longest);
  let end = start;
  while (end < limit && line.charCodeAt(end) > 0x20) end += 1;
  return end;
}

function afterSpace(line: string, index: number): number {
  return line[index] === " " ? index + 1 : index;
}
