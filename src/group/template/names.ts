/**
 * Tells names by the words and brackets around them: of users, hosts, accounts.
 * Promise: a word is taken for a name only where its place says so.
 */
import { colon, dot, equals, leftBracket, leftParenthesis, rightBracket, rightParenthesis } from "./bytes.js";
import { address, numeral, word } from "./masks.js";
import type { Tokens } from "./tokens.js";
import { hashOf, meanings } from "./vocabulary.js";

const forWord = hashOf("for");
const fromWord = hashOf("from");
const afterWord = hashOf("after");
const saslWord = hashOf("sasl");
const authenticationWord = hashOf("authentication");
const preauthWord = hashOf("preauth");
const hostnameWord = hashOf("hostname");
const userWord = hashOf("user");
const uidWord = hashOf("uid");
const prepositions = new Set(["to", "from", "on", "at", "via", "by"].map(hashOf));

/**
 * Whether a word is a name: "for X from", "after X from", "SASL X authentication", "hostname X"; before a fingerprint,
 * the kind of a key. Of PAM, also the last word after "for".
 */
export function isName(tokens: Tokens, index: number, isPam: boolean): boolean {
  const own = tokens.hashAt(index);
  if (tokens.means(index, meanings.keyType)) return tokens.isValueAt(index + 1);
  const before = index > 0 ? tokens.hashAt(index - 1) : 0;
  if (before === 0 || !tokens.isSpaced(index)) return false;
  const isBeforeFrom = tokens.hashAt(index + 1) === fromWord && own !== userWord;
  switch (before) {
    case forWord:
      if (isPam && index === tokens.length - 1) return true;
      return (
        isBeforeFrom || (tokens.markAt(index + 1) === leftBracket && tokens.hashAt(index + 2) === preauthWord)
      );
    case afterWord:
      return isBeforeFrom || tokens.markAt(index + 1) === leftParenthesis;
    case saslWord:
      return tokens.hashAt(index + 1) === authenticationWord;
    default:
      return before === hostnameWord;
  }
}

/** "to LOCAL(0)": the number of a thing that is named in capitals. It is four tokens long. */
export function isNumberedThing(tokens: Tokens, index: number): boolean {
  if (tokens.markAt(index + 1) !== leftParenthesis || tokens.isSpaced(index + 1) || index === 0) return false;
  if (tokens.hasLower[index] === 1 || !prepositions.has(tokens.hashAt(index - 1))) return false;
  return tokens.kindAt(index + 2) === numeral && tokens.markAt(index + 3) === rightParenthesis;
}

/** "unknown[192.0.2.7]": a host by its name. It is four tokens long. */
export function isNamedAddress(tokens: Tokens, index: number): boolean {
  if (tokens.markAt(index + 1) !== leftBracket || tokens.isSpaced(index + 1)) return false;
  return tokens.kindAt(index + 2) === address && tokens.markAt(index + 3) === rightBracket;
}

/** "(uid=0)", behind the name of an account or for it. It is five tokens long. */
export function isAccount(tokens: Tokens, index: number): boolean {
  if (tokens.hashAt(index + 1) !== uidWord || tokens.markAt(index + 2) !== equals) return false;
  return tokens.kindAt(index + 3) === numeral && tokens.markAt(index + 4) === rightParenthesis;
}

/** What follows "user": a name, which may be empty, or a word that is none. */
export function nameAfterUser(tokens: Tokens, index: number): "name" | "empty name" | "none" {
  if (tokens.kindAt(index) !== word || !tokens.isSpaced(index) || tokens.markAt(index + 1) === equals)
    return "none";
  if (tokens.hashAt(index) === fromWord) return "empty name";
  return tokens.means(index, meanings.noName) ? "none" : "name";
}

/** A weekday or a month, before a number or after one. */
export function isOfDate(tokens: Tokens, index: number, isAfterValue: boolean): boolean {
  if (isAfterValue && tokens.isSpaced(index)) return true;
  return tokens.kindAt(index + 1) === numeral || tokens.means(index + 1, meanings.calendar);
}

/** "554 5.7.1": what a mail server answered says what happened. It is two tokens long. */
export function isReplyCode(tokens: Tokens, index: number): boolean {
  const { bytes } = tokens;
  const start = tokens.startOf(index);
  const next = tokens.startOf(index + 1);
  const end = tokens.endOf(index + 1);
  if (tokens.endOf(index) !== start + 3 || next !== start + 4 || tokens.kindAt(index + 1) !== numeral)
    return false;
  if (bytes[start] !== bytes[next] || bytes[next + 1] !== dot || end - next < 5) return false;
  let dots = 0;
  for (let at = next; at < end; at += 1) {
    if (bytes[at] === dot) dots += 1;
    if (bytes[at] === colon) return false;
  }
  return dots === 2;
}
