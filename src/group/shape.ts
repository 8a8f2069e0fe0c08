/**
 * Finds what lines that read alike have in common: the message with all that varies left out.
 * Promise: bounded work for any line, whatever an attacker wrote into it.
 */
import { createHash } from "node:crypto";
import type { Entry } from "../entry/entry.js";
import type { WebRequest } from "../entry/web-request.js";
import type { ByteString } from "../std/byte-string.js";

/** Two messages that begin alike for this many characters read alike. */
const lookedAtCharacters = 512;
const longestQuote = 128;

/** What begins the command that a user ran: of sudo, cron, doas and the audit log. What it quotes says what happened. */
const commandStart = /COMMAND=|CMD(?:END)? \(| ran command |\bcmd=|\bproctitle=|\ba\d{1,4}=/;
/** Further characters of a command differ when their digests do. */
const commandCharacters = 2048;

/** What a character can be; a token's traits are those of its characters together. */
const digit = 1;
const letter = 2;
/** Joints hold a token together when they stand between letters or digits. */
const dot = 4;
const colon = 8;
const at = 16;
const otherJoint = 32;
const joints = dot | colon | at | otherJoint;

/** The trait of each latin1 byte, 0 for punctuation; the bytes of longer UTF-8 sequences count as letters. */
const traits = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9]/.test(character)) return digit;
  if (/[A-Za-z_\x80-\xff]/.test(character)) return letter;
  return { ".": dot, ":": colon, "@": at, "+": otherJoint, "-": otherJoint }[character] ?? 0;
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
export function shapeOf({ appName, message, firewall, web }: Entry): ByteString {
  const program = appName === undefined ? "" : `${appName}: `;
  if (web?.status !== undefined) return program + shapeOfRequest(web, web.status);
  if (firewall)
    return `${program}${firewall.prefix} ${firewall.direction} ${firewall.protocol ?? ""}`.trimEnd();
  return program + shapeOfMessage(message);
}

/** Requests for one page, with one outcome, read alike whoever sent them, and whatever else was asked for. */
function shapeOfRequest({ method, path = "" }: WebRequest, status: number): string {
  if (method === undefined) return `no request ${status}`;
  return `${method} ${shapeOfText(path.slice(0, lookedAtCharacters), "keeps quotes")} ${status}`;
}

function shapeOfMessage(message: string): string {
  const start = message.search(commandStart);
  if (start < 0) return shapeOfText(message.slice(0, lookedAtCharacters), "folds quotes");
  const end = start + commandCharacters;
  const before = shapeOfText(message.slice(0, Math.min(start, lookedAtCharacters)), "folds quotes");
  const command = shapeOfText(message.slice(start, end), "keeps quotes");
  return before + command + (message.length > end ? `~${digestOf(message.slice(end))}` : "");
}

/** Digits left out. */
function digestOf(text: string): string {
  return createHash("sha256").update(text.replaceAll(/\d+/g, "#")).digest("hex").slice(0, 16);
}

/** A run of letters and digits, with joints between them: "192.0.2.7", "user@example.org". */
interface Token {
  readonly start: number;
  readonly end: number;
  readonly traits: number;
}

function shapeOfText(text: string, quotes: "folds quotes" | "keeps quotes"): string {
  let shape = "";
  /** Where the text begins that has not been copied to the shape. */
  let keptFrom = 0;
  let previous: Token = { start: 0, end: 0, traits: 0 };
  for (let index = 0; index < text.length;) {
    if (isWordAt(text, index)) {
      const token = readToken(text, index);
      const stand = namesSomeone(text, token, previous) ? "*" : standInFor(text, token);
      if (stand !== undefined) {
        shape += text.slice(keptFrom, index) + stand;
        keptFrom = token.end;
      }
      previous = token;
      index = token.end;
    } else {
      const end = quotes === "folds quotes" ? quotedEnd(text, index) : index + 1;
      if (end > index + 1) {
        shape += `${text.slice(keptFrom, index + 1)}*`;
        keptFrom = end - 1;
      }
      index = end;
    }
  }
  return shape + text.slice(keptFrom);
}

function traitAt(text: string, index: number): number {
  return traits[text.charCodeAt(index)] ?? 0;
}

function isWordAt(text: string, index: number): boolean {
  return (traitAt(text, index) & (letter | digit)) !== 0;
}

function readToken(text: string, start: number): Token {
  let end = start;
  let seen = 0;
  for (;;) {
    const trait = traitAt(text, end);
    if ((trait & joints) === 0) {
      if (trait === 0) return { start, end, traits: seen };
      end += 1;
    } else if (isWordAt(text, end + 1)) {
      end += 1;
    } else if (trait === colon && text[end + 1] === ":" && isWordAt(text, end + 2)) {
      // IPv6 leaves out a run of zeros.
      end += 2;
    } else {
      return { start, end, traits: seen };
    }
    seen |= trait;
  }
}

/** After the closing quote if a quotation opens here, else after this one character. */
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
function namesSomeone(text: string, { start, end }: Token, previous: Token): boolean {
  if (previous.end !== start - 1) return false;
  if (text[start - 1] === "=") return namingKeys.has(text.slice(previous.start, previous.end));
  if (text[start - 1] !== " ") return false;
  const length = previous.end - previous.start;
  if (length === 4) return text.startsWith("user", previous.start);
  return length === 3 && text.startsWith("for", previous.start) && text.startsWith(" from ", end);
}

/** What stands for a token in the shape; undefined when it stands for itself. */
function standInFor(text: string, { start, end, traits: seen }: Token): string | undefined {
  if (seen === letter) return end - start >= 8 && isHexWord(text.slice(start, end)) ? "#" : undefined;
  if ((seen & letter) === 0) return "#";
  const token = text.slice(start, end);
  if ((seen & colon) !== 0 && /^[0-9a-fA-F]+(?::{1,2}[0-9a-fA-F]+){2,}$/.test(token)) return "#";
  if ((seen & (dot | at)) !== 0 && isHostOrMailbox(token)) return "*";
  if ((seen & digit) === 0) return undefined;
  return token
    .replaceAll(/[^.:@+-]+/g, (part) => (/[0-9]/.test(part) || isHexWord(part) ? "#" : part))
    .replaceAll(/#(?:[.:+-]+#)+/g, "#");
}

/** Eight letters from a to f in a row are an identifier, not a word. */
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
