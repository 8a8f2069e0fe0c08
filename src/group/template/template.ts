/**
 * Finds the template of a message: what its lines have in common, with "*" for all that varies.
 * Promise: bounded work for any message, and the same template whatever was read before; what says what happened stays.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import * as marks from "./bytes.js";
import {
  isAccount,
  isName,
  isNamedAddress,
  isNumberedThing,
  isOfDate,
  isReplyCode,
  nameAfterUser,
} from "./names.js";
import { address, namedNumber, numberedUnit, numeral, value, word } from "./masks.js";
import { Pairs, type Reading } from "./pairs.js";
import { aMask, aWord, TemplateText } from "./template-text.js";
import { punctuation, quote, request, Tokens } from "./tokens.js";
import { hashOf, meanings } from "./vocabulary.js";

/** Two messages that begin alike for this many bytes read alike. */
const lookedAtBytes = 512;
/** A word that is cut there is left out, if it is not longer. */
const longestCutWord = 64;
/** After the message, so much is no part of one that was read before. */
const lookAhead = 8;
const usual: Reading = {};

/** In: a message, and how its program's lines are read. Out: the template; the program's name is no part of it. */
export function templateOf(message: ByteString, reading: Reading = usual): ByteString {
  return writer.write(message, reading);
}

const portWord = hashOf("port");
/** "3 incorrect password attempts". */
const maxPluralWords = 3;
/** A line that begins with so many numbers is a row of a table. */
const rowNumbers = 4;
const rowNames = 2;

class Writer {
  private readonly input = Buffer.alloc(lookedAtBytes + 64);
  private readonly tokens = new Tokens(this.input);
  private readonly text = new TemplateText();
  private readonly pairs = new Pairs(this.tokens, this.text);
  private isPam = false;
  /** Words before this token may be plurals. */
  private pluralsEnd = -1;

  write(message: ByteString, reading: Reading): ByteString {
    const { input, tokens, text } = this;
    const length = input.write(message, 0, lookedAtBytes, "latin1");
    // A loop, since `fill` takes as long as reading the message.
    for (let index = length; index < length + lookAhead; index += 1) input[index] = 0;
    tokens.read(0, message.length > lookedAtBytes ? this.lastBlank(length) : length);
    text.begin("leaves out what is empty");
    this.writeAll(reading);
    if (text.words === 0 && tokens.length > 0) {
      // Nothing but values: what stands around them has to tell it from others.
      text.begin("keeps all");
      this.writeAll({ keysStay: true });
    }
    return text.end === 0 && message !== "" ? "*" : text.toString();
  }

  private lastBlank(length: number): number {
    for (let index = length - 1; index > length - longestCutWord; index -= 1)
      if (this.input[index] === marks.space) return index;
    return length;
  }

  private writeAll(reading: Reading): void {
    const { tokens } = this;
    this.isPam = reading.isPam === true;
    this.pluralsEnd = -1;
    this.pairs.begin(reading);
    if (this.isRowWritten()) return;
    for (let index = 0; index < tokens.length;) index = this.writeAt(index);
  }

  /** Out: the next token. */
  private writeAt(index: number): number {
    const { tokens, text, input } = this;
    const isSpaced = tokens.isSpaced(index);
    switch (tokens.kindAt(index)) {
      case word:
        return this.writeWord(index, isSpaced);
      case punctuation:
        return this.writeMark(index, isSpaced);
      case numeral:
        if (isReplyCode(tokens, index)) {
          text.word(input, tokens.startOf(index), tokens.endOf(index + 1), 0, isSpaced);
          return index + 2;
        }
        text.mask(isSpaced);
        this.pluralsEnd = index + 1 + maxPluralWords;
        return this.afterQuery(index + 1);
      case value:
      case quote:
        text.mask(isSpaced);
        return this.afterQuery(index + 1);
      case address:
        text.mask(isSpaced, "address");
        return this.afterQuery(index + 1);
      case numberedUnit:
        text.numbered(input, tokens.startOf(index), tokens.endOf(index), isSpaced);
        return index + 1;
      case namedNumber:
        text.mask(isSpaced);
        text.copy(input, input.indexOf(marks.slash, tokens.startOf(index)), tokens.endOf(index));
        text.last = aWord;
        return index + 1;
      case request:
        text.word(input, tokens.startOf(index) + 1, tokens.hashAt(index), 0, isSpaced);
        text.mask(true);
        return index + 1;
      default:
        return index + 1;
    }
  }

