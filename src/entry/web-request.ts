/**
 * What a web server's log says about one request.
 * Promise: each field is what the server wrote between its own quotes and brackets; what a client sent never ends one.
 */
import type { ByteString } from "../std/text/byte-string.js";

export interface WebRequest {
  /** Of the client, without its port; a name where the server looks names up. */
  readonly address: ByteString;
  /** The site that was asked for, without its port. */
  readonly virtualHost?: ByteString;
  /** Who logged in, or tried to, by the server's own passwords. */
  readonly user?: ByteString;
  /** Left out: what was sent is no request, such as a handshake on the wrong port. */
  readonly method?: ByteString;
  /** Without its query. Where what was sent is no request, all of that. */
  readonly path?: ByteString;
  /** What stands after the "?". */
  readonly query?: ByteString;
  /** Left out in an error log. */
  readonly status?: number;
  readonly referrer?: ByteString;
  /** What the client calls itself. Empty where it sent nothing. */
  readonly agent?: ByteString;
}

/** The parts of "GET /a?b=c HTTP/1.1". */
export function readRequestLine(request: string): Pick<WebRequest, "method" | "path" | "query"> {
  const methodEnd = request.indexOf(" ");
  const lastBlank = request.lastIndexOf(" ");
  const hasProtocol = lastBlank > methodEnd && request.startsWith("HTTP/", lastBlank + 1);
  const method = request.slice(0, Math.max(methodEnd, 0));
  if (!isMethod(method)) return { path: request };
  const target = request.slice(methodEnd + 1, hasProtocol ? lastBlank : undefined);
  const mark = target.indexOf("?");
  if (mark < 0) return { method, path: target };
  return { method, path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Longer than any that is registered: "BASELINE-CONTROL". */
const longestMethod = 20;

function isMethod(text: string): boolean {
  if (text.length === 0 || text.length > longestMethod) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // A letter of either case, "-" or "_".
    if (!((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x2d || code === 0x5f))
      return false;
  }
  return true;
}

/** "203.0.113.66:40112", "[2001:db8::1]:40112", "2001:db8::1:40112": without the port. */
export function withoutPort(text: string): string {
  if (text.startsWith("[")) return text.slice(1, Math.max(1, text.indexOf("]")));
  const colon = text.lastIndexOf(":");
  return colon < 0 ? text : text.slice(0, colon);
}

/** A field that holds "-" or nothing says nothing. */
export function isSaid(value: ByteString | undefined): value is ByteString {
  return value !== undefined && value !== "-" && value !== "";
}
