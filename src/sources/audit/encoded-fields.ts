/**
 * Decodes the values that the kernel and auditd write as hexadecimal digits, since somebody chose them.
 * Promise: decoded text stands in quotes, and no byte of it ends them or begins a line.
 */
import type { ByteString } from "../../std/text/byte-string.js";

/** Fields that may be encoded wherever they stand. Not "data": the keys that somebody pressed may be a password. */
const encoded =
  /(?<![^ ',{])(acct|cmd|comm|cwd|dir|exe|file|grp|key|name|new-disk|new-fs|old-disk|old-fs|path|proctitle|unit|vm|watch)=((?:[0-9A-F]{2})+)(?![^ ',}])/g;
/** The words of a command, in EXECVE alone: elsewhere "a0" is a number. */
const encodedWords = /(?<= )(a\d+(?:\[\d+\])?)=((?:[0-9A-F]{2})+)(?= |$)/g;

/** The fields of a record, with what is encoded in quotes. */
export function decodeFields(type: ByteString, fields: ByteString): ByteString {
  const decoded = fields.replaceAll(encoded, (_field, name: string, digits: string) => quoted(name, digits));
  return type === "EXECVE"
    ? decoded.replaceAll(encodedWords, (_field, name: string, digits: string) => quoted(name, digits))
    : decoded;
}

function quoted(name: string, digits: string): ByteString {
  const bytes = Buffer.from(digits, "hex").toString("latin1");
  // Words of a command line end in NUL, keys in the byte 1.
  const text = bytes.replace(/\0+$/, "").replaceAll(name === "key" ? "\x01" : "\0", " ");
  return `${name}="${escapedText(text)}"`;
}

/** Text for between quotes: controls, quotes and backslashes as `\x22`. */
export function escapedText(text: ByteString): ByteString {
  return text.replaceAll(
    // oxlint-disable-next-line no-control-regex
    /[\x00-\x1f"\\\x7f]/g,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
