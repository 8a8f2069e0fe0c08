/**
 * Makes the bytes of a log line safe to look at, on a terminal and in a mail.
 * Promise: the result is printable, different lines look different, and plain text stays as it was.
 *
 * `\x1b` stands for one byte: a C0 control, DEL, or a byte that is not valid UTF-8.
 * `\u{202e}` stands for one invisible character: C1, bidi, zero-width, line separators.
 * Backslashes of the original are doubled only before one of these, or before what looks like one: paths stay readable.
 */
import { bytesOfText, type ByteString, type Text } from "./byte-string.js";
import { invalidBytes } from "./utf8.js";

export interface Escaped {
  /** One line of Unicode text. */
  readonly text: string;
  /** Whether it had something that could fool a terminal or a reader. Tabs and odd encodings cannot. */
  readonly isSuspicious: boolean;
}

/** Plain ASCII without backslashes: nearly every line of a real log. */
const plainAscii = /^[\x20-\x5b\x5d-\x7e]*$/;

/**
 * A newline is escaped like any control. Takes time linear in the length. Never throws.
 */
export function escapeLine(line: ByteString): Escaped {
  if (plainAscii.test(line)) return { text: line, isSuspicious: false };
  const bytes = Buffer.from(line, "latin1");
  const output = new TextPieces();
  let isSuspicious = false;
  const addText = (start: number, end: number): void => {
    if (start === end) return;
    const piece = bytes.toString("utf8", start, end);
    const isBeforeByte = end < bytes.length;
    output.add(
      piece
        .replace(/\\+/g, (backslashes, offset: number) =>
          isAmbiguous(piece, offset + backslashes.length, isBeforeByte)
            ? backslashes + backslashes
            : backslashes,
        )
        .replace(invisible(), (character) => {
          if (!isOrdinary(character)) isSuspicious = true;
          return characterEscape(character);
        }),
    );
  };
  let textStart = 0;
  for (const badOffset of invalidBytes(bytes)) {
    addText(textStart, badOffset);
    output.add(byteEscapes[bytes[badOffset] ?? 0] ?? "");
    textStart = badOffset + 1;
  }
  addText(textStart, bytes.length);
  return { text: output.text(), isSuspicious };
}

/**
 * Joins many short texts. Joined one by one they would be kept as a tree with a node for each, 32 bytes for each byte
 * of a line that is no text.
 */
class TextPieces {
  private readonly whole: string[] = [];
  private pending: string[] = [];

  add(piece: string): void {
    this.pending.push(piece);
    if (this.pending.length < 1024) return;
    this.whole.push(this.pending.join(""));
    this.pending = [];
  }

  text(): string {
    return [...this.whole, ...this.pending].join("");
  }
}

/** Odd, but in many an honest line: a tab, a no-break space, the variation selector of an emoji. */
function isOrdinary(character: string): boolean {
  return character === "\t" || character === "\xa0" || character === "\ufe0f";
}

/** Only the text, for callers that do not ask whether it is suspicious. */
export function escaped(line: ByteString): string {
  return escapeLine(line).text;
}

/** A text made printable in the same way: a path or a message may hold a hostile file name. Bytes of a path that are no UTF-8 are shown as such. */
export function escapedText(text: Text): string {
  return escaped(bytesOfText(text));
}

/** A value as one line of JSON in which nothing is invisible: JSON itself lets DEL, C1 and bidi characters through. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(invisible(), (character) =>
    Array.from({ length: character.length }, (_unit, index) => unitEscape(character.charCodeAt(index))).join(
      "",
    ),
  );
}

/** A UTF-16 unit as JSON escapes it. */
function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

/** Whether backslashes that end at `end` would be read as part of an escape. */
function isAmbiguous(piece: string, end: number, isBeforeByte: boolean): boolean {
  if (end === piece.length) return isBeforeByte;
  const ahead = escapeAhead();
  ahead.lastIndex = end;
  return ahead.test(piece);
}

/**
 * Controls, format characters, separators of lines, spaces that are not U+0020, variation selectors, and what Unicode
 * counts among marks, letters or symbols though it shows nothing; and code points that are no characters.
 * A function, because Unicode's tables take three milliseconds to load, and most runs escape nothing.
 */
function invisible(): RegExp {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}|\p{Variation_Selector}|\p{Noncharacter_Code_Point}|[\u2800\ufffc\u{1d159}]|\u{16fe4}/gu;
}

let knownEscapeAhead: RegExp | undefined;

/** What is an escape, or looks like one, after a backslash. */
function escapeAhead(): RegExp {
  return (knownEscapeAhead ??= new RegExp(`x[0-9a-f]{2}|u\\{[0-9a-f]{1,6}\\}|${invisible().source}`, "uy"));
}

function byteEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}

const byteEscapes = Array.from({ length: 256 }, (_, byte) => byteEscape(byte));

function characterEscape(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return codePoint < 0x80 ? byteEscape(codePoint) : `\\u{${codePoint.toString(16)}}`;
}
