/**
 * Reads what sshd says of a login: refused, let in, ended.
 * Promise: whatever name a stranger tried, the address is the one that sshd wrote. All forms since OpenSSH 5.9.
 */
import { isIP } from "../std/ip-address.js";
import type { ByteString } from "../std/text/byte-string.js";
import type { Entry } from "./entry.js";

export type LoginEvent = {
  readonly address: ByteString;
  /** Who was tried, or let in. May be anything, and is empty where somebody tried no name. */
  readonly user: ByteString;
  /** Of the other side; tells one connection from another. */
  readonly port?: ByteString;
} & (
  | {
      readonly kind: "refused";
      /** How many attempts the line tells of. 0: it tells of one that other lines of the connection may tell of, too. */
      readonly attempts: number;
    }
  | { readonly kind: "let in" | "ended" }
);

/** EREs for lines that such events are read from, whatever rules say of them. */
export const loginMarkers: readonly string[] = [
  "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sshd(-session|-auth)?(\\[[0-9]+\\])?: " +
    "(Accepted |Failed |Invalid user |User .* not allowed because |message repeated [0-9]+ times: \\[ Failed |" +
    "error: maximum authentication attempts |(Connection (closed|reset) by|Disconnect(ed|ing)( from)?) (authenticating |invalid )?user )",
];

/** Of a message. sshd itself writes no more than this of a name. */
const longestMessage = 1024;
/** So many times the same is more than rsyslog ever says. */
const mostRepeated = 100_000;

const repeated = /^message repeated (\d{1,9}) times: \[ ?(.*)\]$/;
/** A name may have " from " in it: the last one is sshd's own. */
const failed = /^Failed (\S+) for (?:invalid user |illegal user )?(.*) from (\S+) port (\d+)(?: ssh2?)?$/;
const accepted = /^Accepted \S+ for (\S+) from (\S+) port (\d+)(?: ssh2?)?(?:: .*)?$/;
const ended = /^(?:Disconnected from|Connection (?:closed|reset) by) user (\S+) (\S+) port (\d+)$/;
/** What is said of a try beside "Failed", or in its place. */
const tried = [
  /^Invalid user (.*) from (\S+?)(?: port (\d+))?$/,
  /^User (.*) from (\S+) not allowed because /,
  /^error: maximum authentication attempts exceeded for (?:invalid user )?(.*) from (\S+) port (\d+)/,
  /^(?:Connection (?:closed|reset) by|Disconnect(?:ed|ing)(?: from)?) (?:authenticating|invalid) user (.*) (\S+) port (\d+)(?:: .*)?(?: \[preauth\])?$/,
];

/** Undefined for what is no such line. */
export function loginEventOf({ appName, message }: Entry): LoginEvent | undefined {
  if (appName !== "sshd" && appName !== "sshd-session" && appName !== "sshd-auth") return undefined;
  if (message.length > longestMessage) return undefined;
  const [, times, inner] = repeated.exec(message) ?? [];
  const text = inner ?? message;
  const event = refusedIn(text, Math.min(mostRepeated, Number(times ?? 1))) ?? sessionIn(text);
  return event && isIP(event.address) !== 0 ? event : undefined;
}

function refusedIn(text: string, times: number): LoginEvent | undefined {
  const [, method, user, address, port] = failed.exec(text) ?? [];
  if (user !== undefined && address !== undefined && port !== undefined)
    // "none" is how a client asks what there is.
    return { kind: "refused", user, address, port, attempts: method === "none" ? 0 : times };
  for (const form of tried) {
    const [, name, from, itsPort] = form.exec(text) ?? [];
    if (name !== undefined && from !== undefined)
      return { kind: "refused", user: name, address: from, ...(itsPort && { port: itsPort }), attempts: 0 };
  }
  return undefined;
}

function sessionIn(text: string): LoginEvent | undefined {
  for (const [kind, form] of [
    ["let in", accepted],
    ["ended", ended],
  ] as const) {
    const [, user, address, port] = form.exec(text) ?? [];
    if (user !== undefined && address !== undefined && port !== undefined)
      return { kind, user, address, port };
  }
  return undefined;
}
