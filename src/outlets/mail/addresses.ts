/**
 * Reads the mail addresses that a user configured.
 * Promise: one address in, one address out, or a reason; nothing in it can add a header, a recipient or an option.
 */
import type { Parsed } from "../../std/parsed.js";

/** RFC 5321: a local part of 64 octets, a path of 256 with its brackets. */
const maxLocalPartLength = 64;
const maxAddressLength = 254;

// A dot-atom (RFC 5322 3.2.3). Quoted local parts are legal and unused, and they are what injection is made of.
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainName =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/;
const domainLiteral = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]+)\]$/;

/** In: one address, without a name; `root` is qualified with the host's full name. Out: local@domain. */
export function parseAddress(text: string, hostname: string): Parsed<string> {
  const at = text.lastIndexOf("@");
  const local = at < 0 ? text : text.slice(0, at);
  const domain = at < 0 ? hostname : text.slice(at + 1);
  const address = `${local}@${domain}`;
  if (/[\r\n]/.test(text)) return refused("an address without a line break");
  if (/[,;]/.test(text)) return refused("one address (write several as a list)");
  if (/[<>]/.test(text)) return refused('an address alone, without a name: "root@example.org"');
  const isWellFormed = localPart.test(local) && (domainName.test(domain) || domainLiteral.test(domain));
  if (!isWellFormed || local.length > maxLocalPartLength || address.length > maxAddressLength)
    return refused('an address such as "root" or "ops@example.org"');
  return { ok: true, value: address };
}

function refused(expected: string): { readonly ok: false; readonly expected: string } {
  return { ok: false, expected };
}
