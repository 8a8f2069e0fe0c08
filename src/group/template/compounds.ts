/**
 * Reads compounds: letters and digits that joints hold together, such as "192.0.2.7:22", "user@example.org", "eth0".
 * Promise: each byte is looked at a bounded number of times, whatever an attacker wrote.
 */
import { at, backslash, colon, comma, dash, dot, leftBracket, rightBracket, slash, space } from "./bytes.js";
import { hashByte, hashStart } from "./vocabulary.js";

/** What a byte can be. */
const digit = 1;
const letter = 2;
const hexLetter = 4;
const upper = 8;
/** Holds a compound together where a letter or digit follows. */
const joint = 16;
const blank = 32;
/** Says nothing: "*", "#". */
const ornament = 64;

/** The traits of each byte. Those of longer UTF-8 sequences count as letters. */
const traits = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (/[0-9]/.test(character)) return digit;
  if (/[a-f]/.test(character)) return letter | hexLetter;
  if (/[A-F]/.test(character)) return letter | hexLetter | upper;
  if (/[A-Z]/.test(character)) return letter | upper;
  if (byte === 0x5f || byte >= 0x80 || /[a-z]/.test(character)) return letter;
  if (/[.@+\-/\\$%~&]/.test(character)) return joint;
  if (/[*#]/.test(character)) return ornament;
  return /[\s\0]/.test(character) ? blank : 0;
});

const alphanumeric = digit | letter;

export function isAlphanumeric(byte: number): boolean {
  return ((traits[byte] ?? 0) & alphanumeric) !== 0;
}

export function isDigit(byte: number): boolean {
  return traits[byte] === digit;
}

export function isJoint(byte: number): boolean {
  return traits[byte] === joint;
}

export function isBlank(byte: number): boolean {
  return traits[byte] === blank;
}

export function isOrnament(byte: number): boolean {
  return traits[byte] === ornament;
}

/** Joints in a row within a compound: "://". */
const maxJoints = 3;
const longestRange = 64;
/** The longest address of IPv6. */
const longestAddress = 45;

/** The compound that was read last. One object for all, since there are dozens in a line. */
export class Compound {
  start = 0;
  end = 0;
  digits = 0;
  letters = 0;
  uppers = 0;
  hexLetters = 0;
  dots = 0;
  slashes = 0;
  backslashes = 0;
  ats = 0;
  /** Colons that hold it together. */
  colons = 0;
  /** Of groups of hexadecimal digits, as in IPv6 and hardware addresses. */
  isHexAddress = false;
  lastDot = 0;
  /** Without any joint or colon, as most are; then only what is counted of letters and digits is told. */
  isRun = false;
  /** Of all its bytes, letters in lower case. */
  hash = 0;

  /** Whether a compound begins at `start`; then it is read. */
  read(bytes: Uint8Array, start: number, limit: number): boolean {
    if (!beginsAt(bytes, start, limit)) return false;
    this.start = start;
    this.digits = 0;
    this.letters = 0;
    this.uppers = 0;
    this.hexLetters = 0;
    this.hash = hashStart;
    let index = this.readRun(bytes, start, limit);
    const next = index < limit ? (bytes[index] ?? 0) : space;
    this.isRun = index > start && traits[next] !== joint && next !== colon && next !== leftBracket;
    if (this.isRun) {
      this.end = index;
      return true;
    }
    this.forgetJoints();
    this.isHexAddress = next === colon && isHexAddressAt(bytes, start, limit);
    while (index < limit) {
      const byte = bytes[index] ?? 0;
      const trait = traits[byte] ?? 0;
      if (trait === joint) {
        const next = afterJoints(bytes, index, limit);
        if (next < 0) {
          index = this.skipRange(bytes, index + 1, limit, index);
          break;
        }
        for (; index < next; index += 1) this.countJoint(bytes[index] ?? 0, index);
      } else if (byte === colon && this.isColonJoint(bytes, index, limit)) {
        this.colons += 1;
        this.hash = hashByte(this.hash, byte);
        index += 1;
      } else {
        index = this.skipRange(bytes, index, limit, index);
        break;
      }
      index = this.readRun(bytes, index, limit);
    }
    this.end = index;
    return true;
  }

