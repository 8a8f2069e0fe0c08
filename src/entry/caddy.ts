/**
 * Reads Caddy's access log, which is JSON.
 * Promise: only a whole document of the access logger counts; what a client sent is a string in it, and nothing else.
 *
 * https://caddyserver.com/docs/caddyfile/directives/log
 */
import { bytesOfText } from "../std/text/byte-string.js";
import { isObject } from "../std/json-shape.js";
import { isSaid, readRequestLine, withoutPort } from "./web-request.js";
import type { AccessLine } from "./access-log.js";

/** How far into the line the logger's name stands. */
const longestHead = 160;

/** Whether a line may be one, by its first bytes. */
function isCaddyAccess(line: string): boolean {
  return line.startsWith("{") && line.slice(0, longestHead).includes('"logger":"http.log.access');
}

/** In: the line's bytes as latin1. Undefined where it is no document of that logger. */
export function readCaddyLine(line: string): AccessLine | undefined {
  if (!isCaddyAccess(line)) return undefined;
  const { ts, request, status } = documentOf(line);
  if (typeof ts !== "number" || !isObject(request) || typeof status !== "number") return undefined;
  const { client_ip: clientAddress, remote_ip: remoteAddress, host, method, uri } = request;
  const address = typeof clientAddress === "string" ? clientAddress : remoteAddress;
  if (typeof address !== "string" || typeof method !== "string" || typeof uri !== "string") return undefined;
  const headers = isObject(request.headers) ? request.headers : {};
  const site = typeof host === "string" ? siteOf(bytesOfText(host)) : undefined;
  const referrer = firstOf(headers.Referer);
  return {
    timestampMs: ts * 1000,
    web: {
      address: bytesOfText(address),
      ...(isSaid(site) && { virtualHost: site }),
      ...readRequestLine(bytesOfText(`${method} ${uri}`)),
      status,
      ...(isSaid(referrer) && { referrer }),
      agent: firstOf(headers["User-Agent"]) ?? "",
    },
  };
}

/** The time of a line whose first bytes are given: a document that is cut is none. */
export function caddyTimeMs(head: string): number | undefined {
  if (!isCaddyAccess(head)) return undefined;
  const seconds = Number(/^\{"level":"[a-z]+","ts":(\d{1,12}(?:\.\d{1,9})?),/.exec(head)?.[1]);
  return Number.isNaN(seconds) ? undefined : seconds * 1000;
}

function documentOf(line: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(Buffer.from(line, "latin1").toString());
    return isObject(document) ? document : {};
  } catch {
    return {};
  }
}

function firstOf(values: unknown): string | undefined {
  const [first] = Array.isArray(values) ? (values as unknown[]) : [];
  return typeof first === "string" ? bytesOfText(first) : undefined;
}

function siteOf(host: string): string {
  return /:\d+$/.test(host) ? withoutPort(host) : host;
}
