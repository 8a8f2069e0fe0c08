/**
 * Cuts an ERE into its atoms, and says of a beginning which ASCII texts it matches, without reading its tree.
 * Promise: linear in the text; of an ERE that does not parse, or holds what is not known here, nothing is said.
 *
 * The engine says the same of any ERE, and takes milliseconds to begin with.
 */
import type { ByteString } from "../../std/text/byte-string.js";

/** An ERE that matches from a line's start to a place in it, as one of JavaScript. Texts must be ASCII, without newlines. */
export type Beginning = string;

export interface Atom {
  /** After the atom and what repeats it. */
  readonly end: number;
  /** The atom alone; undefined where nothing is known of it. */
  readonly meaning: Beginning | undefined;
}

const escape = /\\[^]/y;
const bracket = /\[(\^?)(\]?(?:\[:[a-z]+:\]|\[[.=][^\]]*[.=]\]|[^\]])*)\]/y;
const character = /[\xc0-\xff][\x80-\xbf]*|[^]/y;
const repetition = /(?:[*+?]|\{[0-9,]*\})*/y;

/** The atoms from a place on, up to the end of the text, or a "|" or a ")" whose group begins before it. */
export function* atomsOf(text: ByteString, start: number): Generator<Atom> {
  for (let place = start; place < text.length;) {
    const atom = atomAt(text, place);
    if (atom === undefined) return;
    yield atom;
    place = atom.end;
  }
}

function atomAt(text: ByteString, start: number): Atom | undefined {
  switch (text[start]) {
    case "|":
    case ")":
      return undefined;
    case "(":
      return groupAt(text, start);
    case "\\": {
      const found = matchAt(escape, text, start);
      return found && repeated(text, start + found[0].length, meaningOfEscape(found[0]));
    }
    case "[": {
      const found = matchAt(bracket, text, start);
      if (found === undefined) return undefined;
      const [all, negation = "", members = ""] = found;
      return repeated(text, start + all.length, meaningOfBracket(negation, members));
    }
    default: {
      const [all = ""] = matchAt(character, text, start) ?? [];
      return repeated(text, start + all.length, meaningOfCharacter(all));
    }
  }
}

/** Groups that are repeated may take JavaScript exponential time: nothing is said of them. */
function groupAt(text: ByteString, start: number): Atom | undefined {
  let meaning: string | undefined = "(?:";
  let place = start + 1;
  while (text[place] !== ")") {
    if (text[place] === "|") {
      meaning &&= `${meaning}|`;
      place += 1;
      continue;
    }
    const atom = place < text.length ? atomAt(text, place) : undefined;
    if (atom === undefined) return undefined;
    meaning = meaning && atom.meaning && meaning + atom.meaning;
    place = atom.end;
  }
  const [marks = ""] = matchAt(repetition, text, place + 1) ?? [];
  const isKnown = marks === "" || marks === "?";
  return { end: place + 1 + marks.length, meaning: isKnown ? meaning && `${meaning})${marks}` : undefined };
}

/** The atom that ends at a place, with what repeats it. */
function repeated(text: ByteString, place: number, atom: string | undefined): Atom {
  const [marks = ""] = matchAt(repetition, text, place) ?? [];
  const isKnown = marks === "" || /^(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d+\})$/.test(marks);
  return {
    end: place + marks.length,
    meaning: isKnown && atom ? atom + marks.replace("{,", "{0,") : undefined,
  };
}

function meaningOfCharacter(text: string): string | undefined {
  if (text === ".") return ".";
  if (text === "^" || text === "$" || "*+?{".includes(text)) return undefined;
  return literal(text);
}

function meaningOfEscape(text: string): string | undefined {
  const [, escaped = ""] = text;
  if ("wWsSbB".includes(escaped)) return text;
  return /[A-Za-z0-9<>`']/.test(escaped) ? undefined : literal(escaped);
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** What POSIX's classes hold of ASCII. */
const classes: Readonly<Record<string, string>> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  xdigit: "0-9A-Fa-f",
  space: "\\t-\\r ",
  blank: "\\t ",
  punct: "!-\\/:-@\\[-`{-~",
  graph: "!-~",
  print: " -~",
};

function meaningOfBracket(negation: string, members: string): string | undefined {
  let known = true;
  const meaning = members.replaceAll(/\[:([a-z]+):\]|\[[.=]|[\\\][^]/g, (part, name: string | undefined) => {
    const found = name === undefined ? undefined : classes[name];
    if (part.length > 1 && found === undefined) known = false;
    return found ?? `\\${part}`;
  });
  return known ? `[${negation}${meaning}]` : undefined;
}

function matchAt(sticky: RegExp, text: ByteString, place: number): RegExpExecArray | undefined {
  sticky.lastIndex = place;
  return sticky.exec(text) ?? undefined;
}
