/**
 * Finds what a message names, by the words that daemons put before it: an address, a user, a page, a reason.
 * Promise: bounded work for each line. An address is one that parses; where a stranger chose a user's name, it is not
 * taken for the address.
 */
import { isIP } from "../std/ip-address.js";
import type { ByteString } from "../std/text/byte-string.js";
import type { Entry } from "./entry.js";
import type { FirewallPacket } from "./firewall.js";
import { networkOf } from "./network.js";

export const fields = ["address", "network", "user", "path", "agent", "port", "reason"] as const;
export type Field = (typeof fields)[number];

/** Of a message. */
const lookedAtCharacters = 2048;

/** What an entry says under this name; undefined where it says nothing. */
export function fieldOf(entry: Entry, field: Field): ByteString | undefined {
  switch (field) {
    case "address":
      return addressOf(entry);
    case "network": {
      const address = addressOf(entry);
      return address === undefined ? undefined : networkOf(address);
    }
    case "user":
      // Of an access log a request's text is no message; an error log names the user in one.
      if (entry.web?.status !== undefined) return entry.web.user;
      return userOf(entry.message.slice(0, lookedAtCharacters));
    case "path":
      return entry.web?.path;
    case "agent":
      return entry.web?.agent === "" ? "(none)" : entry.web?.agent;
    case "port":
      return entry.firewall && portOf(entry.firewall);
    case "reason":
      return reasonOf(entry.message.slice(0, lookedAtCharacters));
  }
}

/** "22/TCP"; the protocol where it has no ports. */
export function portOf({ destinationPort, protocol = "?" }: FirewallPacket): ByteString {
  return destinationPort === undefined ? protocol : `${destinationPort}/${protocol}`;
}

/** Of the other side: who sent the packet, or whom it was sent to. */
export function addressOfPacket({
  direction,
  sourceAddress,
  destinationAddress,
}: FirewallPacket): ByteString | undefined {
  return direction === "outbound" ? destinationAddress : sourceAddress;
}

function addressOf({ firewall, web, message }: Entry): ByteString | undefined {
  if (firewall) return addressOfPacket(firewall);
  if (web) return web.address;
  const text = message.slice(0, lookedAtCharacters);
  return keyedAddress(text) ?? addressAfter(text, " from ") ?? bracketed(text) ?? anyAddress(text);
}

/** The keys of PAM, dovecot and the audit log. */
function keyedAddress(text: string): string | undefined {
  for (const [, value = ""] of text.matchAll(/\b(?:rhost|rip|addr|client)=([^ ,;>"']{1,64})/g))
    if (isIP(value) !== 0) return value;
  return undefined;
}

/** "from 192.0.2.7 port 4711", "from mail.example.org[192.0.2.7]": the last, since a name may come before it. */
function addressAfter(text: string, word: string): string | undefined {
  const start = text.lastIndexOf(word);
  if (start < 0) return undefined;
  const token = wordAt(text, start + word.length);
  const open = token.indexOf("[");
  return asAddress(open < 0 ? token : token.slice(open + 1, token.indexOf("]", open)));
}

/** "mail.example.org [192.0.2.7]" of exim, proftpd and others. */
function bracketed(text: string): string | undefined {
  for (const [, value = ""] of text.matchAll(/\[([0-9a-fA-F.:]{2,45})\]/g))
    if (isIP(value) !== 0) return value;
  return undefined;
}

function anyAddress(text: string): string | undefined {
  for (const [value] of text.matchAll(/(?<![\w.:-])[0-9a-fA-F.:]{2,48}(?![\w-])/g)) {
    const address = asAddress(value);
    if (address !== undefined) return address;
  }
  return undefined;
}

/** Without the port or the mark after it. */
function asAddress(token: string): string | undefined {
  if (isIP(token) !== 0) return token;
  const bare = token.replace(/[.:,;)]+$/, "");
  if (isIP(bare) !== 0) return bare;
  const withoutPort = bare.slice(0, bare.lastIndexOf(":"));
  return isIP(withoutPort) === 4 ? withoutPort : undefined;
}

function wordAt(text: string, start: number): string {
  const end = text.indexOf(" ", start);
  return text.slice(start, end < 0 ? undefined : end);
}

const userPatterns = [
  // sshd: who tried, before "from"; a name of several words is none.
  / for (?:invalid user |illegal user )?([^ ]{0,64}) from /,
  /\b[Ii](?:nvalid|llegal) user ([^ ]{0,64}) from /,
  // PAM, dovecot, audit: the first that is not empty. PAM writes "ruser=" before "user=".
  /(?:^|[ ,(])user=<?([^ ,;<>]{1,64})/,
  /\bacct="([^"]{1,64})"/,
  // Apache's and nginx' basic authentication, proftpd, others.
  /\b(?:user|USER|User|account|login) ['"]?([^ '":,;\]]{1,64})['"]?[ :]/,
];

function userOf(text: string): string | undefined {
  for (const pattern of userPatterns) {
    const user = pattern.exec(text)?.[1];
    if (user !== undefined) return user === "" ? "(none)" : user;
  }
  return undefined;
}

/**
 * Why mail was refused: "554 5.7.1 Service unavailable; Client host blocked using zen.example.org", "Unrouteable address".
 * What differs from mail to mail is left out: whose it was, from where, for whom.
 */
function reasonOf(text: string): string | undefined {
  const start = /\breject(?:ed)?\b|\bverify (?:fail|defer)\b|\bauthenticator failed\b/.exec(text);
  if (start === null) return undefined;
  const rest = text.slice(start.index);
  // SMTP's own codes begin it, "554 5.7.1" or "5.7.1" alone; exim has none.
  const said = /: ([45](?:\d\d|\.\d{1,3}\.\d{1,3}) .*)/.exec(rest)?.[1] ?? /: (.*)/.exec(rest)?.[1];
  const reason = said
    ?.replaceAll(/<[^<>]*>:? ?|\[[^[\]]*\] ?/g, "")
    .replace(/(\bblocked using [^ ;]+).*/, "$1")
    .split(/;? (?:from=|\(?https?:|\(set_id=)/, 1)[0]
    ?.trim();
  return reason === "" ? undefined : reason;
}