  private writeWord(index: number, isSpaced: boolean): number {
    const { tokens, text, input } = this;
    const afterPair = this.pairs.read(index);
    if (afterPair > index) return afterPair;
    const isAfterMask = text.last === aMask && !text.hasSeparator;
    if (isAfterMask && tokens.means(index, meanings.unit)) return index + 1;
    if (tokens.means(index, meanings.calendar) && isOfDate(tokens, index, text.last === aMask))
      return index + 1;
    const hash = tokens.hashAt(index);
    if (hash === portWord && text.last === aMask && tokens.kindAt(index + 1) === numeral) return index + 2;
    if (isName(tokens, index, this.isPam)) {
      text.mask(isSpaced);
      return index + 1;
    }
    if (isNamedAddress(tokens, index)) {
      text.mask(isSpaced, "address");
      return index + 4;
    }
    if (isNumberedThing(tokens, index)) {
      text.mask(isSpaced);
      return index + 4;
    }
    const isPlural = index < this.pluralsEnd && isSpaced && !text.hasSeparator;
    const end = tokens.endOf(index);
    text.word(
      input,
      tokens.startOf(index),
      isPlural ? singularEnd(input, tokens.startOf(index), end) : end,
      hash,
      isSpaced,
    );
    return tokens.means(index, meanings.user) ? this.afterUser(index + 1) : index + 1;
  }

  /** The name that "user" says is coming. One that is empty is a name, too. */
  private afterUser(index: number): number {
    const name = nameAfterUser(this.tokens, index);
    if (name !== "none") this.text.mask(true);
    return name === "name" ? index + 1 : index;
  }

  private writeMark(index: number, isSpaced: boolean): number {
    const { tokens, text } = this;
    const mark = tokens.markAt(index);
    if (mark === marks.leftParenthesis) {
      const isClosed = tokens.markAt(index + 2) === marks.rightParenthesis;
      if (isClosed && tokens.means(index + 1, meanings.blank)) return index + 3;
      if (isAccount(tokens, index)) return this.writeAccount(index, isSpaced);
    }
    if (marks.isOpener(mark)) text.open(mark, isSpaced);
    else if (marks.isCloser(mark)) text.close(mark);
    else if (mark === marks.comma || mark === marks.semicolon) text.comma(mark, isSpaced);
    else if (mark === marks.less || mark === marks.more || mark === marks.percent) {
      if (isSpaced) tokens.spaced[index + 1] = 1;
      // "<nobody>: rejected": what was given as an address.
      const isWord = mark === marks.less && index > 0 && tokens.kindAt(index + 1) === word;
      if (isWord && tokens.markAt(index + 2) === marks.more) {
        text.mask(isSpaced);
        return index + 3;
      }
    } else text.separate(mark, isSpaced);
    return index + 1;
  }

  /** "root(uid=0)", "(uid=0)": an account, with or without its name. A name in capitals is a program's own word. */
  private writeAccount(index: number, isSpaced: boolean): number {
    const { tokens, text } = this;
    const isNamed = !isSpaced && index > 0 && tokens.kindAt(index - 1) === word && text.last === aWord;
    if (!isNamed) text.mask(isSpaced);
    else if (tokens.hasLower[index - 1] === 1) text.maskLastWord();
    return index + 5;
  }

  /** What is asked of a masked path belongs to it: "/search?q=x". */
  private afterQuery(index: number): number {
    const { tokens } = this;
    if (tokens.markAt(index) !== marks.question || tokens.isSpaced(index)) return index;
    let next = index;
    while (next < tokens.length && !tokens.isSpaced(next) && tokens.markAt(next) !== marks.comma) {
      if (marks.isCloser(tokens.markAt(next))) break;
      next += 1;
    }
    return next;
  }

  /** A row of a table: it begins with four numbers, or stands between bars. The names in it vary. */
  private isRowWritten(): boolean {
    const { tokens, text, input } = this;
    const first = tokens.hashAt(0) !== 0 && tokens.markAt(1) === marks.colon ? 2 : 0;
    if (tokens.markAt(first) === marks.bar && tokens.markAt(tokens.length - 1) === marks.bar) {
      if (first > 0) text.word(input, tokens.startOf(0), tokens.endOf(1), 0, false);
      text.mask(true);
      return true;
    }
    let numbers = 0;
    let index = 0;
    for (; tokens.isValueAt(index) || tokens.kindAt(index) === punctuation; index += 1)
      if (tokens.isValueAt(index)) numbers += 1;
    if (numbers < rowNumbers || tokens.length - index > rowNames) return false;
    text.mask(false);
    return true;
  }
}

/** Without the ending of a plural: "2 files" reads like "1 file". */
function singularEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 4 || bytes[end - 1] !== letterS) return end;
  const before = bytes[end - 2] ?? 0;
  // "less", "status", "this".
  if (before === letterS || before === letterU || before === letterI) return end;
  if (before !== letterE) return end - 1;
  const third = bytes[end - 3] ?? 0;
  // "processes", "boxes", "matches"; but "files".
  return third === letterS || third === letterX || third === letterH ? end - 2 : end - 1;
}

const [letterS, letterU, letterI, letterE, letterX, letterH] = [0x73, 0x75, 0x69, 0x65, 0x78, 0x68];

const writer = new Writer();
