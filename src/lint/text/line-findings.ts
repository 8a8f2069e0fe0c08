/**
 * Finds what is wrong with the bytes of a rule file, line by line, whatever its expressions mean.
 * Promise: what is not seen in an editor is named at its column.
 */
import type { ByteString, Text } from "../../std/text/byte-string.js";
import type { Finding, Fix } from "../finding.js";

type FoundInLine = Pick<Finding, "column" | "kind" | "message" | "fix">;

/** In: a file's bytes as latin1, and whether its rules raise lines. */
export function lineFindings(path: Text, content: ByteString, isRaising: boolean): Finding[] {
  return content.split("\n").flatMap((raw, index) => {
    const line = index + 1;
    const [mark, text] = index === 0 ? withoutMark(raw) : ["", raw];
    const found = foundIn(text, isRaising).map(({ column, fix, ...rest }): Finding => {
      const moved = fix && { ...fix, start: fix.start + mark.length, end: fix.end + mark.length };
      return { file: path, line, column: column + mark.length, ...rest, ...(moved && { fix: moved }) };
    });
    return [...markFindings(path, mark), ...found];
  });
}

/** The content without what makes rules of it that match nothing, so that the rest can be looked at. */
export function cleanContent(content: ByteString): ByteString {
  return withoutMark(content)[1].replaceAll(/\r+$/gm, "");
}

/** How many bytes at the beginning of a content are none of its first line's text. */
export function markLength(content: ByteString): number {
  return withoutMark(content)[0].length;
}

const byteOrderMark = "\xef\xbb\xbf";

function withoutMark(text: ByteString): readonly [mark: ByteString, text: ByteString] {
  return text.startsWith(byteOrderMark) ? [byteOrderMark, text.slice(byteOrderMark.length)] : ["", text];
}

function markFindings(file: Text, mark: ByteString): Finding[] {
  const message = "the file begins with a byte order mark, which is part of its first line";
  const fix = { start: 0, end: mark.length, replacement: "" };
  return mark === "" ? [] : [{ file, line: 1, column: 1, kind: "byte-order-mark", message, fix }];
}

function foundIn(raw: ByteString, isRaising: boolean): FoundInLine[] {
  const found: FoundInLine[] = [];
  const add = (kind: FoundInLine["kind"], column: number, message: string, fix?: Fix): void => {
    found.push({ kind, column, message, ...(fix && { fix }) });
  };
  const text = raw.replace(/\r+$/, "");
  const cut = (start: number, end: number): Fix => ({ start, end, replacement: "" });
  const isComment = text.startsWith("#");
  if (text.length < raw.length && !isComment && text.trim() !== "")
    add(
      "carriage-return",
      raw.length,
      "ends in a carriage return, as files from Windows do: the rule is off",
      cut(text.length, raw.length),
    );
  if (isComment || /^[ \t\v\f]*$/.test(text)) return found;
  const leading = /^[ \t\v\f]+/.exec(text)?.[0] ?? "";
  if (leading !== "") {
    const isMeant = text.startsWith("#", leading.length);
    const message = isMeant
      ? 'white space before "#" makes a rule of this comment'
      : "white space before the rule is part of it";
    add(isMeant ? "comment" : "leading-blank", 1, message, cut(0, leading.length));
    if (isMeant) return found;
  }
  const comment = commentIn(text);
  if (comment) {
    const { ruleEnd, start } = comment;
    const message = "a comment behind a rule is part of the rule: put it on a line of its own";
    add("comment", start + 1, message, {
      start: 0,
      end: text.length,
      replacement: `${text.slice(start)}\n${text.slice(0, ruleEnd)}`,
    });
  } else {
    const ruleEnd = text.trimEnd().length;
    const trailing = /[ \t\v\f]+$/.exec(text);
    // A rule that raises is open at its end, and may ask for a blank after its last word.
    const isMeant = isRaising && /[^ \t\v\f$] $/.test(text);
    if (trailing && !isMeant) {
      const isEscaped = text[trailing.index - 1] === "\\";
      const message = "white space after the rule is part of it, and no line ends in any";
      add("trailing-blank", ruleEnd + 1, message, isEscaped ? undefined : cut(trailing.index, text.length));
    }
  }
  for (const match of text.matchAll(unseen)) {
    const [seen] = match;
    const isBlank = seen === "\xc2\xa0" || seen === "\xe2\x80\xaf";
    const message = isBlank
      ? "a no-break space is not the blank that it looks like"
      : "a character that shows nothing is part of the rule";
    const end = match.index + seen.length;
    add("no-break-space", match.index + 1, message, {
      start: match.index,
      end,
      replacement: isBlank ? " " : "",
    });
  }
  return found;
}

/** In UTF-8: U+00A0, U+202F, U+200B to U+200F, U+2028 to U+202E, U+2060, U+FEFF. */
const unseen = /\xc2\xa0|\xe2\x80[\x8b-\x8f\xa8-\xaf]|\xe2\x81\xa0|\xef\xbb\xbf/g;

/** After the rule's end, or else words without anything that an expression would have. */
function commentIn(text: ByteString): { readonly ruleEnd: number; readonly start: number } | undefined {
  const match =
    /(?<=[^\\]\$)[ \t]+(?=#)/.exec(text) ?? /[ \t]+(?=#[ \t]+[A-Za-z][^\\[\](){}|*+?^$]*$)/.exec(text);
  return match === null || match.index === 0
    ? undefined
    : { ruleEnd: match.index, start: match.index + match[0].length };
}
