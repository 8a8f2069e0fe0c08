/**
 * Reads `key=value` and `key:value`.
 * Promise: lists of pairs that differ in length read alike; a result, a verdict, an operation or a unit stays.
 */
import {
  apostrophe,
  colon,
  comma,
  doubleQuote,
  equals,
  isCloser,
  isOpener,
  leftParenthesis,
  less,
  more,
  semicolon,
  slash,
} from "./bytes.js";
import { numeral, value, word } from "./masks.js";
import type { TemplateText } from "./template-text.js";
import { punctuation, type Tokens } from "./tokens.js";
import { hashOf, meanings } from "./vocabulary.js";

/** How a program's lines are read. */
export interface Reading {
  /** Of the audit log: only verdict, operation, unit, executable and result stay. */
  readonly isAudit?: boolean;
  /** Of PAM: the word after the last "for" is a user. */
  readonly isPam?: boolean;
  /** The name after "user=" varies. */
  readonly usersVary?: boolean;
  /** Each `key=value` varies. */
  readonly keysVary?: boolean;
  /** Each key stays. */
  readonly keysStay?: boolean;
}

const userWord = hashOf("user");
const levelWords = new Set(["level", "lvl", "severity"].map(hashOf));
const statusWords = new Set(["status", "stat"].map(hashOf));
/** Of the audit log, keys whose numbers say what happened. */
const digitWords = new Set(["type", "res", "success"].map(hashOf));
const longestQuoted = 512;

export class Pairs {
  private readonly tokens: Tokens;
  private readonly text: TemplateText;
  private reading: Reading = {};
  /** The token after the pair that was left out last, and after the last `key:value`. */
  private listEnd = -1;
  private colonListEnd = -1;

  constructor(tokens: Tokens, text: TemplateText) {
    this.tokens = tokens;
    this.text = text;
  }

  begin(reading: Reading): void {
    this.reading = reading;
    this.listEnd = -1;
    this.colonListEnd = -1;
  }

  /**
   * In: the token of a word. Out: the token to go on with, where a pair begins there that is left out or was written;
   * the same one where the word is to be read like any other.
   */
  read(index: number): number {
    const { tokens } = this;
    if (index === this.listEnd && tokens.markAt(index - 1) === comma) {
      const after = this.flagEnd(index);
      if (after > index) return after;
    }
    const mark = tokens.markAt(index + 1);
    if (mark === equals) return this.equalsPair(index);
    return mark === colon && this.isColonPair(index) ? this.colonPair(index) : index;
  }

  private equalsPair(index: number): number {
    const { tokens } = this;
    const { isAudit = false, usersVary = false, keysVary = false, keysStay = false } = this.reading;
    if (keysStay) return index;
    const isNews = tokens.means(index, meanings.news);
    if (tokens.isSpaced(index + 1) || tokens.isSpaced(index + 2)) {
      const isValue = tokens.isValueAt(index + 2) || tokens.means(index + 2, meanings.blank);
      if (isValue && !isNews && this.text.end > 0) return this.leaveOut(index, index + 3);
      if (tokens.isSpaced(index + 1) || !tokens.isSpaced(index + 2)) return index;
    }
    const first = tokens.bytes[tokens.endOf(index + 1)] ?? 0;
    // `msg='unit=…`: the quotes hold further pairs.
    if (isAudit && first === apostrophe && tokens.means(index, meanings.message)) return index + 3;
    const end = this.valueEnd(index + 2, first);
    const own = tokens.hashAt(index);
    if (tokens.hasMessage) return tokens.means(index, meanings.message) || levelWords.has(own) ? index : end;
    if (isAudit) return this.audited(index, end);
    if (keysVary || (isNews && end === index + 2)) return end;
    if (own === userWord) return usersVary || first === less ? end : index;
    if (statusWords.has(own) && tokens.markAt(end) === leftParenthesis) return this.status(index, end);
    if (isNews || (!tokens.means(index, meanings.naming) && this.isPlain(index + 2, end))) return index;
    return this.leaveOut(index, end);
  }

  private audited(index: number, end: number): number {
    const { tokens } = this;
    if (!tokens.means(index, meanings.audited)) return end;
    if (!digitWords.has(tokens.hashAt(index))) return index;
    this.text.word(tokens.bytes, tokens.startOf(index), tokens.endOf(end - 1), 0, tokens.isSpaced(index));
    return end;
  }