  /** Reads letters and digits: nearly all bytes, so they are counted in variables. Out: where they end. */
  private readRun(bytes: Uint8Array, start: number, limit: number): number {
    let { digits, letters, hexLetters, uppers, hash } = this;
    let index = start;
    for (; index < limit; index += 1) {
      const byte = bytes[index] ?? 0;
      const trait = traits[byte] ?? 0;
      if ((trait & alphanumeric) === 0) break;
      hash = hashByte(hash, byte);
      digits += trait & digit;
      letters += (trait & letter) >> 1;
      hexLetters += (trait & hexLetter) >> 2;
      uppers += (trait & upper) >> 3;
    }
    this.digits = digits;
    this.letters = letters;
    this.hexLetters = hexLetters;
    this.uppers = uppers;
    this.hash = hash;
    return index;
  }

  /** "node-[1-4,7]", "cn[01-16]": a range of numbers ends the compound. Out: where that is, else `otherwise`. */
  private skipRange(bytes: Uint8Array, open: number, limit: number, otherwise: number): number {
    if (bytes[open] !== leftBracket || this.letters === 0) return otherwise;
    let ranges = 0;
    for (let index = open + 1; index < limit && index < open + longestRange; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === rightBracket && ranges > 0) {
        this.digits += ranges;
        return index + 1;
      }
      if (byte === dash || byte === comma) ranges += 1;
      else if (((traits[byte] ?? 0) & digit) === 0) break;
    }
    return otherwise;
  }

  private forgetJoints(): void {
    this.dots = 0;
    this.slashes = 0;
    this.backslashes = 0;
    this.ats = 0;
    this.colons = 0;
    this.lastDot = 0;
  }

  private countJoint(byte: number, index: number): void {
    this.hash = hashByte(this.hash, byte);
    if (byte === dot) {
      this.dots += 1;
      this.lastDot = index;
    } else if (byte === slash) this.slashes += 1;
    else if (byte === backslash) this.backslashes += 1;
    else if (byte === at) this.ats += 1;
  }

  /** Before "//"; within an address, a time or a number; before a port; after the letter of a drive. */
  private isColonJoint(bytes: Uint8Array, index: number, limit: number): boolean {
    if (this.isHexAddress) {
      const next = bytes[index + 1] ?? 0;
      return index + 1 < limit && (next === colon || isHex(next) || bytes[index - 1] === colon);
    }
    const next = bytes[index + 1] ?? 0;
    if (next === slash) return bytes[index + 2] === slash;
    if (next === backslash) return index === this.start + 1;
    if (index + 1 >= limit || ((traits[next] ?? 0) & digit) === 0) return false;
    return this.digits > 0 || this.dots > 1 || (this.dots === 1 && this.uppers === 0);
  }
}

function beginsAt(bytes: Uint8Array, start: number, limit: number): boolean {
  const byte = bytes[start] ?? 0;
  const trait = traits[byte] ?? 0;
  if ((trait & alphanumeric) !== 0) return true;
  if (trait === joint) return afterJoints(bytes, start, limit) > 0;
  return byte === colon && bytes[start + 1] === colon && isHexAddressAt(bytes, start, limit);
}

/** The first letter or digit after up to three joints; -1 where there is none. */
function afterJoints(bytes: Uint8Array, start: number, limit: number): number {
  for (let index = start; index < limit && index <= start + maxJoints; index += 1) {
    const trait = traits[bytes[index] ?? 0] ?? 0;
    if ((trait & alphanumeric) !== 0) return index;
    if (trait !== joint) return -1;
  }
  return -1;
}

function isHex(byte: number): boolean {
  return ((traits[byte] ?? 0) & (digit | hexLetter)) !== 0;
}

/** Two colons or more between groups of up to four hexadecimal digits: "fe80::1", "52:54:00:12:34:56". */
function isHexAddressAt(bytes: Uint8Array, start: number, limit: number): boolean {
  const end = Math.min(limit, start + longestAddress);
  let colons = 0;
  let group = 0;
  let hasDigits = false;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === colon) {
      colons += 1;
      group = 0;
    } else if (isHex(byte)) {
      group += 1;
      hasDigits = true;
      if (group > 4) return false;
    } else {
      const isOver = ((traits[byte] ?? 0) & letter) === 0;
      return isOver && colons > 1 && hasDigits;
    }
  }
  return colons > 1 && hasDigits;
}
