/**
 * Finds what lines that read alike have in common: the message with all that varies left out.
 * Promise: bounded work for any line, whatever an attacker wrote into it.
 */
import type { Entry } from "../entry/entry.js";

/** Two messages that begin alike for this many characters read alike. */
const lookedAtCharacters = 512;
const longestQuote = 128;

const punctuation = 0;
const letter = 1;
const digit = 2;
/** Holds a token together when it stands between letters or digits. */
const joint = 3;

/** What kind of character each latin1 byte is; the bytes of longer UTF-8 sequences count as letters. */
const kinds = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9]/.test(character)) return digit;
  if (/[A-Za-z_\x80-\xff]/.test(character)) return letter;
  return /[.:@+-]/.test(character) ? joint : punctuation;
});

const closingQuotes = new Map([
  ["'", "'"],
  ['"', '"'],
  ["`", "'"],
  ["<", ">"],
]);

/** Keys whose value names a person or a machine. Other values say what happened, and stay. */
const namingKeys = new Set(["user", "ruser", "logname", "rhost", "acct", "helo", "addr", "from", "to"]);

/** Endings of systemd's units, which look like host names and are none. */
const unitEndings = new Set(["service", "socket", "timer", "mount", "target", "slice", "scope", "device"]);

/**
 * The shape of an entry. "#" stands for a number, an address or an identifier with a digit in it,
 * "*" for a name: quoted, of a host or mailbox, or of a user.
 */
export function shapeOf({ appName, message, firewall }: Entry): string {
  const program = appName === undefined ? "" : `${appName}: `;
  if (firewall)
    return `${program}${firewall.prefix} ${firewall.direction} ${firewall.protocol ?? ""}`.trimEnd();
  return program + shapeOfText(message);
}

function shapeOfText(message: string): string {
  const text = message.length > lookedAtCharacters ? message.slice(0, lookedAtCharacters) : message;
  let shape = "";
  /** Where the text begins that has not been copied to the shape. */
  let keptFrom = 0;
  let previous = "";
  for (let index = 0; index < text.length;) {
    const isToken = isWordAt(text, index);
    const end = isToken ? tokenEnd(text, index) : quotedEnd(text, index);
    if (isToken) {
      const token = text.slice(index, end);
      const stand = isName(text, index, end, previous) ? "*" : standInFor(token);
      if (stand !== token) {
        shape += text.slice(keptFrom, index) + stand;
        keptFrom = end;
      }
      previous = token;
    } else if (end > index + 1) {
      shape += `${text.slice(keptFrom, index + 1)}*`;
      keptFrom = end - 1;
    }
    index = end;
  }
  return shape + text.slice(keptFrom);
}

function isWordAt(text: string, index: number): boolean {
  const kind = kinds[text.charCodeAt(index)];
  return kind === letter || kind === digit;
}

/** Behind a run of letters and digits, with joints between them: "192.0.2.7", "user@example.org". */
function tokenEnd(text: string, start: number): number {
  let end = start + 1;
  for (;;) {
    if (isWordAt(text, end)) end += 1;
    else if (kinds[text.charCodeAt(end)] !== joint) return end;
    else if (isWordAt(text, end + 1)) end += 2;
    // IPv6 leaves out a run of zeros.
    else if (text.startsWith("::", end) && isWordAt(text, end + 2)) end += 3;
    else return end;
  }
}

/** Behind the closing quote if a quotation opens here, else behind this one character. */
function quotedEnd(text: string, start: number): number {
  const next = start + 1;
  const opening = text[start] ?? "";
  const closing = closingQuotes.get(opening);
  // The apostrophe of "can't" opens nothing.
  if (closing === undefined || (opening !== "<" && isWordAt(text, start - 1))) return next;
  const close = text.indexOf(closing, next);
  if (close <= next || close - start > longestQuote) return next;
  return closing !== ">" && isWordAt(text, close + 1) ? next : close + 1;
}

/** Whether the words around a token say that it names someone. */
function isName(text: string, start: number, end: number, previous: string): boolean {
  if (text[start - 1] === "=") return namingKeys.has(previous);
  if (text[start - 1] !== " " || !text.startsWith(previous, start - 1 - previous.length)) return false;
  return previous === "user" || (previous === "for" && text.startsWith(" from ", end));
}

function standInFor(token: string): string {
  const hasDigit = /[0-9]/.test(token);
  if (!hasDigit && !/[.:@]/.test(token)) return isHexWord(token) ? "#" : token;
  if (/^[0-9a-fA-F]*(?::{1,2}[0-9a-fA-F]+){2,}$/.test(token)) return "#";
  if (isHostOrMailbox(token)) return "*";
  if (!hasDigit) return token;
  return token
    .replaceAll(/[^.:@+-]+/g, (part) => (/[0-9]/.test(part) || isHexWord(part) ? "#" : part))
    .replaceAll(/#(?:[.:+-]+#)+/g, "#");
}

/** Ten letters from a to f in a row are an identifier, not a word. */
function isHexWord(part: string): boolean {
  return part.length >= 8 && /^[a-fA-F]+$/.test(part);
}

/** "mx1.example.org", "ops@example.org". Not a unit, a file or a bus name ("org.freedesktop.login1"). */
function isHostOrMailbox(token: string): boolean {
  const ending = /\.([A-Za-z]{2,24})$/.exec(token)?.[1];
  if (token.includes("@")) return ending === undefined || !unitEndings.has(ending);
  if (ending === undefined || unitEndings.has(ending)) return false;
  return token.indexOf(".") !== token.lastIndexOf(".") && !/^(?:org|com|net)\./.test(token);
}
