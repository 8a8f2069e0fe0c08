/**
 * Sets of characters, as Python's expressions name them and POSIX's write them.
 * Promise: exact for ASCII; beyond it, letters and digits are told from all else.
 */

export interface CharacterSet {
  /** By code point. */
  readonly ascii: readonly boolean[];
  /** Letters and digits beyond ASCII. */
  readonly hasWords: boolean;
  /** All else beyond ASCII. */
  readonly hasOthers: boolean;
}

const codes = Array.from({ length: 128 }, (_, code) => code);

function asciiSet(isIn: (character: string) => boolean, hasWords = false, hasOthers = false): CharacterSet {
  return { ascii: codes.map((code) => isIn(String.fromCharCode(code))), hasWords, hasOthers };
}

export const anyCharacter = asciiSet((character) => character !== "\n", true, true);
const digits = asciiSet((character) => /\d/.test(character));
/** Python has the separators of files, groups, records and units among them; no log line has them. */
const blanks = asciiSet((character) => /[ \t\n\r\f\v]/.test(character));
const words = asciiSet((character) => /\w/.test(character), true);
export const newlineOnly = asciiSet((character) => character === "\n");

/** The set of "\d", "\S" and the like; undefined for any other letter. */
export function classOf(letter: string): CharacterSet | undefined {
  const set = { d: digits, s: blanks, w: words }[letter.toLowerCase()];
  return set && (letter === letter.toLowerCase() ? set : complementOf(set));
}

/** One character, or each from one to another. Characters beyond ASCII stand for all of their kind. */
export function rangeOf(from: string, to = from): CharacterSet | undefined {
  const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  // What is beyond ASCII is not told apart.
  if (first > last || last > 127) return undefined;
  return { ascii: codes.map((code) => code >= first && code <= last), hasWords: false, hasOthers: false };
}

export function unionOf(one: CharacterSet, other: CharacterSet): CharacterSet {
  return {
    ascii: codes.map((code) => Boolean(one.ascii[code]) || Boolean(other.ascii[code])),
    hasWords: one.hasWords || other.hasWords,
    hasOthers: one.hasOthers || other.hasOthers,
  };
}

/** A negated bracket takes a newline too; none is ever in a line but at its end. */
export function complementOf(set: CharacterSet): CharacterSet {
  return {
    ascii: codes.map((code) => !set.ascii[code]),
    hasWords: !set.hasWords,
    hasOthers: !set.hasOthers,
  };
}

export function without(one: CharacterSet, other: CharacterSet): CharacterSet {
  return complementOf(unionOf(complementOf(one), other));
}

/** With each letter in both cases. */
export function inBothCases(set: CharacterSet): CharacterSet {
  const isIn = (character: string): boolean => Boolean(set.ascii[character.charCodeAt(0)]);
  const ascii = codes.map((code) => {
    const character = String.fromCharCode(code);
    return isIn(character.toLowerCase()) || isIn(character.toUpperCase());
  });
  return { ...set, ascii };
}

export function isEmptySet({ ascii, hasWords, hasOthers }: CharacterSet): boolean {
  return !hasWords && !hasOthers && !ascii.includes(true);
}

export function hasCharacter(set: CharacterSet, character: string): boolean {
  return Boolean(set.ascii[character.charCodeAt(0)]);
}

const newline = 10;
const isAlphanumeric = (code: number): boolean => /[0-9A-Za-z]/.test(String.fromCharCode(code));
const isBlank = (code: number): boolean => Boolean(blanks.ascii[code]) && code !== newline;
const [alphanumerics, spaces] = [codes.filter(isAlphanumeric), codes.filter(isBlank)];

/** As an ERE. A newline is left out, and NUL: no line has the one, and no rule the other. */
export function ereOf(set: CharacterSet): string {
  const has = (code: number): boolean => Boolean(set.ascii[code]);
  const inside = codes.filter((code) => code !== newline && code !== 0 && has(code));
  const outside = codes.filter((code) => code !== newline && code !== 0 && !has(code));
  if (set.hasWords && set.hasOthers) return outside.length === 0 ? "." : bracket("[^", outside, false);
  // Letters beyond ASCII can only be written together with all of ASCII's, or with none of them.
  if (set.hasWords && alphanumerics.every(has)) return bracket("[", inside, true);
  if (set.hasOthers && !alphanumerics.some(has)) return bracket("[^", outside, true);
  const [only] = inside;
  if (inside.length === 1 && only !== undefined) return literalEre(String.fromCharCode(only));
  return bracket("[", inside, false);
}

function literalEre(character: string): string {
  return /[\\^$.[(){|*+?]/.test(character) ? `\\${character}` : character;
}

/** A bracket expression of these characters; `hasLetters`: all letters and digits are among them, of any language. */
function bracket(open: "[" | "[^", members: readonly number[], hasLetters: boolean): string {
  const hasSpaces = spaces.every((code) => members.includes(code));
  const plain = members.filter(
    (code) => !(hasLetters && isAlphanumeric(code)) && !(hasSpaces && isBlank(code)),
  );
  const named = `${hasLetters ? "[:alnum:]" : ""}${hasSpaces ? "[:space:]" : ""}`;
  // "]" stands first, "-" last, and "^" anywhere but first.
  const odd = (character: string): string => (plain.includes(character.charCodeAt(0)) ? character : "");
  const middle = runsOf(plain.filter((code) => !"]-^".includes(String.fromCharCode(code)))) + named;
  const [closing, caret, hyphen] = [odd("]"), odd("^"), odd("-")];
  // "[^" would begin a negated one.
  const isCaretFirst = open === "[" && closing + middle === "";
  return `${open}${closing}${middle}${isCaretFirst ? hyphen + caret : caret + hyphen}]`;
}

/** Three and more characters in a row as a range, within the digits or the letters of one case; others one by one. */
function runsOf(members: readonly number[]): string {
  let text = "";
  for (let index = 0; index < members.length;) {
    const first = members[index] ?? 0;
    let last = first;
    while (members[index + last - first + 1] === last + 1 && isRange(first, last + 1)) last++;
    const [from, to] = [String.fromCharCode(first), String.fromCharCode(last)];
    text += last - first >= 2 ? `${from}-${to}` : last > first ? from + to : from;
    index += last - first + 1;
  }
  return text;
}

/** Elsewhere a range depends on the locale's order. */
function isRange(first: number, last: number): boolean {
  return [/^[0-9]{2}$/, /^[a-z]{2}$/, /^[A-Z]{2}$/].some((kind) =>
    kind.test(String.fromCharCode(first, last)),
  );
}
