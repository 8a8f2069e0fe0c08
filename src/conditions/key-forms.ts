/**
 * Brings what a group of a rule matched into the form by which it is known again.
 * Promise: linear on any text, and short enough to be remembered. Two long texts never have one form.
 */
import { createHash } from "node:crypto";
import { isIPv4, isIPv6 } from "../std/ip-address.js";
import type { KeyForm } from "../rules/files/directive-values.js";
import type { ByteString } from "../std/text/byte-string.js";

/** In: bytes as latin1. */
export function keyForm(text: ByteString, form: KeyForm): ByteString {
  switch (form) {
    case "exact":
      return bounded(text);
    case "masked":
      return bounded(masked(text));
    case "network":
      return bounded(networkOf(text) ?? text);
  }
}

/**
 * What varies from one run of the same thing to the next: UUIDs, suffixes of temporary files, hexadecimal numbers of
 * eight digits or more with a decimal one among them, and all other numbers. White space is folded.
 */
function masked(text: ByteString): ByteString {
  return text
    .replaceAll(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, "#")
    .replaceAll(/\btmp([._-])[A-Za-z0-9_]{6,16}\b/g, "tmp$1#")
    .replaceAll(/\b(?=[a-f]{0,31}[0-9])[0-9a-f]{8,64}\b/gi, "#")
    .replaceAll(/[0-9]+/g, "#")
    .replaceAll(/[ \t]+/g, " ")
    .trim();
}

const longestPlain = 200;
/** With the digest it is longer than any plain text: no text is the short form of another. */
const shownOfLonger = 180;

function bounded(text: ByteString): ByteString {
  if (text.length <= longestPlain) return text;
  const digest = createHash("sha256").update(text, "latin1").digest("base64url").slice(0, 22);
  return `${text.slice(0, shownOfLonger)}...${digest}`;
}

/** "192.0.0.0/16" or "2001:db8::/32"; undefined where the text is no address, such as a host's name. */
function networkOf(text: ByteString): string | undefined {
  const address = text.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (isIPv4(address)) return `${address.split(".", 2).join(".")}.0.0/16`;
  if (!isIPv6(address)) return undefined;
  const [first = "0", second = "0"] = address.startsWith("::") ? [] : address.split(":", 2);
  const group = (digits: string): string => parseInt(digits || "0", 16).toString(16);
  return `${group(first)}:${group(second)}::/32`;
}
