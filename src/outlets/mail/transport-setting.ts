/** Reads the `transport` setting. Promise: what it does not know it refuses, before anything is mailed. */
import { isIPv6 } from "../../std/ip-address.js";
import { isAbsolute } from "node:path";
import type { Parsed } from "../../std/parsed.js";

/** Where mail goes. */
export type TransportSetting =
  | { readonly kind: "sendmail" }
  | {
      readonly kind: "smtp";
      readonly host: string;
      readonly port: number;
      /** TLS from the first byte (`smtps:`), not by STARTTLS. */
      readonly isTlsFromStart: boolean;
    }
  /** Every mail becomes an .eml file in this directory. */
  | { readonly kind: "directory"; readonly path: string };

const expected = '"sendmail", "smtp://host:port", "smtps://host:port" or "file:/directory"';

/** In: the setting as written. Ports default to 25 for smtp and 465 for smtps. */
export function parseTransport(text: string): Parsed<TransportSetting> {
  if (text === "sendmail") return { ok: true, value: { kind: "sendmail" } };
  if (text.startsWith("file:")) {
    const path = text.slice("file:".length).replace(/^\/\/(?=\/)/, "");
    if (!isAbsolute(path) || path.includes("\0"))
      return { ok: false, expected: 'an absolute path after "file:"' };
    return { ok: true, value: { kind: "directory", path } };
  }
  const [, scheme, bracketed, name, portDigits] =
    /^(smtps?):\/\/(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+))(?::(\d{1,5}))?\/?$/.exec(text) ?? [];
  const host = bracketed ?? name;
  if (host === undefined || (bracketed !== undefined && !isIPv6(bracketed))) return { ok: false, expected };
  const isTlsFromStart = scheme === "smtps";
  const port = portDigits === undefined ? (isTlsFromStart ? 465 : 25) : Number(portDigits);
  if (port < 1 || port > 65_535) return { ok: false, expected: "a port from 1 to 65535" };
  return { ok: true, value: { kind: "smtp", host, port, isTlsFromStart } };
}

/** Whether what is sent to this host stays on the machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** The way that mail takes, in words that stand after "It goes". */
export function transportText({
  transport,
  sendmail,
}: {
  readonly transport: TransportSetting;
  readonly sendmail: string;
}): string {
  switch (transport.kind) {
    case "sendmail":
      return `through ${sendmail}`;
    case "directory":
      return `into the directory ${transport.path}`;
    case "smtp": {
      const { host, port, isTlsFromStart } = transport;
      const name = host.includes(":") ? `[${host}]` : host;
      return `by ${isTlsFromStart ? "smtps" : "smtp"}://${name}:${port}`;
    }
  }
}
