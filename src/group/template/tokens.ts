/**
 * Breaks a message into words, values, quotes and punctuation.
 * Promise: linear work, at most 1,024 tokens, and no memory for a line but what is used again for the next.
 */
import { apostrophe, backtick, colon, dash, doubleQuote, equals, question, slash, space } from "./bytes.js";
import { Compound, isAlphanumeric, isBlank, isDigit, isOrnament } from "./compounds.js";
import { address, kindOfCompound, value, word } from "./masks.js";
import { hashOfBytes, meaningOf, meanings } from "./vocabulary.js";

/** Beside the kinds of compounds: one byte that is none. */
export const punctuation = 7;
/** Quoted text that varies. */
export const quote = 8;
/** A quoted request of HTTP, of which the method stays. */
export const request = 9;

const ampersand = 0x26;
const letterS = 0x73;
const maxTokens = 1024;
/** Looked at after the last token; they are none. */
const lookAhead = 8;
const longestQuote = 256;
/** Looking for the end of a quote costs up to 256 bytes, so it is not done for each apostrophe of a hostile line. */
const maxQuoteSearches = 8;

/** The tokens of the message that was read last, as parallel lists. What is asked of a token after the last is 0. */
export class Tokens {
  readonly bytes: Uint8Array;
  length = 0;
  /** Where the message ends. */
  endByte = 0;
  readonly kinds = new Uint8Array(maxTokens + lookAhead);
  readonly starts = new Int32Array(maxTokens + lookAhead);
  readonly ends = new Int32Array(maxTokens + lookAhead);
  /** Of words. */
  readonly meanings = new Int32Array(maxTokens + lookAhead);
  readonly hashes = new Int32Array(maxTokens + lookAhead);
  /** Whether a blank stands before it. */
  readonly spaced = new Uint8Array(maxTokens + lookAhead);
  /** Of words: whether a letter is lower case. */
  readonly hasLower = new Uint8Array(maxTokens + lookAhead);
  /** Whether a structured message, `msg="…"`, is among them. */
  hasMessage = false;
  private readonly compound = new Compound();
  private quoteSearches = 0;
  /** The closing quote of a text that is read like any other. */
  private openUntil = -1;
  private isAfterBlank = false;

  /** `bytes` holds each message in turn. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Reads what stands between two offsets of `bytes`. */
  read(start: number, end: number): void {
    this.length = 0;
    this.endByte = end;
    this.hasMessage = false;
    this.quoteSearches = 0;
    this.openUntil = -1;
    this.isAfterBlank = false;
    const { bytes, compound } = this;
    for (let index = start; index < end && this.length < maxTokens;) {
      const byte = bytes[index] ?? 0;
      if (isBlank(byte)) {
        this.isAfterBlank = true;
        index += 1;
      } else if (isOrnament(byte)) index += 1;
      else if (compound.read(bytes, index, end)) {
        this.addCompound();
        index = compound.end;
      } else index = this.readPunctuation(byte, index, end);
    }
    for (const { length } = this; this.length < length + lookAhead;) this.add(0, end, end);
    this.length -= lookAhead;
  }

  kindAt(index: number): number {
    return this.kinds[index] ?? 0;
  }

  startOf(index: number): number {
    return this.starts[index] ?? 0;
  }

  endOf(index: number): number {
    return this.ends[index] ?? 0;
  }

  /** Of a word. */
  hashAt(index: number): number {
    return this.hashes[index] ?? 0;
  }

  /** Whether it is a word that means this. */
  means(index: number, meaning: number): boolean {
    return ((this.meanings[index] ?? 0) & meaning) !== 0;
  }

  isSpaced(index: number): boolean {
    return this.spaced[index] === 1;
  }

  isValueAt(index: number): boolean {
    return isValue(this.kinds[index] ?? 0);
  }

  /** The byte of punctuation; 0 where something else stands. */
  markAt(index: number): number {
    return this.kinds[index] === punctuation ? (this.bytes[this.starts[index] ?? 0] ?? 0) : 0;
  }

  private addCompound(): void {
    const { compound, bytes, length } = this;
    const kind = kindOfCompound(compound, bytes);
    this.add(kind, compound.start, compound.end);
    if (kind !== word) return;
    this.hashes[length] = compound.hash;
    this.meanings[length] = meaningOf(compound.hash);
    this.hasLower[length] = compound.uppers < compound.letters ? 1 : 0;
  }

