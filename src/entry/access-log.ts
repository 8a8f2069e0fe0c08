/**
 * Reads access logs: common, combined and vhost_combined, of Apache, nginx and whatever else writes them.
 * Promise: linear in the line, and only in its first 8 KiB; a quote that a client sent is escaped by the server, and ends
 * nothing.
 *
 * https://httpd.apache.org/docs/2.4/logs.html#accesslog, https://nginx.org/en/docs/http/ngx_http_log_module.html
 */
import { isIP } from "../std/ip-address.js";
import type { Writable } from "../std/writable.js";
import { utcTime } from "./civil-time.js";
import { monthNames } from "./months.js";
import { numberAt, offsetAt, timeAt } from "./stamp.js";
import { isSaid, readRequestLine, withoutPort, type WebRequest } from "./web-request.js";

/** In bytes: where a site, an address and a user must have ended, and the time too. */
export const longestAccessHead = 512;
const longestLine = 8192;

export interface AccessLine {
  readonly timestampMs: number;
  readonly web: WebRequest;
}

interface AccessStamp {
  readonly timestampMs: number;
  /** Where " [" stands, and what follows "] ". */
  readonly start: number;
  readonly end: number;
}

/** `203.0.113.66 - - [22/Nov/2026:00:41:26 +0100] "GET / HTTP/1.1" 200 612 "-" "Mozilla/5.0"`, or undefined. */
export function readAccessLine(line: string): AccessLine | undefined {
  const stamp = readAccessStamp(line);
  if (stamp === undefined) return undefined;
  const text = line.length > longestLine ? line.slice(0, longestLine) : line;
  const request = quotedAt(text, stamp.end);
  const client = readClient(text.slice(0, stamp.start));
  if (request === undefined || client === undefined) return undefined;
  const status = numberAt(text, request.end + 1, 3);
  if (status === undefined || text[request.end] !== " " || !isBlankAt(text, request.end + 4))
    return undefined;

  const sizeEnd = text.indexOf(" ", request.end + 5);
  const referrer = sizeEnd < 0 ? undefined : quotedAt(text, sizeEnd + 1);
  const agent = referrer && quotedAt(text, referrer.end + 1);
  // Spreading objects here took most of the time for a line.
  const web: Writable<WebRequest> = client;
  const { method, path, query } = readRequestLine(request.text);
  if (method !== undefined) web.method = method;
  if (path !== undefined) web.path = path;
  if (query !== undefined) web.query = query;
  web.status = status;
  if (isSaid(referrer?.text)) web.referrer = referrer.text;
  if (agent !== undefined) web.agent = agent.text === "-" ? "" : agent.text;
  return { timestampMs: stamp.timestampMs, web };
}

/** " [22/Nov/2026:00:41:26 +0100] " in the first bytes of a line; its time is that of its zone. */
export function readAccessStamp(line: string): AccessStamp | undefined {
  const head = line.length > longestAccessHead ? line.slice(0, longestAccessHead) : line;
  const start = head.indexOf(" [");
  if (start < 1 || head[start + 4] !== "/" || head[start + 8] !== "/" || head[start + 13] !== ":")
    return undefined;
  const month = monthNames.indexOf(head.slice(start + 5, start + 8));
  const [day, year] = [numberAt(head, start + 2, 2), numberAt(head, start + 9, 4)];
  const time = timeAt(head, start + 14);
  const offset = offsetAt(head, start + 23);
  if (day === undefined || year === undefined || time === undefined || offset === undefined) return undefined;
  const close = start + 23 + offset.length;
  if (month < 0 || head[start + 22] !== " " || head[close] !== "]" || head[close + 1] !== " ")
    return undefined;
  const timestampMs = utcTime({ year, month, day }, time, 0, offset.minutes);
  return timestampMs === undefined ? undefined : { timestampMs, start, end: close + 2 };
}

/** "203.0.113.66 - joe", with a site before it where the second word is the address. A user may have blanks in it. */
function readClient(head: string): Writable<WebRequest> | undefined {
  const words = head.split(" ");
  const [first = "", second = "", third] = words;
  if (first === "" || third === undefined) return undefined;
  const hasSite = isIP(first) === 0 && words.length > 3 && (isIP(second) !== 0 || third === "-");
  const client: Writable<WebRequest> = { address: hasSite ? second : first };
  if (hasSite) client.virtualHost = first.includes(":") ? withoutPort(first) : first;
  const user = words.length > (hasSite ? 4 : 3) ? words.slice(hasSite ? 3 : 2).join(" ") : words.at(-1);
  if (isSaid(user)) client.user = user;
  return client;
}

/** What stands between quotes, without them, and where the text goes on after the closing one. */
function quotedAt(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  if (text[start] !== '"') return undefined;
  let close = text.indexOf('"', start + 1);
  while (close >= 0 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close < 0 ? undefined : { text: text.slice(start + 1, close), end: close + 1 };
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(text: string, index: number): boolean {
  let start = index;
  while (text.charCodeAt(start - 1) === 0x5c) start -= 1;
  return (index - start) % 2 === 1;
}

function isBlankAt(text: string, index: number): boolean {
  return index >= text.length || text[index] === " ";
}