  /** "status=sent (250 2.0.0 Ok)": what follows in parentheses is the other side's own text. */
  private status(index: number, end: number): number {
    const { tokens, text } = this;
    for (let at = index; at < end; at += 1) {
      const kind = tokens.kindAt(at);
      const isSpaced = tokens.isSpaced(at);
      if (kind === punctuation) text.separate(tokens.markAt(at), isSpaced);
      else if (kind === word) text.word(tokens.bytes, tokens.startOf(at), tokens.endOf(at), 0, isSpaced);
      else text.mask(isSpaced);
    }
    return tokens.length;
  }

  /** A pair among others is left out, since one more or less says nothing. One alone keeps its key. */
  private leaveOut(index: number, end: number): number {
    const { tokens, text } = this;
    const mark = tokens.markAt(end);
    const next = mark === comma || mark === semicolon ? end + 1 : end;
    const isBeforeAnother =
      tokens.kindAt(next) === word &&
      (tokens.markAt(next + 1) === equals || tokens.means(next, meanings.flag));
    const isInList = this.listEnd === index || isBeforeAnother;
    this.listEnd = next;
    if (isInList && text.end > 0) return end;
    text.word(
      tokens.bytes,
      tokens.startOf(index),
      tokens.endOf(index),
      tokens.hashAt(index),
      tokens.isSpaced(index),
    );
    text.separate(equals, false);
    text.mask(false);
    return end;
  }

  /** Among pairs, a flag such as "TLS" says no more than they do, and what stands between two of them. */
  private flagEnd(index: number): number {
    const { tokens } = this;
    if (tokens.markAt(index + 1) === equals) return index;
    let end = index;
    while (end < tokens.length && tokens.markAt(end) !== comma) end += 1;
    const isBetween = tokens.kindAt(end + 1) === word && tokens.markAt(end + 2) === equals;
    if (!isBetween && !tokens.means(index, meanings.flag)) return index;
    this.listEnd = end + 1;
    return Math.min(end + 1, tokens.length);
  }

  private isColonPair(index: number): boolean {
    const { tokens } = this;
    if (tokens.kindAt(index) !== word || tokens.markAt(index + 1) !== colon) return false;
    if (tokens.isSpaced(index + 1) || tokens.isSpaced(index + 2)) return false;
    const kind = tokens.kindAt(index + 2);
    return kind === numeral || kind === value || tokens.means(index + 2, meanings.blank);
  }

  /** "total-vm:64kB, anon-rss:8kB": several in a row are left out. */
  private colonPair(index: number): number {
    const { tokens } = this;
    let end = index + 3;
    if (tokens.means(end, meanings.unit)) end += 1;
    if (tokens.markAt(end) === comma) end += 1;
    if (this.colonListEnd !== index && !this.isColonPair(end)) return index;
    this.colonListEnd = end;
    return this.text.end > 0 ? end : index;
  }

  /** The token after a value: up to a blank, a comma or a bracket that was not opened in it; "<…>" and quoted text whole. */
  private valueEnd(start: number, first: number): number {
    const { tokens } = this;
    let index = start;
    if ((first === doubleQuote || first === apostrophe) && tokens.startOf(start) > tokens.endOf(start - 1)) {
      const close = this.closingQuote(tokens.endOf(start - 1), first);
      while (index < tokens.length && tokens.startOf(index) < close) index += 1;
      return index;
    }
    const isAngled = first === less;
    let depth = 0;
    for (; index < tokens.length; index += 1) {
      if (tokens.isSpaced(index) && !isAngled) break;
      const mark = tokens.markAt(index);
      if (isOpener(mark)) depth += 1;
      if (isCloser(mark)) depth -= 1;
      if (depth < 0 || (depth === 0 && (mark === comma || mark === semicolon))) break;
      if (isAngled && mark === more) return index + 1;
    }
    return index;
  }

  private closingQuote(open: number, byte: number): number {
    const { bytes, endByte } = this.tokens;
    const limit = Math.min(endByte, open + longestQuoted);
    let at = open + 1;
    while (at < limit && bytes[at] !== byte) at += 1;
    return at;
  }

  /** Whether a value is a word or several, none of which varies. */
  private isPlain(start: number, end: number): boolean {
    const { tokens } = this;
    let words = 0;
    for (let index = start; index < end; index += 1) {
      const kind = tokens.kindAt(index);
      if (kind !== word && kind !== punctuation) return false;
      if (kind === word && tokens.bytes[tokens.startOf(index)] === slash) return false;
      if (kind === word && !tokens.means(index, meanings.blank)) words += 1;
    }
    return words > 0;
  }
}
