/**
 * Reads who asked for what from the error logs of nginx and Apache.
 * Promise: the first client that a line names is the one: the server writes it before what the client sent.
 */
import { isIP } from "../std/ip-address.js";
import { readRequestLine, withoutPort, type WebRequest } from "./web-request.js";

const longestMessage = 8192;

/** `… , client: 203.0.113.66, server: _, request: "GET /x HTTP/1.1", host: "…"`. */
export function readNginxError(message: string): WebRequest | undefined {
  const text = message.length > longestMessage ? message.slice(0, longestMessage) : message;
  const start = text.indexOf(", client: ");
  if (start < 0) return undefined;
  const address = wordFrom(text, start + ", client: ".length, ",");
  if (isIP(address) === 0) return undefined;
  const request = text.indexOf(', request: "', start);
  if (request < 0) return { address };
  return { address, ...readRequestLine(wordFrom(text, request + ', request: "'.length, '"')) };
}

/** `[core:error] [pid 8093:tid 8138] [client 203.0.113.66:45370] AH10244: …`. */
export function readApacheError(message: string): WebRequest | undefined {
  const text = message.length > longestMessage ? message.slice(0, longestMessage) : message;
  const start = text.indexOf("[client ");
  if (start < 0) return undefined;
  const client = wordFrom(text, start + "[client ".length, "]");
  // Before 2.4 there is no port.
  const address = isIP(client) === 0 ? withoutPort(client) : client;
  return isIP(address) === 0 ? undefined : { address };
}

function wordFrom(text: string, start: number, end: string): string {
  const close = text.indexOf(end, start);
  return text.slice(start, close < 0 ? undefined : close);
}