  private add(kind: number, start: number, end: number): void {
    const { length } = this;
    this.kinds[length] = kind;
    this.starts[length] = start;
    this.ends[length] = end;
    this.meanings[length] = 0;
    this.hashes[length] = 0;
    this.spaced[length] = this.isAfterBlank ? 1 : 0;
    this.isAfterBlank = false;
    this.length += 1;
  }

  /** Out: where to go on. */
  private readPunctuation(byte: number, index: number, end: number): number {
    const { bytes } = this;
    if (index === this.openUntil) return index + 1;
    if (
      byte === colon &&
      this.isAfterBlank &&
      bytes[index + 1] === colon &&
      isBlankOrEnd(bytes, index + 2, end)
    ) {
      this.add(address, index, index + 2);
      return index + 2;
    }
    const isQuote = byte === doubleQuote || byte === apostrophe || byte === backtick;
    if (isQuote && this.quoteSearches < maxQuoteSearches) {
      const close = this.closingQuote(byte === backtick ? apostrophe : byte, index, end);
      if (close >= 0) return this.addQuote(index, close, end);
    }
    this.add(punctuation, index, index + 1);
    return index + 1;
  }

  /** -1 where no quotation opens: after a letter, as in "can't", or where a key stands in it. */
  private closingQuote(closing: number, index: number, end: number): number {
    const { bytes } = this;
    if (index > 0 && isAlphanumeric(bytes[index - 1] ?? 0)) return -1;
    this.quoteSearches += 1;
    const limit = Math.min(end, index + longestQuote);
    for (let at = index + 1; at < limit; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === equals && isAlphanumeric(bytes[at - 1] ?? 0) && !this.isQuery(index, at)) return -1;
      if (byte !== closing) continue;
      if (closing !== apostrophe || !isAlphanumeric(bytes[at + 1] ?? 0) || at + 1 >= end) return at;
    }
    return -1;
  }

  /** Whether an equals sign belongs to what is asked of a web server, "/?a=1", or stands without a space before it. */
  private isQuery(start: number, at: number): boolean {
    const { bytes } = this;
    for (let index = at; index > start; index -= 1) {
      const byte = bytes[index] ?? 0;
      if (byte === space) return false;
      if (byte === question || byte === ampersand || byte === slash) return true;
    }
    return false;
  }

  private addQuote(open: number, close: number, end: number): number {
    const { bytes, length } = this;
    const key = length >= 2 && bytes[open - 1] === equals ? (this.meanings[length - 2] ?? 0) : 0;
    const isMessage = (key & meanings.message) !== 0 && bytes[open] === doubleQuote;
    if (isMessage) this.hasMessage = true;
    const first = firstWordEnd(bytes, open + 1, close);
    const meaning = first > open + 1 ? meaningOf(hashOfBytes(bytes, open + 1, first)) : 0;
    const isState = first === close && ((meaning & meanings.state) !== 0 || (key & meanings.news) !== 0);
    // What says what happened is read like any other text.
    if (isMessage || isState || (key & meanings.news) !== 0) {
      this.openUntil = close;
      return open + 1;
    }
    const isRequest =
      (meaning & meanings.method) !== 0 && bytes[first] === space && isAnswered(bytes, close, end);
    this.add(isRequest ? request : quote, open, close + 1);
    if (isRequest) this.hashes[length] = first;
    return close + 1;
  }
}

/** Whether a status follows the request: `"GET / HTTP/1.1" 200`, `"…" status: 200`. */
function isAnswered(bytes: Uint8Array, close: number, end: number): boolean {
  if (close + 2 >= end || bytes[close + 1] !== space) return false;
  const next = bytes[close + 2] ?? 0;
  return isDigit(next) || next === letterS || next === dash;
}

function isBlankOrEnd(bytes: Uint8Array, index: number, end: number): boolean {
  return index >= end || isBlank(bytes[index] ?? 0);
}

function firstWordEnd(bytes: Uint8Array, start: number, end: number): number {
  let index = start;
  while (index < end && (isAlphanumeric(bytes[index] ?? 0) || bytes[index] === dash)) index += 1;
  return index;
}

/** Whether it varies from line to line. */
function isValue(kind: number): boolean {
  return (kind > word && kind <= value) || kind === quote;
}
